"""Which effects follow from a fact about a near miss."""

from collections.abc import Iterator, Sequence
from typing import assert_never

from bot.core.actor import can_be_reached
from bot.core.decider import Entry
from bot.followup.domain import near_miss_facts as facts
from bot.followup.domain.near_miss import NearMiss
from bot.followup.domain.near_miss_effects import AnnounceNearMiss, Effect, TellReporter


def react(entries: Sequence[Entry[facts.Fact]], item: NearMiss) -> Sequence[Effect]:
    """The effects of these facts, each once, given the state after them."""
    return list(dict.fromkeys(effect for entry in entries for effect in _of(entry.fact, item)))


def _of(fact: facts.Fact, item: NearMiss) -> Iterator[Effect]:
    yield AnnounceNearMiss()
    match fact:
        case facts.NearMissAnswered() | facts.NearMissPromoted():
            if item.reported_by not in (facts.NOBODY, fact.by) and can_be_reached(item.reported_by):
                yield TellReporter(of_incident=isinstance(fact, facts.NearMissPromoted))
        case (
            facts.NearMissReported()
            | facts.NearMissChanged()
            | facts.NearMissWithdrawn()
            | facts.NearMissRestored()
            | facts.EntriesRewritten()
        ):
            return
        case _:
            assert_never(fact)
