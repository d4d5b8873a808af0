"""Corrections of the timeline: what was recorded stays, and what people see is what counts now."""

from dataclasses import fields
from datetime import timedelta
from typing import get_args

import pytest

from bot.incident.domain import facts, rules
from bot.incident.domain.corrections import REMOVED, Shown, find, redacted, shown, struck, with_words_of
from bot.incident.domain.effects import Announce, Retell, RetellChannel, ShowCard, TellRoom
from bot.incident.domain.incident import Incident
from bot.incident.domain.postmortem import draft
from bot.incident.domain.react import react
from bot.incident.domain.rules import TEXT_MAX
from bot.incident.domain.timeline import Entry
from bot.incident.domain.vocabulary import RoleEndReason, Severity
from tests.incident.commands.factory import POLICY
from tests.incident.domain.situations import (
    ALICE,
    BOB,
    NOW,
    after,
    declared,
    entries,
    fact,
    later,
    refused,
    resolved,
)

NOTE = facts.Noted(at=NOW, by=ALICE, author=ALICE, text="Errors began")
UPDATE = facts.UpdatePosted(at=NOW, by=ALICE, conditions="Half fails", needs="A DBA")
OFFER = facts.HandoffOffered(at=NOW, by=ALICE, to=BOB)


def timeline_after(*decide: str, first: facts.Fact = NOTE) -> list[Entry]:
    """A timeline with one entry that was struck and put back as these words say."""
    found = entries(first)
    for word in decide:
        entry = find(found, 1)
        assert entry
        rule = {"strike": rules.strike, "restore": rules.restore}[word]
        happened = fact(rule(declared(), entry, by=BOB, now=later(len(found))))
        found.append(Entry(len(found) + 1, happened))
    return found


def noted(*more: facts.Fact) -> Shown:
    """The note, after these facts."""
    found = find(entries(NOTE, *more), 1)
    assert found
    return found


def correct(incident: Incident, entry: Shown, **given: object) -> facts.Fact:
    return fact(rules.correct(incident, entry, by=BOB, now=later(5), **given))  # type: ignore[arg-type]  # any of its arguments


def test_a_correction_changes_what_is_shown_and_keeps_what_was_recorded() -> None:
    at = later(-10)
    text = correct(declared(), noted(), text=" Errors rose ")
    time = correct(declared(), noted(text), at=at)
    entry = noted(text, time)
    assert (entry.text, entry.at) == ("Errors rose", at)
    assert entry.recorded.fact == NOTE
    assert entry.corrected == time
    assert [each.fact for each in entry.history] == [text, time]
    assert noted().corrected is None


def test_a_corrected_time_moves_the_entry() -> None:
    second = facts.Noted(at=later(2), by=ALICE, author=ALICE, text="Rolled back")
    moved = facts.EntryCorrected(at=later(9), by=BOB, entry=1, when=later(3))
    assert [each.number for each in shown(entries(NOTE, second, moved))] == [2, 1]


def test_what_was_struck_is_left_out_until_it_is_put_back() -> None:
    assert [each.number for each in shown(timeline_after("strike"))] == []
    assert [each.number for each in struck(timeline_after("strike"))] == [1]
    assert [each.number for each in shown(timeline_after("strike", "restore"))] == [1]
    assert [each.number for each in struck(timeline_after("strike", "restore", "strike"))] == [1]


def test_a_timeline_shows_no_corrections_as_entries_and_ignores_those_of_nothing() -> None:
    stray = facts.EntryStruck(at=NOW, by=BOB, entry=77)
    found = shown(entries(NOTE, stray))
    assert [each.number for each in found] == [1]
    assert find(entries(NOTE, stray), 2) is None


def test_a_correction_of_what_is_no_note_changes_nothing() -> None:
    stray = facts.EntryCorrected(at=NOW, by=BOB, entry=1, text="Nonsense")
    entry = find(entries(UPDATE, stray), 1)
    assert entry
    assert (entry.entry.fact, entry.text, entry.is_note) == (UPDATE, "", False)


def test_the_draft_has_what_counts_also_of_duplicates_and_how_many_were_struck() -> None:
    begun = facts.Declared(at=NOW, by=ALICE, number=42, title="Checkout", severity=Severity.SEV1)
    other = facts.Noted(at=later(1), by=ALICE, author=ALICE, text="Rolled back")
    correction = facts.EntryCorrected(at=later(5), by=BOB, entry=3, text="Rolled back 214")
    strike = facts.EntryStruck(at=later(6), by=BOB, entry=2)
    happened = entries(begun, NOTE, other, correction, strike)
    written = draft(declared(), happened, POLICY, later(9), [(43, happened)])
    counts = [begun, facts.Noted(at=later(1), by=ALICE, author=ALICE, text="Rolled back 214")]
    assert [each.fact for each in written.timeline] == counts
    assert [each.fact for _, each in written.merged_timeline] == [counts[0], counts[0], counts[1], counts[1]]
    assert written.struck == 2


@pytest.mark.parametrize(
    ("given", "field", "words"),
    [
        ({"text": "x" * (TEXT_MAX + 1)}, "text", "at most"),
        ({"at": later(6)}, "at", "in the future"),
        ({"at": NOW - timedelta(days=31)}, "at", "Is the date right?"),
        ({"text": "Errors began"}, "text", "says already"),
        ({"at": NOW, "text": "  "}, "text", "says already"),
    ],
)
def test_a_correction_that_makes_no_sense_is_refused(
    given: dict[str, object], field: str, words: str
) -> None:
    no = refused(rules.correct(declared(), noted(), by=BOB, now=later(5), **given))  # type: ignore[arg-type]  # as above
    assert (no.field, words in no.message) == (field, True)


def test_a_time_long_ago_is_accepted_if_it_is_right() -> None:
    long_ago = NOW - timedelta(days=400)
    assert correct(declared(), noted(), at=long_ago, sure=True) == facts.EntryCorrected(
        at=later(5), by=BOB, entry=1, when=long_ago
    )


def test_only_notes_that_count_are_corrected_also_when_the_incident_is_closed() -> None:
    assert correct(resolved(), noted(), text="Errors rose").by == BOB
    update = find(entries(UPDATE), 1)
    assert update
    assert "only notes" in refused(rules.correct(declared(), update, by=BOB, now=NOW, text="x")).message
    out = find(timeline_after("strike"), 1)
    assert out
    assert "unstrike 1" in refused(rules.correct(declared(), out, by=BOB, now=NOW, text="x")).message


def test_only_notes_are_struck_and_only_once() -> None:
    out = find(timeline_after("strike"), 1)
    assert out
    assert "struck already" in refused(rules.strike(declared(), out, by=BOB, now=NOW)).message
    update = find(entries(UPDATE), 1)
    assert update
    assert "only notes" in refused(rules.strike(declared(), update, by=BOB, now=NOW)).message
    no = refused(rules.strike(declared(), noted(), by=BOB, now=NOW, why="x" * (TEXT_MAX + 1)))
    assert no.field == "why"
    assert fact(rules.strike(resolved(), noted(), by=BOB, now=NOW, why=" wrong ")) == facts.EntryStruck(
        at=NOW, by=BOB, entry=1, why="wrong"
    )


def test_only_what_was_struck_is_put_back() -> None:
    assert "not struck" in refused(rules.restore(declared(), noted(), by=BOB, now=NOW)).message


def test_the_words_of_a_secret_are_gone_for_good() -> None:
    secret = facts.EntryStruck(at=NOW, by=BOB, entry=1, secret=True)
    entry = noted(secret)
    assert entry.is_redacted
    for no in (
        rules.correct(declared(), entry, by=BOB, now=NOW, text="x"),
        rules.strike(declared(), entry, by=BOB, now=NOW, secret=True),
        rules.restore(declared(), entry, by=BOB, now=NOW),
    ):
        assert "removed for good" in refused(no).message


def test_the_words_of_what_is_no_note_can_be_removed_and_it_stays() -> None:
    update = find(entries(UPDATE), 1)
    assert update
    gone = fact(rules.strike(declared(), update, by=BOB, now=NOW, secret=True))
    entry = find(entries(redacted(UPDATE), gone), 1)
    assert entry
    assert entry.struck is None
    assert entry.entry.fact == facts.UpdatePosted(at=NOW, by=ALICE, conditions=REMOVED, needs=REMOVED)
    assert shown(entries(redacted(UPDATE), gone)) == [entry]


def test_without_typed_words_there_is_no_secret() -> None:
    offer = find(entries(OFFER), 1)
    assert offer
    assert (
        "nothing to remove" in refused(rules.strike(declared(), offer, by=BOB, now=NOW, secret=True)).message
    )


def test_what_was_said_about_an_entry_may_hold_its_words_too() -> None:
    correction = facts.EntryCorrected(at=NOW, by=BOB, entry=1, text="Errors rose")
    other = facts.EntryStruck(at=NOW, by=BOB, entry=2)
    found = with_words_of(entries(NOTE, UPDATE, correction, other), 1)
    assert [each.seq for each in found] == [1, 3]


NOT_TYPED = {
    "at", "by", "number", "author", "app", "link", "source", "person", "previous", "to", "instead_of", "title",
    "channel", "ts", "room", "old_by", "role", "commander", "came_from", "canvas",
    "wanted", "code", "entries",
}  # fmt: skip


@pytest.mark.parametrize("kind", get_args(facts.Fact), ids=lambda kind: kind.__name__)
def test_each_fact_names_the_fields_with_words_that_somebody_typed(kind: type[facts.BaseFact]) -> None:
    """So that a secret can be removed from any of them."""
    texts = {each.name for each in fields(kind) if each.type is str or each.type == "str"}
    assert texts - NOT_TYPED == set(kind.words) - {"title"}


@pytest.mark.parametrize(
    "happened",
    [
        facts.EntryCorrected(at=NOW, by=BOB, entry=1, text="Errors rose"),
        facts.EntryStruck(at=NOW, by=BOB, entry=1),
        facts.EntryRestored(at=NOW, by=BOB, entry=1),
    ],
)
def test_the_note_in_the_war_room_is_edited_and_nothing_is_posted(happened: facts.Fact) -> None:
    effects = react(Entry(2, happened), declared())
    assert effects == (Retell(1),)
    assert not any(type(each) is TellRoom for each in effects)
    assert after(declared(), (happened,)).version == 2
    assert facts.people_in(happened) == ()


def test_the_words_of_a_secret_leave_every_message() -> None:
    effects = react(Entry(2, facts.EntryStruck(at=NOW, by=BOB, entry=1, secret=True)), declared())
    assert {Retell(1), RetellChannel(1), ShowCard(), Announce()} == set(effects)


def test_facts_that_repeat_the_text_of_a_thought_or_a_task_hold_its_words_too() -> None:
    happened = entries(
        facts.Parked(at=NOW, by=BOB, number=1, text="x", author=BOB),
        facts.Parked(at=NOW, by=BOB, number=2, text="y", author=BOB),
        facts.TaskAdded(at=NOW, by=BOB, number=1, text="x"),
        facts.Unparked(at=NOW, by=BOB, number=1, text="x"),
        facts.Reparked(at=NOW, by=BOB, number=1, text="x"),
        facts.TaskDone(at=NOW, by=BOB, number=1, text="x"),
        facts.TasksFreed(at=NOW, by=BOB, person=BOB, numbers=(1,), why=RoleEndReason.LEFT),
    )
    assert [each.seq for each in with_words_of(happened, 1)] == [1, 4, 5]
    assert [each.seq for each in with_words_of(happened, 6)] == [3, 6]
    assert [each.seq for each in with_words_of(happened, 7)] == [7]
    assert with_words_of(happened, 77) == []
