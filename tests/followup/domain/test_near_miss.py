"""The rules of near misses, their state, what follows, and the records that others read."""

from datetime import timedelta

import pytest

from bot.core.decider import Entry
from bot.followup.domain import near_miss_facts as facts
from bot.followup.domain import near_miss_rules as rules
from bot.followup.domain.near_miss import NEAR_MISS, evolve, fold
from bot.followup.domain.near_miss_effects import AnnounceNearMiss, TellReporter
from bot.followup.domain.near_miss_listing import Listing, Which, named, parse_listing
from bot.followup.domain.near_miss_react import react
from bot.followup.domain.near_miss_records import record_of, recurring
from bot.followup.domain.policy import NearMissPolicy, near_miss_policy_of
from tests.followup.domain.near_misses import CAUGHT, DUE, TITLE, after, near_miss, refused, reported
from tests.incident.domain.situations import ALICE, BOB, NOW

LATER = DUE + timedelta(minutes=1)


def test_a_report_needs_words_and_takes_so_many() -> None:
    assert refused(rules.report(1, " \n", "", by=BOB, now=NOW)).field == "title"
    assert "1001 characters" in refused(rules.report(1, "x" * 1001, "", by=BOB, now=NOW)).message
    assert refused(rules.report(1, "x", "y" * 1001, by=BOB, now=NOW)).field == "summary"


def test_without_a_name_nobody_is_in_the_fact() -> None:
    assert reported(by=facts.NOBODY).by == ""
    assert near_miss(by=facts.NOBODY).reported_by == ""


def test_it_waits_until_it_is_answered_becomes_an_incident_or_is_taken_back() -> None:
    item = near_miss()
    assert item.waits
    assert not item.is_late(DUE)
    assert item.is_late(LATER)
    for settled in (
        after(item, rules.answer, "We ask for the database now"),
        after(item, rules.promote, 5),
        after(item, rules.withdraw, by=BOB),
    ):
        assert not settled.waits
        assert not settled.is_late(LATER)
    assert after(item, rules.answer, "At last", days=8).is_late(NOW)
    assert near_miss(title="Unknown day").is_late(LATER)
    assert not fold([facts.NearMissReported(at=NOW, by="", number=1, title="x", summary="")]).is_late(LATER)


def test_a_later_answer_takes_the_place_of_an_earlier_one_which_says_when_it_was_answered() -> None:
    first = after(near_miss(), rules.answer, "Nothing", days=1)
    second = after(first, rules.answer, "We ask now", by=BOB, days=9)
    assert (second.answer, second.answered_by, second.first_answered_at) == (
        "We ask now",
        BOB,
        first.first_answered_at,
    )
    assert "has that answer already" in refused(rules.answer(second, "We ask now ", by=BOB, now=NOW)).message
    assert refused(rules.answer(second, "", by=BOB, now=NOW)).field == "answer"


def test_its_words_are_changed_only_to_others() -> None:
    item = near_miss()
    changed = after(item, rules.change, "Better", "Luck", by=BOB)
    assert (changed.title, changed.summary, changed.changed_at) == ("Better", "Luck", NOW + timedelta(days=1))
    assert "Nothing is changed" in refused(rules.change(item, f" {TITLE}", CAUGHT, by=BOB, now=NOW)).message
    assert refused(rules.change(item, "", CAUGHT, by=BOB, now=NOW)).field == "title"
    assert refused(rules.change(item, "x", "y" * 1001, by=BOB, now=NOW)).field == "summary"


def test_what_was_taken_back_can_only_be_brought_back() -> None:
    gone = after(near_miss(), rules.withdraw, by=BOB)
    for decision in (
        rules.answer(gone, "x", by=ALICE, now=NOW),
        rules.change(gone, "x", "", by=BOB, now=NOW),
        rules.promote(gone, 5, by=ALICE, now=NOW),
        rules.withdraw(gone, by=BOB, now=NOW),
    ):
        assert refused(decision).message == "NM-7 was taken back."
    back = after(gone, rules.restore, by=BOB)
    assert back.waits
    assert (back.withdrawn_at, back.withdrawn_by) == (None, "")
    assert "it counts" in refused(rules.restore(back, by=BOB, now=NOW)).message


def test_it_becomes_one_incident_and_stays_then() -> None:
    item = after(near_miss(), rules.promote, 5)
    assert "is INC-5 already" in refused(rules.promote(item, 6, by=ALICE, now=NOW)).message
    assert "became INC-5, so it stays" in refused(rules.withdraw(item, by=BOB, now=NOW)).message


def test_a_broken_history_is_an_error() -> None:
    with pytest.raises(ValueError, match="at least one"):
        fold([])
    with pytest.raises(ValueError, match="begins with"):
        evolve(near_miss(), reported())
    with pytest.raises(ValueError, match="begins with"):
        evolve(None, facts.NearMissWithdrawn(at=NOW, by=BOB))


def test_what_was_taken_back_is_private_in_lists() -> None:
    columns = NEAR_MISS.list_columns(after(near_miss(), rules.withdraw))
    assert columns.private
    assert columns.closed
    assert not NEAR_MISS.list_columns(near_miss()).closed


@pytest.mark.parametrize(("by", "told"), [(BOB, True), (ALICE, False), ("", False)])
def test_the_reporter_is_told_of_what_others_do_about_it(by: str, told: bool) -> None:  # noqa: FBT001  # pytest's way
    item = near_miss(by=by)
    answered: Entry[facts.Fact] = Entry(2, facts.NearMissAnswered(at=NOW, by=ALICE, answer="x"))
    promoted: Entry[facts.Fact] = Entry(3, facts.NearMissPromoted(at=NOW, by=ALICE, incident=5))
    expected = [AnnounceNearMiss(), *([TellReporter(), TellReporter(of_incident=True)] if told else [])]
    assert react([answered, promoted], item) == expected
    others: list[facts.Fact] = [
        reported(),
        facts.NearMissChanged(at=NOW, by=BOB, title="x", summary=""),
        facts.NearMissWithdrawn(at=NOW, by=BOB),
        facts.NearMissRestored(at=NOW, by=BOB),
    ]
    assert react([Entry(1, each) for each in others], item) == [AnnounceNearMiss()]


def test_a_record_has_what_the_review_board_reads() -> None:
    item = after(near_miss(similar=[3, 5]), rules.answer, "We ask now", days=9)
    record = record_of(item, LATER)
    assert (record.reference, record.words, record.caught_by) == ("NM-7", TITLE, CAUGHT)
    assert (record.answer, record.answered_at) == ("We ask now", NOW + timedelta(days=9))
    assert (record.late, record.waits, record.promoted_to) == (True, False, "")
    assert record.similar == ("NM-3", "NM-5")
    assert record_of(after(near_miss(), rules.promote, 12), LATER).promoted_to == "INC-12"


def test_recurring_ones_are_groups_the_largest_first() -> None:
    items = [
        near_miss(2),
        near_miss(4, similar=[1]),
        near_miss(10, similar=[9]),
        near_miss(11, similar=[9, 10]),
        near_miss(12, similar=[11]),
        near_miss(20, similar=[4]),
    ]
    groups = recurring(record_of(each, NOW) for each in items)
    assert groups == [("NM-9", "NM-10", "NM-11", "NM-12"), ("NM-1", "NM-4", "NM-20")]
    assert recurring([]) == []


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("NM-7", 7),
        (" nm 7. ", 7),
        ("<NM-7>", 7),
        ("nm7", 7),
        ("NM-7 again", None),
        ("", None),
        ("nm-1234567890", None),
    ],
)
def test_a_near_miss_is_named_by_its_reference_alone(typed: str, number: int | None) -> None:
    assert named(typed) == number


def test_a_list_is_asked_for_in_any_order() -> None:
    assert parse_listing("", 2) == Listing(Which.ALL, (), 2)
    assert parse_listing("Cleanup OPEN script") == Listing(Which.OPEN, ("cleanup", "script"))
    assert parse_listing("my") == Listing(Which.MINE)
    assert parse_listing("unanswered").which is Which.OPEN
    assert parse_listing("mine cleanup").asked == "mine cleanup"


def test_the_policy_says_how_many_days_and_five_without() -> None:
    assert near_miss_policy_of({}).answer_within == 5
    assert near_miss_policy_of({"near miss": NearMissPolicy(3)}).answer_within == 3
