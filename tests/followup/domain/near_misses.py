"""Near misses for tests."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.core.decision import Refused
from bot.followup.domain import near_miss_facts as facts
from bot.followup.domain import near_miss_rules as rules
from bot.followup.domain.near_miss import NearMiss, evolve, fold
from tests.incident.domain.situations import ALICE, BOB, NOW

TITLE = "The cleanup script was started on the live database"
CAUGHT = "The password was another one"
DUE = NOW + timedelta(days=7)


def reported(number: int = 7, title: str = TITLE, *, by: str = BOB, **more: Any) -> facts.NearMissReported:
    """Bob has reported one, to be answered in a week."""
    decision = rules.report(number, title, CAUGHT, by=by, now=NOW, **more)
    assert not isinstance(decision, Refused)
    (fact,) = decision
    assert isinstance(fact, facts.NearMissReported)
    return replace(fact, due_at=DUE)


def near_miss(number: int = 7, title: str = TITLE, *, by: str = BOB, **more: Any) -> NearMiss:
    """The same, as a state."""
    return fold([reported(number, title, by=by, **more)])


def after(
    item: NearMiss, rule: Callable[..., rules.Decision], *given: Any, by: str = ALICE, days: int = 1
) -> NearMiss:
    """The state after what this rule decides, some days later."""
    decision = rule(item, *given, by=by, now=NOW + timedelta(days=days))
    assert not isinstance(decision, Refused), decision
    for fact in decision:
        item = evolve(item, fact)
    return item


def refused(decision: rules.Decision) -> Refused:
    """The refusal that a rule has answered with."""
    assert isinstance(decision, Refused)
    return decision
