"""Notes that are messages in Slack follow what becomes of the message there."""

import pytest

from bot.core.actor import machine
from bot.incident.domain import facts, rules
from bot.incident.domain.corrections import Shown, captured, find
from bot.incident.domain.rules import SLACK_LENGTH_MAX, TEXT_MAX, slack_length
from bot.incident.domain.timeline import Entry
from tests.incident.domain.situations import ALICE, BOB, NOW, decided, declared, entries, fact, later, refused

OPEN = declared()
MESSAGE = facts.Noted(
    at=NOW,
    by=BOB,
    author=ALICE,
    text="Errors began",
    from_message=True,
    channel="C1",
    ts="1.1",
    by_reaction=True,
)


def noted(*more: facts.Fact) -> Shown:
    found = find(entries(MESSAGE, *more), 1)
    assert found
    return found


def test_a_message_is_found_by_its_place_and_not_by_its_text() -> None:
    other = facts.Noted(at=NOW, by=BOB, author=BOB, text="Errors began")
    happened = entries(other, MESSAGE, facts.UpdatePosted(at=NOW, by=BOB, conditions="x"))
    found = captured(happened, "C1", "1.1")
    assert found
    assert found.number == 2
    assert captured(happened, "C1", "1.2") is None
    assert captured(happened, "C2", "1.1") is None


def test_an_edited_message_corrects_its_note() -> None:
    made = fact(rules.message_edited(OPEN, noted(), "Errors rose", by=ALICE, now=later(1)))
    assert made == facts.EntryCorrected(at=later(1), by=ALICE, entry=1, text="Errors rose", by_edit=True)
    again = rules.message_edited(OPEN, noted(made), "Errors rose at noon", by=ALICE, now=later(2))
    assert isinstance(fact(again), facts.EntryCorrected)


def test_what_somebody_wrote_by_hand_is_not_overwritten_by_an_edit() -> None:
    text = facts.EntryCorrected(at=NOW, by=BOB, entry=1, text="Errors rose to 12 %")
    time = facts.EntryCorrected(at=NOW, by=BOB, entry=1, when=later(-5))
    assert (
        "by hand"
        in refused(rules.message_edited(OPEN, noted(text), "Errors rose", by=ALICE, now=NOW)).message
    )
    assert isinstance(
        fact(rules.message_edited(OPEN, noted(time), "Errors rose", by=ALICE, now=NOW)), facts.EntryCorrected
    )


@pytest.mark.parametrize("secret", [False, True])
def test_the_note_of_a_struck_message_does_not_follow(secret: bool) -> None:  # noqa: FBT001
    struck = facts.EntryStruck(at=NOW, by=BOB, entry=1, secret=secret)
    refused(rules.message_edited(OPEN, noted(struck), "Errors rose", by=ALICE, now=NOW))
    refused(rules.message_deleted(OPEN, noted(struck), now=NOW))
    refused(rules.reaction_removed(OPEN, noted(struck), by=BOB, now=NOW))


def test_an_edit_that_changes_no_words_changes_nothing() -> None:
    assert (
        "says already"
        in refused(rules.message_edited(OPEN, noted(), " Errors began ", by=ALICE, now=NOW)).message
    )


def test_a_deleted_message_strikes_its_note_and_nobody_is_named() -> None:
    made = fact(rules.message_deleted(OPEN, noted(), now=later(1)))
    assert made == facts.EntryStruck(at=later(1), by=machine("Slack"), entry=1, why="deleted in Slack")


def test_a_reaction_that_is_taken_back_strikes_the_note_and_the_next_one_puts_it_back() -> None:
    struck = fact(rules.reaction_removed(OPEN, noted(), by=BOB, now=NOW))
    assert struck == facts.EntryStruck(at=NOW, by=BOB, entry=1, why="the reaction was taken back")
    same = rules.marked_again(OPEN, noted(struck), "Errors began", by=ALICE, now=NOW)
    assert fact(same) == facts.EntryRestored(at=NOW, by=ALICE, entry=1)
    back, corrected = decided(rules.marked_again(OPEN, noted(struck), "Errors rose", by=ALICE, now=NOW))
    assert isinstance(back, facts.EntryRestored)
    assert corrected == facts.EntryCorrected(at=NOW, by=ALICE, entry=1, text="Errors rose", by_edit=True)


def test_a_message_that_counts_is_not_put_back_and_a_secret_never_comes_back() -> None:
    assert "not struck" in refused(rules.marked_again(OPEN, noted(), "x", by=BOB, now=NOW)).message
    secret = facts.EntryStruck(at=NOW, by=BOB, entry=1, secret=True)
    assert "for good" in refused(rules.marked_again(OPEN, noted(secret), "x", by=BOB, now=NOW)).message


@pytest.mark.parametrize("text", ["x" * (TEXT_MAX + 1), "&" * TEXT_MAX, "&<" * TEXT_MAX, "x&" * TEXT_MAX])
def test_a_message_that_is_too_long_for_a_note_is_cut(text: str) -> None:
    note = rules.as_note(text)
    assert len(note) <= TEXT_MAX
    assert slack_length(note) <= SLACK_LENGTH_MAX
    assert isinstance(fact(rules.note(OPEN, note, by=BOB, now=NOW)), facts.Noted)


def test_a_message_without_text_says_so() -> None:
    assert rules.as_note(" \n") == "(a message without text)"
    assert Entry(1, MESSAGE).fact.by == BOB
