"""Text for issues: what people typed notifies nobody there and is no markup."""

import pytest

from bot.ports.trackers.documents import TITLE_MAX, Document, Span, title, to_adf, to_markdown


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("@team and #12, GH-7", "@\u200bteam and \\#\u200b12, GH\\-\u200b7"),
        (
            "<img src=x> <!-- a --> `b` [c](d)",
            "\\<img src\\=x\\> \\<\\!\\-\\- a \\-\\-\\> \\`b\\` \\[c\\]\\(d\\)",
        ),
        ("a\nb\u202ec\x00", "a bc"),
        ("https://x.example/a_b*c>d", "<https://x.example/a_b*c>\\>d"),
        ("a@b.c and # alone", "a@\u200bb\\.c and \\# alone"),
    ],
)
def test_markdown_is_escaped(typed: str, shown: str) -> None:
    assert to_markdown(Document.of(typed)) == shown


def test_strong_words_and_paragraphs() -> None:
    document = Document(((Span("Due: "), Span("a*b", is_strong=True)), (Span("", is_strong=True),)))
    assert to_markdown(document) == "Due: **a\\*b**\n\n"


def test_a_title_is_one_short_line() -> None:
    assert title("a\n  b @c") == "a b @\u200bc"
    assert len(title("x" * 300)) == TITLE_MAX


def test_a_document_of_jira_has_only_text_and_links() -> None:
    document = Document(((Span("see https://x.example/y now", is_strong=True),),))
    (paragraph,) = to_adf(document)["content"]
    strong = {"type": "strong"}
    assert paragraph["content"] == [
        {"type": "text", "text": "see ", "marks": [strong]},
        {
            "type": "text",
            "text": "https://x.example/y",
            "marks": [strong, {"type": "link", "attrs": {"href": "https://x.example/y"}}],
        },
        {"type": "text", "text": " now", "marks": [strong]},
    ]
    assert to_adf(Document.of(""))["content"] == [{"type": "paragraph", "content": []}]
