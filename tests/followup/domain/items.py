"""Action items for tests."""

from datetime import date, timedelta

from bot.core.decision import Refused
from bot.followup.domain import facts, rules
from bot.followup.domain.action_item import ActionItem, fold
from tests.incident.domain.situations import ALICE, BOB, NOW, declared

TODAY = NOW.date()
DUE = TODAY + timedelta(days=10)


def added(
    number: int = 1, title: str = "Add an alert on replica lag", *, owner: str = BOB, due_on: date = DUE
) -> facts.ActionItemAdded:
    """Alice has added one for Bob, to be done in ten days."""
    decision = rules.add(
        number, declared(), title, owner=owner, due_on=due_on, today=TODAY, by=ALICE, now=NOW
    )
    assert not isinstance(decision, Refused)
    (fact,) = decision
    assert isinstance(fact, facts.ActionItemAdded)
    return fact


def item(
    number: int = 1, title: str = "Add an alert on replica lag", *, owner: str = BOB, due_on: date = DUE
) -> ActionItem:
    """The same, as a state."""
    return fold([added(number, title, owner=owner, due_on=due_on)])
