"""The published postmortem as a canvas takes it: no addresses in angle brackets, and three sizes of headings."""

from bot.incident.views.published_canvas import in_canvas


def test_addresses_in_angle_brackets_become_links() -> None:
    text = "([message](<https://x.example/a_b(c)>)) <https://y.example/z> \\<https://no.example\\>"
    assert in_canvas(text) == (
        "([message](https://x.example/a_b%28c%29)) [https://y.example/z](https://y.example/z) \\<https://no.example\\>"
    )


def test_small_headings_grow_and_comments_go() -> None:
    assert in_canvas("## Two\n#### Four\n<!-- not\nshown -->\ntext") == "## Two\n### Four\n\ntext"
