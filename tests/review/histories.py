"""Histories of many incidents, generated from a seed: the facts of each, as people and the bot would have recorded them."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from random import Random

from bot.core.actor import machine
from bot.incident.domain import facts
from bot.incident.domain.incident import Incident, fold
from bot.incident.domain.promise_tally import steps_of
from bot.incident.domain.records import Record
from bot.incident.domain.timeline import Entry
from bot.incident.domain.vocabulary import Milestone, Role, Severity, Status

NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)
GAP = timedelta(hours=2)
PEOPLE = tuple(f"U{number:03}" for number in range(40))


def histories(count: int, seed: int = 1, *, now: datetime = NOW) -> list[list[facts.Fact]]:
    """So many histories; the last incident is declared two hours before `now` (UTC), each other two hours earlier."""
    random = Random(seed)  # noqa: S311  # test data
    return [_history(random, number, now - GAP * (count - number + 1), now) for number in range(1, count + 1)]


def entries(history: Sequence[facts.Fact]) -> list[Entry]:
    """The timeline of a history."""
    return [Entry(seq, fact) for seq, fact in enumerate(history, start=1)]


def records(count: int, seed: int = 1, *, now: datetime = NOW) -> list[Record]:
    """Their records."""
    return [record(history) for history in histories(count, seed, now=now)]


def record(history: Sequence[facts.Fact]) -> Record:
    """The record of a history, by way of the whole state."""
    return Record.of(fold(history), steps_of(entries(history)))


def _history(random: Random, number: int, at: datetime, now: datetime) -> list[facts.Fact]:
    """One history. Some incidents are still open, were reopened, cancelled, merged, or are private."""
    people = random.sample(PEOPLE, 3)
    severity = random.choice(list(Severity))
    declared = facts.Declared(
        at=at,
        by=machine("Monitoring") if random.random() < 0.2 else people[0],
        number=number,
        title=f"Service {number % 7} is failing",
        severity=severity,
        private=random.random() < 0.05,
    )
    told = _Teller(random, declared, now)
    if random.random() < 0.9:
        told.tell(1, facts.RoleAssigned, role=Role.COMMANDER, person=people[1])
    if random.random() < 0.4:
        new = random.choice([each for each in Severity if each is not severity])
        told.tell(4, facts.SeverityChanged, old=severity, new=new)
    for _ in range(random.randrange(4)):
        told.tell(12, facts.UpdatePosted, conditions="Some carts fail")
        if random.random() < 0.2:
            told.tell(2, facts.Snoozed, until=told.at + timedelta(minutes=30))
    if random.random() < 0.06:
        told.tell(3, facts.Cancelled, old=Status.TRIAGE)
        return told.facts
    if random.random() < 0.04 and number > 1:
        told.tell(3, facts.MarkedDuplicate, old=Status.TRIAGE, of=number - 1)
        return told.facts
    if random.random() < 0.97:
        told.tell(20, facts.StatusChanged, old=Status.TRIAGE, new=Status.MITIGATED)
        told.tell(15, facts.UpdatePosted, conditions="Nearly all works", next_by=told.at + timedelta(hours=1))
    if random.random() < 0.95:
        told.tell(30, facts.StatusChanged, old=Status.MITIGATED, new=Status.RESOLVED)
        if random.random() < 0.05:
            told.tell(
                20, facts.StatusChanged, old=Status.RESOLVED, new=Status.MITIGATING, reason="it is back"
            )
    if random.random() < 0.6:
        started = at - timedelta(minutes=random.lognormvariate(2.5, 1))
        told.tell(5, facts.MilestoneSet, milestone=Milestone.STARTED, when=started)
        late = timedelta(minutes=random.lognormvariate(1.5, 1))
        when = min(started + late, at) if random.random() < 0.95 else started - late
        told.tell(1, facts.MilestoneSet, milestone=Milestone.DETECTED, when=when)
    return told.facts


class _Teller:
    """Tells facts one after the other, until the present."""

    def __init__(self, random: Random, declared: facts.Declared, now: datetime) -> None:
        self._random, self._by, self._now = random, declared.by, now
        self.at = declared.at
        self.facts: list[facts.Fact] = [declared]

    def tell(self, minutes: float, kind: type[facts.Change], **fields: object) -> None:
        """Add a fact, after about so many minutes; nothing happens after the present."""
        at = self.at + timedelta(minutes=minutes * self._random.lognormvariate(0, 0.9))
        if at < self._now:
            self.at = at
            by = str(fields.get("person", self._by))
            self.facts.append(kind(at=at, by=by, **fields))  # type: ignore[arg-type]  # as the kind wants


def state(history: Sequence[facts.Fact]) -> Incident:
    """The state after a history."""
    return fold(history)
