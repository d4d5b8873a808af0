"""Standard Markdown as HTML: canvases, the markdown block, previews of files."""

import pytest

from bot.sandbox.page.markdown import markdown
from tests.sandbox.page.samples import READER


def html(text: str) -> str:
    return str(markdown(text, READER))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# Title", "<h1>Title</h1>"),
        ("###### deep", "<h4>deep</h4>"),
        ("a **b** _c_ ~~d~~ `e`", "<p>a <strong>b</strong> <em>c</em> <s>d</s> <code>e</code></p>"),
        ("one\ntwo", "<p>one<br>two</p>"),
        ("one\n\ntwo", "<p>one</p><p>two</p>"),
        ("---", "<hr>"),
        ("> quoted\n> more", "<blockquote><p>quoted<br>more</p></blockquote>"),
        ("- a\n  - b", '<ul><li class="deep-0">a</li><li class="deep-1">b</li></ul>'),
        ("1. a\n2. b", '<ol><li class="deep-0">a</li><li class="deep-0">b</li></ol>'),
        ("```py\n<b>\n```\nafter", "<pre><code>&lt;b&gt;</code></pre><p>after</p>"),
        ("```\nnever closed", "<pre><code>never closed</code></pre>"),
        (r"\*literal\*", "<p>*literal*</p>"),
        ("![](@U2)", '<p><span class="mention" data-user="U2">@Bob Brown</span></p>'),
    ],
)
def test_documents(text: str, expected: str) -> None:
    assert html(text) == expected


def test_checklists_show_what_is_done() -> None:
    shown = html("- [x] rolled back\n- [ ] verify")
    assert '<span role="img" aria-label="done">☑</span> rolled back' in shown
    assert '<span role="img" aria-label="to do">☐</span> verify' in shown


def test_tables() -> None:
    shown = html("| When | What |\n|:---|---:|\n| 10:01 | **declared** |")
    assert (
        "<tr><th>When</th><th>What</th></tr><tr><td>10:01</td><td><strong>declared</strong></td></tr>"
        in shown
    )


def test_links_and_dangerous_links() -> None:
    assert '<a href="https://example.com/a_(b)"' in html("[the *page*](https://example.com/a_(b))")
    assert html("[click](javascript:alert(1))") == "<p>click</p>"


def test_the_depth_of_nested_quotes_is_limited() -> None:
    shown = html("> " * 5_000 + "deep")
    assert shown.count("<blockquote>") == 6
    assert "<p>deep</p>" in shown
