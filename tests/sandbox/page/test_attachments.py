"""View models of attachments."""

from bot.sandbox.page.attachments import attachment
from tests.sandbox.page.samples import NOON, READER, mrk


def test_every_part_of_an_attachment_is_shown() -> None:
    shown = attachment(
        {
            "color": "#36a64f",
            "pretext": "*before*",
            "author_name": "Author",
            "author_link": "https://example.com/a",
            "title": "Title",
            "title_link": "https://example.com/t",
            "text": "`text`",
            "fields": [
                {"title": "Env", "value": "*prod*", "short": True},
                {"title": "Note", "value": "long"},
            ],
            "thumb_url": "https://example.com/thumb.png",
            "footer": "Footer",
            "ts": NOON,
            "fallback": "not shown",
        },
        READER,
    )
    assert shown.color == "36a64f"
    assert "<b>before</b>" in shown.pretext
    assert 'href="https://example.com/a"' in shown.author
    assert 'href="https://example.com/t"' in shown.title
    assert "<code>text</code>" in shown.html
    assert "not shown" not in shown.html
    assert [(field.title, field.value.striptags(), field.short) for field in shown.fields] == [
        ("Env", "prod", True),
        ("Note", "long", False),
    ]
    assert [image["image_url"] for image in shown.images] == ["https://example.com/thumb.png"]
    assert shown.footer.striptags() == "Footer · Today 13:00"


def test_an_attachment_with_blocks_shows_only_its_blocks() -> None:
    shown = attachment({"text": "x", "blocks": [{"type": "section", "text": mrk("in blocks")}]}, READER)
    assert (shown.html, [block.type for block in shown.blocks]) == ("", ["section"])


def test_a_fallback_is_shown_if_there_is_nothing_else() -> None:
    assert attachment({"fallback": "only this"}, READER).html.striptags() == "only this"
    picture = {"fallback": "[no preview available]", "image_url": "https://example.com/a.png"}
    assert attachment(picture, READER).html == ""


def test_an_unsafe_address_is_not_a_link() -> None:
    shown = attachment({"title": "Click", "title_link": "javascript:alert(1)"}, READER)
    assert shown.title == "Click"
