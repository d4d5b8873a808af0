"""Notes: of now, with their own time, from a form, from a message."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.incident.commands import registry
from bot.incident.commands.request import ChangeIncident, MarkedMessage, Show
from bot.incident.domain import facts
from bot.incident.domain.effects import ReadMessage
from bot.incident.domain.rules import TEXT_MAX
from tests.incident.commands.factory import STRANGER, change, form, refusal, request, say, submit, use
from tests.incident.domain.situations import ALICE, CAROL, NOW, declared, later, resolved
from tests.incident.views.reading import fields, initial, required, said

OPEN = declared()


def noted(text: str, at: datetime = NOW, by: str = CAROL) -> facts.Noted:
    return facts.Noted(at=at, by=by, author=by, text=text, noted_at=None if at == NOW else NOW)


def test_a_note_has_the_present_time_unless_it_says_otherwise() -> None:
    assert change(say("note Errors began", OPEN), OPEN) == noted("Errors began")


@pytest.mark.parametrize(
    ("words", "passed"),
    [
        ("note at 13:50 Errors began", -10),
        ("note AT 1:50pm: Errors began", -10),
        ("note at 10 min ago Errors began", -10),
        ("note at 2026-11-23 13:50 Errors began", -10),
        ("note at yesterday 14:00 Errors began", -24 * 60),
        ("note at 13:50 GMT Errors began", -10),
        ("note at 14:50 CET Errors began", -10),
        ("note at half an hour ago Errors began", -30),
        ("note at Nov 23 13:50 Errors began", -10),
    ],
)
def test_a_note_may_begin_with_its_own_time(words: str, passed: float) -> None:
    assert change(say(words, OPEN), OPEN) == noted("Errors began", later(passed))


def test_the_time_is_read_in_the_writers_zone() -> None:
    made = change(say("note at 14:50 Errors began", OPEN, actor=ALICE), OPEN)
    assert made == noted("Errors began", later(-10), by=ALICE)


@pytest.mark.parametrize(
    "text",
    [
        "at first all was well",
        "at the same time, mail failed",
        "attack seen",
        "at 3 servers the disk is full",
        "at 14 of 20 hosts",
    ],
)
def test_a_sentence_that_begins_like_a_time_is_not_a_time(text: str) -> None:
    assert change(say(f"note {text}", OPEN), OPEN) == noted(text)


@pytest.mark.parametrize(
    "text",
    [
        "at 25:00 Errors began",
        "at 2026-02-30 10:00 Errors",
        "at yesterday 25:00 Errors",
    ],
)
def test_a_mistyped_time_is_asked_about_and_not_noted_as_now(text: str) -> None:
    assert "I cannot read that time" in refusal(say(f"note {text}", OPEN)).message


@pytest.mark.parametrize(
    "text", ["at 14:01 Errors began", "at 2026-11-24 10:00 Errors", "at 2026-09-01 10:00 Errors"]
)
def test_a_time_in_the_future_or_long_ago_is_refused(text: str) -> None:
    assert refusal(say(f"note {text}", OPEN), OPEN).field == "at"


def test_a_time_alone_is_not_a_note() -> None:
    assert refusal(say("note at 13:50", OPEN), OPEN).field == "text"


def test_note_alone_asks_what_happened_and_when() -> None:
    view = form(say("note", OPEN))
    assert set(fields(view)) == {"text", "at"}
    assert required(view) == {"text"}


def test_the_note_form_notes_the_present_or_the_picked_time() -> None:
    assert change(submit("note", OPEN, text="Errors began"), OPEN) == noted("Errors began")
    picked = int(later(-7).timestamp())
    assert change(submit("note", OPEN, text="Errors began", at=picked), OPEN) == noted(
        "Errors began", later(-7)
    )


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({}, "text"),
        ({"text": "x" * (TEXT_MAX + 1)}, "text"),
        ({"text": "Errors", "at": int((NOW + timedelta(hours=1)).timestamp())}, "at"),
        ({"text": "Errors", "at": int((NOW - timedelta(days=31)).timestamp())}, "at"),
    ],
)
def test_a_mistake_in_a_note_is_shown_at_its_field(given: dict[str, object], field: str) -> None:
    assert refusal(submit("note", OPEN, **given), OPEN).field == field


LONG_AGO = int((NOW - timedelta(days=400)).timestamp())


def test_the_form_asks_about_a_time_long_ago_and_keeps_the_typed_text() -> None:
    outcome = submit("note", OPEN, text="Certificate was made", at=LONG_AGO)
    doubt = refusal(outcome, OPEN)
    assert doubt.unless_sure
    assert "400 days before INC-42 was declared" in doubt.message
    assert isinstance(outcome, ChangeIncident)
    assert outcome.ask_again is not None
    view = outcome.ask_again(doubt)
    assert "400 days before" in said(view)
    assert initial(view, "text") == "Certificate was made"
    assert view["blocks"][2]["element"]["initial_date_time"] == LONG_AGO
    assert "sure" in fields(view)


def test_a_confirmed_time_long_ago_is_noted() -> None:
    ticked = submit("note", OPEN, text="Certificate was made", at=LONG_AGO, sure=["sure"])
    assert change(ticked, OPEN) == noted("Certificate was made", NOW - timedelta(days=400))
    typed = registry.COMMANDS["note"].action.handle(
        replace(request("at Nov 23, 2025 13:00 Certificate was made", incident=OPEN), sure=True)
    )
    assert change(typed, OPEN).at == datetime(2025, 11, 23, 13, tzinfo=UTC)


def test_a_closed_incident_still_accepts_notes() -> None:
    assert change(say("note The alert came late", resolved()), resolved()) == noted("The alert came late")


def test_a_marked_message_is_read_and_noted_once_whoever_marks_it() -> None:
    message = MarkedMessage(channel="C1", ts="1.1", text="Errors began")
    first, second = (use("add_to_timeline", OPEN, message=message, actor=who) for who in (ALICE, CAROL))
    assert isinstance(first, Show)
    assert isinstance(second, Show)
    assert first.effects == (ReadMessage(channel="C1", ts="1.1", by=ALICE),)
    assert first.once == second.once
    assert first.done is not None
    assert "/incident timeline" in said(first.done)


def test_two_messages_make_two_notes() -> None:
    first, second = (
        use("add_to_timeline", OPEN, message=MarkedMessage(channel="C1", ts=ts)) for ts in ("1.1", "1.2")
    )
    assert isinstance(first, Show)
    assert isinstance(second, Show)
    assert first.once != second.once


def test_without_a_message_there_is_nothing_to_mark() -> None:
    assert "message's menu" in refusal(use("add_to_timeline", OPEN)).message


def test_without_a_known_zone_a_time_of_day_is_asked_for_in_utc() -> None:
    told = refusal(say("note at 13:50 Errors began", OPEN, actor=STRANGER), OPEN).message
    assert "in UTC: `at 14:05 utc`" in told
    assert change(say("note at 13:50 utc Errors began", OPEN, actor=STRANGER), OPEN).at == later(-10)


@pytest.mark.parametrize("when", ["tomorrow 10:00", "Monday 10:00", "noon", "0001-01-01 00:30"])
def test_an_unreadable_time_is_not_taken_for_a_sentence(when: str) -> None:
    assert (
        "I cannot read that time" in refusal(say(f"note at {when} it broke", OPEN, actor=ALICE), OPEN).message
    )
