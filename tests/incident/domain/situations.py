"""People, times and incidents that the tests of the domain, the commands and the views start with."""

from datetime import UTC, datetime, timedelta

from bot.core.decision import Refused
from bot.incident.domain import facts, rules
from bot.incident.domain.incident import Incident, evolve, fold
from bot.incident.domain.rules import Decision
from bot.incident.domain.timeline import Entry
from bot.incident.domain.vocabulary import Severity

NOW = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)

ALICE, BOB, CAROL, DAVE = "U0ALICE", "U0BOB", "U0CAROL", "U0DAVE"


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


def later(count: float) -> datetime:
    """This many minutes after the declaration."""
    return NOW + minutes(count)


def decided(decision: Decision) -> tuple[facts.Fact, ...]:
    """The facts of a decision that must not be a refusal."""
    assert not isinstance(decision, Refused), decision.message
    return decision


def fact(decision: Decision) -> facts.Fact:
    """The only fact of a decision."""
    (only,) = decided(decision)
    return only


def refused(decision: object) -> Refused:
    """The refusal that this decision must be."""
    assert isinstance(decision, Refused), f"{decision} should have been refused"
    return decision


def declared(
    title: str = "Checkout is failing",
    severity: Severity = Severity.SEV1,
    *,
    number: int = 42,
    summary: str = "",
    private: bool = False,
    commander: str | None = None,
    source: str = "",
) -> Incident:
    """An incident that Alice declares at `NOW`."""
    decision = rules.declare(
        number=number,
        title=title,
        severity=severity,
        summary=summary,
        private=private,
        commander=commander,
        source=source,
        by=ALICE,
        now=NOW,
    )
    return fold(decided(decision))


def after(incident: Incident, decision: Decision) -> Incident:
    """The incident after this decision."""
    for each in decided(decision):
        incident = evolve(incident, each)
    return incident


def updated(incident: Incident, text: str = "Half of all payments fail", at: datetime = NOW) -> Incident:
    """The incident after an update by Bob."""
    return after(incident, rules.post_update(incident, text, by=BOB, now=at))


def with_role(incident: Incident, role: str, person: str) -> Incident:
    """The incident after somebody got this role, which nobody had before."""
    return after(incident, rules.assign(incident, role, person, by=ALICE, now=NOW))


def with_task(
    incident: Incident | None = None,
    text: str = "Check replica lag",
    *,
    assignee: str | None = None,
    due_at: datetime | None = None,
    link: str = "",
) -> Incident:
    """The incident after Alice has added a task."""
    incident = incident or declared()
    return after(
        incident,
        rules.add_task(incident, text, by=ALICE, now=NOW, assignee=assignee, due_at=due_at, link=link),
    )


def resolved(incident: Incident | None = None, at: datetime = NOW) -> Incident:
    """A resolved incident."""
    incident = incident or declared()
    return after(incident, rules.resolve(incident, by=ALICE, now=at))


def entries(*happened: facts.Fact) -> list[Entry]:
    """A timeline of these facts, in the order in which they were recorded."""
    return [Entry(seq, each) for seq, each in enumerate(happened, start=1)]
