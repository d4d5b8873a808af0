"""Typed text is shown and has no effect. Readers see times in their own zone. Lengths of time are easy to read."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.text import (
    Mrkdwn,
    chunks,
    clip,
    clip_mrkdwn,
    clock,
    clock_and_day,
    countdown,
    dotted,
    escape,
    interval,
    lines,
    link_to,
    md,
    measured,
    quoted,
    span,
    utc,
    when,
)

MOMENT = datetime(2026, 11, 23, 14, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("<!channel>", "@\u2060channel"),
        ("<!here>", "@\u2060here"),
        ("<!everyone|x>", "@\u2060everyone"),
        ("@channel: look, @Here", "@\u2060channel: look, @\u2060Here"),
        ("<!subteam^S1>", "a user group"),
        ("<!subteam^S1|@checkout-team>", "@\u2060checkout-team"),
        ("<!>", "&lt;!&gt;"),
        ("@Component", "@Component"),
    ],
)
def test_typed_text_notifies_nobody(typed: str, shown: str) -> None:
    assert escape(typed) == shown


def test_a_time_is_shown_in_the_readers_zone_whatever_its_fallback_text() -> None:
    assert (
        escape("<!date^1795442700^Posted {time}|Nov 23>")
        == "<!date^1795442700^{date_short_pretty} {time}|Nov 23>"
    )


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("<mailto:a@example.com|b>", "a@example.com"),
        ("<mailto:a@example.com>", "a@example.com"),
        ("<tel:+15555550100|call me>", "+15555550100"),
    ],
)
def test_addresses_are_shown_as_they_are_whatever_their_label(typed: str, shown: str) -> None:
    assert escape(typed) == shown


@pytest.mark.parametrize("kept", ["<@U0ALICE>", "<@W0ALICE>", "<#C0ROOM>", "<https://example.com/a?b=c>"])
def test_a_mention_a_channel_and_a_bare_link_stay_live(kept: str) -> None:
    assert escape(kept) == kept


def test_a_label_never_hides_the_target_of_a_link() -> None:
    assert escape("<https://evil.example|https://good.example>") == "<https://evil.example>"
    assert escape("<https://evil.example|good>") == "<https://evil.example>"
    assert escape("<@U0ALICE|somebody else>") == "<@U0ALICE>"


def test_a_link_with_several_parameters_still_works() -> None:
    assert escape("<https://example.com/?a=1&b=2>") == "<https://example.com/?a=1&amp;b=2>"


@pytest.mark.parametrize("typed", ["<javascript:alert(1)>", "<https://a b>", "<https://a", "<https://a<b>"])
def test_other_links_are_shown_as_typed(typed: str) -> None:
    assert "<" not in escape(typed)


def test_escaped_text_is_not_escaped_again() -> None:
    assert escape("a & b") == "a &amp; b"
    assert escape(escape("a & b")) == "a &amp; b"


def test_the_values_of_a_pattern_are_escaped_and_the_pattern_is_not() -> None:
    assert md("*{}* <#C1>", "<here>") == "*&lt;here&gt;* <#C1>"
    assert md("{}", Mrkdwn("<!date^1^{time}|x>")) == "<!date^1^{time}|x>"
    assert md("{}", 7) == "7"


def test_typed_braces_have_no_special_meaning() -> None:
    assert md("{}", "{0} {x}") == "{0} {x}"


def test_a_missing_value_takes_no_line() -> None:
    assert lines(Mrkdwn("a"), None, Mrkdwn(""), Mrkdwn("b")) == "a\nb"
    assert dotted(Mrkdwn("a"), None, Mrkdwn(""), Mrkdwn("b")) == "a · b"


def test_a_cut_text_shows_that_it_is_cut() -> None:
    assert clip("twelve words", 12) == "twelve words"
    assert clip("twelve words", 8) == "twelve…"
    assert clip("x" * 9, 8) == "x" * 7 + "…", "no more is cut than must be"


@pytest.mark.parametrize(
    ("text", "limit", "left"),
    [
        ("a &amp; b", 9, "a &amp; b"),
        ("a &amp; bc", 9, "a &amp;…"),
        ("ab &amp; c", 6, "ab…"),
        ("ab &amp; c", 8, "ab…"),
        ("ab <@U0ALICE> c", 8, "ab…"),
        ("ab <@U0ALICE> cdef", 16, "ab <@U0ALICE>…"),
        ("ab <!date^1^{a} {b}|c d> e", 14, "ab…"),
        ("```abcdefghij", 10, "```abc```…"),
    ],
)
def test_a_cut_never_splits_an_entity_or_a_mention(text: str, limit: int, left: str) -> None:
    assert clip_mrkdwn(Mrkdwn(text), limit) == left


def test_readers_see_times_in_their_own_zone_or_in_utc_if_slack_cannot_show_it() -> None:
    unix = int(MOMENT.timestamp())
    assert when(MOMENT) == f"<!date^{unix}^{{date_short_pretty}} {{time}}|2026-11-23 14:05 UTC>"
    assert countdown(MOMENT) == (
        f"<!date^{unix}^{{date_short_pretty}} {{time}} ({{ago}})|2026-11-23 14:05 UTC>"
    )
    assert clock(MOMENT) == f"<!date^{unix}^{{time}}|2026-11-23 14:05 UTC>"
    assert clock_and_day(MOMENT) == f"<!date^{unix}^{{time}} ({{date_short_pretty}})|2026-11-23 14:05 UTC>"


def test_utc_is_the_same_whatever_zone_the_time_came_in() -> None:
    assert utc(MOMENT.astimezone(ZoneInfo("Asia/Tokyo"))) == "2026-11-23 14:05 UTC"


@pytest.mark.parametrize(
    ("length", "said"),
    [
        ({}, "0 s"),
        ({"seconds": 45}, "45 s"),
        ({"seconds": 60}, "1 min"),
        ({"minutes": 15, "seconds": 59}, "15 min"),
        ({"hours": 2}, "2 h"),
        ({"hours": 2, "minutes": 5}, "2 h 5 min"),
        ({"days": 1}, "1 day"),
        ({"days": 1, "minutes": 20}, "1 day 20 min"),
        ({"days": 3, "hours": 4, "minutes": 9}, "3 days 4 h 9 min"),
        ({"minutes": -5}, "0 s"),
    ],
)
def test_a_length_of_time_is_shown_as_people_say_it(length: dict[str, int], said: str) -> None:
    assert span(timedelta(**length)) == said


@pytest.mark.parametrize(
    ("length", "said"),
    [
        ({"minutes": 1}, "minute"),
        ({"minutes": 30}, "30 min"),
        ({"hours": 1}, "hour"),
        ({"days": 1}, "day"),
        ({"days": 2}, "2 days"),
    ],
)
def test_what_is_due_once_a_unit_is_said_without_the_number(length: dict[str, int], said: str) -> None:
    assert interval(timedelta(**length)) == said


@pytest.mark.parametrize(
    ("length", "recorded"),
    [
        ({}, "0 s"),
        ({"seconds": 59}, "59 s"),
        ({"minutes": 11}, "11 min"),
        ({"hours": 2}, "2 h 0 min"),
        ({"hours": 23, "minutes": 59, "seconds": 59}, "23 h 59 min"),
        ({"days": 1}, "1 d 0 h 0 min"),
        ({"days": 1, "minutes": 11}, "1 d 0 h 11 min"),
        ({"days": 1, "minutes": 20}, "1 d 0 h 20 min"),
        ({"minutes": -5}, "0 s"),
    ],
)
def test_a_recorded_length_keeps_its_minutes(length: dict[str, int], recorded: str) -> None:
    assert measured(timedelta(**length)) == recorded


def test_a_shortened_text_says_so_and_closes_what_it_opened() -> None:
    shown = clip_mrkdwn(escape("```\n" + "a log line\n" * 80), 300)
    assert len(shown) <= 300
    assert shown.endswith("```… _(shortened)_")
    assert shown.count("```") == 2


def test_an_unclosed_code_block_is_closed() -> None:
    assert escape("```open") == "```open```"
    assert escape("```closed``` and") == "```closed``` and"


@given(st.text(alphabet="ab <>&`\n@U1|", max_size=400), st.integers(40, 100))
@settings(derandomize=True, database=None, deadline=None, max_examples=200)
def test_splitting_a_text_loses_and_cuts_nothing(typed: str, limit: int) -> None:
    whole = escape(typed)
    pieces = chunks(whole, limit)
    assert all(len(piece) <= limit for piece in pieces)
    assert all(piece.count("```") % 2 == 0 for piece in pieces)

    def bare(text: str) -> str:
        return "".join(text.replace("```", "").split())

    assert bare("".join(pieces)) == bare(whole)


def test_typed_text_is_quoted_line_by_line_and_code_is_not() -> None:
    assert quoted("a\nb\n\nc") == ">a\n>b\n\n>c"
    assert quoted("a\n```\nb\n```\nc") == ">a\n```\nb\n```\n>c"
    assert quoted("") == ""


@pytest.mark.parametrize(
    "address", ["", "no address", "javascript:alert(1)", "https://a.example/x|y", "https://a b"]
)
def test_only_an_address_becomes_a_link(address: str) -> None:
    assert link_to(address, "link") == ""


def test_a_link_with_a_label_of_ours_is_escaped() -> None:
    assert link_to("https://a.example/?a=1&b=2", "link") == "<https://a.example/?a=1&amp;b=2|link>"
