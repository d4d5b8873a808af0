"""Entries of action items and near misses that were rewritten: nothing else changes, and nobody is told."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from bot.core.actor import former
from bot.core.decider import Entry
from bot.core.rewriting import Why
from bot.followup.domain import action_item, facts, near_miss, near_miss_facts, near_miss_react, react
from bot.followup.domain.near_miss_effects import AnnounceNearMiss, TellReporter
from bot.followup.domain.vocabulary import Kind, Priority

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
GIVEN: dict[str, Any] = {
    "at": NOW, "by": "machine:retention", "why": Why.RETENTION, "entries": "1", "count": 1,
}  # fmt: skip


def test_an_action_item_stays_as_it_is() -> None:
    added = facts.ActionItemAdded(
        at=NOW, by="U1", number=1, title="Add an alert", owner="U2", due_on=date(2026, 3, 9), kind=Kind.PREVENT,
        priority=Priority.MEDIUM, link="", incident=1, incident_title="Checkout", private=False,
    )  # fmt: skip
    item = action_item.evolve(None, added)
    rewritten = facts.EntriesRewritten(**GIVEN)
    after = action_item.evolve(item, rewritten)
    assert (after.version, after.title, after.owner) == (2, item.title, item.owner)
    assert not react.react([Entry(2, rewritten)], after)


@pytest.mark.parametrize(
    ("reporter", "is_told"), [("U1", True), (former("Former colleague 1"), False), ("", False)]
)
def test_a_near_miss_stays_as_it_is_and_only_who_can_be_reached_is_told_of_an_answer(
    reporter: str,
    is_told: bool,  # noqa: FBT001  # a parameter of the test
) -> None:
    reported = near_miss_facts.NearMissReported(at=NOW, by=reporter, number=1, title="Nearly", summary="")
    item = near_miss.evolve(None, reported)
    rewritten = near_miss_facts.EntriesRewritten(**GIVEN)
    after = near_miss.evolve(item, rewritten)
    assert (after.version, after.title) == (2, item.title)
    assert near_miss_react.react([Entry(2, rewritten)], after) == [AnnounceNearMiss()]
    answered = near_miss_facts.NearMissAnswered(at=NOW, by="U2", answer="We test it")
    effects = near_miss_react.react([Entry(3, answered)], near_miss.evolve(after, answered))
    assert any(isinstance(each, TellReporter) for each in effects) is is_told
