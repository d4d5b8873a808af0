"""Action items of generated incidents, as facts, from a seed."""

from collections.abc import Sequence
from datetime import timedelta
from random import Random

from bot.followup.domain import facts
from bot.followup.domain.vocabulary import Kind, Priority
from bot.incident.domain.action_records import ActionRecord
from bot.incident.domain.records import Record
from tests.review.histories import NOW

ZONES = ("", "UTC", "Europe/Berlin", "Pacific/Auckland", "America/Los_Angeles")


def histories(incidents: Sequence[Record], seed: int = 3) -> list[list[facts.Fact]]:
    """The facts of up to three action items of some of these incidents; none is later than `NOW`."""
    random = Random(seed)  # noqa: S311  # test data
    found: list[list[facts.Fact]] = []
    for incident in incidents:
        for _ in range(random.choice((0, 0, 1, 3))):
            found.append(_history(random, len(found) + 1, incident))
    return found


def zone(number: int) -> str:
    """The zone of the owner of the item with this number."""
    return ZONES[number % len(ZONES)]


def _history(random: Random, number: int, incident: Record) -> list[facts.Fact]:
    at = incident.declared_at + timedelta(minutes=random.randrange(60))
    due = at.date() + timedelta(days=random.randrange(1, 30))
    told: list[facts.Fact] = [
        facts.ActionItemAdded(
            at=at,
            by="U1",
            number=number,
            title=f"Add an alert on service {random.randrange(9)} failing often",
            owner=f"UZ{number % len(ZONES)}",
            due_on=due,
            kind=random.choice(list(Kind)),
            priority=Priority.MEDIUM,
            link="",
            incident=incident.number,
            incident_title=incident.title,
            private=False,
        )
    ]
    for _ in range(random.choice((0, 0, 0, 1, 2))):
        at += timedelta(hours=random.randrange(1, 72))
        moved = due + timedelta(days=random.choice((-1, 3, 7)))
        told.append(facts.ActionItemMoved(at=at, by="U2", due_on=moved, previous=due, reason=""))
        due = moved
    end = at + timedelta(hours=random.lognormvariate(4, 1.5))
    outcome = random.random()
    if outcome < 0.6:
        told.append(facts.ActionItemDone(at=end, by="U2", proof="it rang"))
    elif outcome < 0.7:
        told.append(facts.ActionItemDropped(at=end, by="U2", reason="replaced"))
    return [each for each in told if each.at <= NOW]


def record(history: Sequence[facts.Fact]) -> ActionRecord:
    """The record of one, straight from its facts."""
    first = history[0]
    assert isinstance(first, facts.ActionItemAdded)
    moves = [each for each in history if isinstance(each, facts.ActionItemMoved)]
    ends = [each for each in history if isinstance(each, facts.ActionItemDone | facts.ActionItemDropped)]
    return ActionRecord(
        number=first.number,
        version=len(history),
        title=first.title,
        incident=first.incident,
        kind=first.kind.value,
        zone=zone(first.number),
        added_at=first.at,
        first_due_on=first.due_on,
        due_on=moves[-1].due_on if moves else first.due_on,
        slips=sum(each.due_on > each.previous for each in moves),
        is_done=bool(ends) and isinstance(ends[-1], facts.ActionItemDone),
        ended_at=ends[-1].at if ends else None,
    )
