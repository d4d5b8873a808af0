"""Slack's mrkdwn as HTML."""

from dataclasses import replace

import pytest

from bot.sandbox.page.mrkdwn import mrkdwn, spans
from bot.sandbox.page.rich_text import rich_text
from tests.sandbox.page.samples import NOON, READER


def html(text: str) -> str:
    return str(spans(text, READER))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("*bold*", "<b>bold</b>"),
        ("_italic_", "<i>italic</i>"),
        ("~strike~", "<s>strike</s>"),
        ("`code`", "<code>code</code>"),
        ("*bold _and italic_*", "<b>bold <i>and italic</i></b>"),
        ("(*in brackets*)", "(<b>in brackets</b>)"),
        ("`*not bold*`", "<code>*not bold*</code>"),
        ("snake_case_name", "snake_case_name"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("*unfinished", "*unfinished"),
        ("a*b*c", "a*b*c"),
        ("5 &lt; 6 &amp;&amp; 7 &gt; 6", "5 &lt; 6 &amp;&amp; 7 &gt; 6"),
        ("&amp;lt; is an entity", "&amp;lt; is an entity"),
    ],
)
def test_emphasis_works_only_around_whole_words(text: str, expected: str) -> None:
    assert html(text) == expected


@pytest.mark.parametrize(
    ("text", "address", "label"),
    [
        ("<https://example.com/a?b=1&amp;c=2|the *page*>", "https://example.com/a?b=1&amp;c=2", "the *page*"),
        ("<https://example.com>", "https://example.com", "https://example.com"),
        ("<mailto:a@example.com|write>", "mailto:a@example.com", "write"),
        ("see https://example.com/x_y_z.", "https://example.com/x_y_z", "https://example.com/x_y_z"),
        ("(https://example.com)", "https://example.com", "https://example.com"),
    ],
)
def test_links_open_in_a_new_tab(text: str, address: str, label: str) -> None:
    link = f'<a href="{address}" target="_blank" rel="noopener noreferrer">{label}</a>'
    assert link in html(text)


@pytest.mark.parametrize(
    "scheme", ["javascript:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd", "//x"]
)
def test_links_of_dangerous_schemes_are_text(scheme: str) -> None:
    assert "<a" not in html(f"<{scheme}|click>")


def test_mentions_show_names_and_highlight_the_reader() -> None:
    assert html("<@U2>") == '<span class="mention" data-user="U2">@Bob Brown</span>'
    assert html("<@U1>") == '<span class="mention mention-me" data-user="U1">@Alice Adams</span>'
    assert html("<@U9|gone>") == '<span class="mention" data-user="U9">@gone</span>'
    assert html("<#C1|old-name>") == '<a class="mention" href="#" data-go="C1">#general</a>'
    assert "private-channel" in html("<#C9>")
    assert html("<!here>") == '<span class="mention mention-me">@here</span>'


def test_a_user_group_is_shown_by_its_handle_and_highlighted_for_its_members() -> None:
    group = {"id": "S1", "handle": "oncall", "name": "On call", "users": ["U1"]}
    there, elsewhere = replace(READER, usergroups={"S1": group}), replace(READER, usergroups={})
    expected = '<span class="mention{}" data-group="S1">@{}</span>'
    assert spans("<!subteam^S1>", there) == expected.format(" mention-me", "oncall")
    assert spans("<!subteam^S1|@first>", elsewhere) == expected.format("", "first")
    block = {
        "elements": [{"type": "rich_text_section", "elements": [{"type": "usergroup", "usergroup_id": "S1"}]}]
    }
    assert expected.format(" mention-me", "oncall") in rich_text(block, there)


def test_dates_are_in_the_readers_zone() -> None:
    shown = html(f"<!date^{NOON}^{{date_short_pretty}} at {{time}}|noon UTC>")
    assert shown.startswith('<time datetime="2025-11-25T13:00:00+01:00"')
    assert ">Today at 13:00</time>" in shown
    assert html("<!date^soon^{time}|later>") == "later"
    assert html(f"<!date^{10**15}^{{time}}|far away>") == "far away"


def test_a_date_may_have_a_link() -> None:
    shown = html(f"<!date^{NOON}^{{time}}^https://example.com/|noon>")
    assert shown.startswith('<a href="https://example.com/"')


def test_known_emoji_names_become_characters() -> None:
    assert "🚨" in html(":rotating_light: now")
    assert 'aria-label="rotating_light"' in html(":rotating_light:")
    assert html(":no_such_emoji:") == ":no_such_emoji:"
    assert html("10:30:45") == "10:30:45"
    assert "👍" in html(":+1::skin-tone-3:")


def test_code_blocks_keep_their_lines_and_have_no_other_markup() -> None:
    shown = str(mrkdwn("before\n```\n*a*\n  &lt;b&gt; :eyes:\n```\nafter", READER))
    assert "<pre><code>*a*\n  &lt;b&gt; :eyes:</code></pre>" in shown
    assert shown.startswith('<div class="line">before</div>')
    assert shown.endswith('<div class="line">after</div>')


def test_quotes_lists_and_line_breaks() -> None:
    shown = str(mrkdwn("&gt; one\n&gt;two\nplain\nmore\n• first\n• *second*\n3. third", READER))
    assert "<blockquote>one<br>two</blockquote>" in shown
    assert '<div class="line">plain<br>more</div>' in shown
    assert '<ul><li class="deep-0">first</li><li class="deep-0"><b>second</b></li></ul>' in shown
    assert '<ol start="3"><li class="deep-0">third</li></ol>' in shown


def test_three_angle_brackets_quote_the_rest() -> None:
    shown = str(mrkdwn("before\n&gt;&gt;&gt; all\nof *this*", READER))
    assert shown == '<div class="line">before</div><blockquote>all<br>of <b>this</b></blockquote>'


def test_an_empty_text_draws_nothing() -> None:
    assert str(mrkdwn("", READER)) == ""
