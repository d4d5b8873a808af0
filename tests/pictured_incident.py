"""A made-up incident of an hour around midnight, as it is drawn in the README."""

from datetime import UTC, datetime, timedelta

from bot import policy_file
from bot.incident.domain import facts
from bot.incident.domain.incident import fold
from bot.incident.domain.postmortem import Draft, draft
from bot.incident.domain.timeline import Entry
from bot.incident.domain.vocabulary import Milestone, Role, Severity, Status

AT = datetime(2026, 11, 28, 22, 41, tzinfo=UTC)
ALICE, BOB, CAROL, DAVE = "U0ALICE", "U0BOB", "U0CAROL", "U0DAVE"
NAMES = {ALICE: "Alice Adams", BOB: "Bob Brown", CAROL: "Carol Chen", DAVE: "Dave Diaz"}


def story() -> Draft:
    """Its draft."""
    happened = _facts()
    entries = [Entry(seq, fact) for seq, fact in enumerate(happened, start=1)]
    return draft(fold(happened), entries, policy_file.load(), _later(90))


def _later(minutes: float) -> datetime:
    return AT + timedelta(minutes=minutes)


def _note(minutes: float, by: str, text: str) -> facts.Noted:
    return facts.Noted(at=_later(minutes), by=by, author=by, text=text)


def _role(minutes: float, key: str, person: str, previous: str | None = None) -> facts.RoleAssigned:
    return facts.RoleAssigned(at=_later(minutes), by=BOB, role=key, person=person, previous=previous)


def _status(minutes: float, old: Status, new: Status) -> facts.StatusChanged:
    return facts.StatusChanged(at=_later(minutes), by=BOB, old=old, new=new)


def _severity(minutes: float, old: Severity, new: Severity, reason: str) -> facts.SeverityChanged:
    return facts.SeverityChanged(at=_later(minutes), by=BOB, old=old, new=new, reason=reason)


def _update(minutes: float, conditions: str, actions: str) -> facts.UpdatePosted:
    return facts.UpdatePosted(at=_later(minutes), by=CAROL, conditions=conditions, actions=actions)


def _milestone(milestone: Milestone, minutes: float) -> facts.MilestoneSet:
    return facts.MilestoneSet(at=_later(70), by=CAROL, milestone=milestone, when=_later(minutes))


def _facts() -> list[facts.Fact]:
    return [
        facts.Declared(
            at=AT,
            by=ALICE,
            number=12,
            title="Card payments fail with 502",
            severity=Severity.SEV2,
            summary="About half of the card payments fail; invoices and transfers work.",
        ),
        _role(1, Role.COMMANDER, BOB),
        _note(2, ALICE, "Error rate of checkout-api at 43 %"),
        _role(4, Role.SCRIBE, CAROL),
        _role(5, Role.EXPERT, DAVE),
        _note(6, CAROL, "Deploy 4812 went out at 22:31 UTC, ten minutes before"),
        _severity(8, Severity.SEV2, Severity.SEV1, "all card payments fail now"),
        _status(9, Status.TRIAGE, Status.MITIGATING),
        facts.Decided(at=_later(11), by=BOB, number=1, text="Roll back deploy 4812", until=_later(16)),
        _note(14, DAVE, "Roll-back started"),
        _note(17, CAROL, "Support has 40 tickets"),
        _update(21, "All card payments fail.", "Rolling back the deploy of 22:31 UTC."),
        _note(26, DAVE, "Pods start slowly: pulling images is rate limited"),
        _role(31, Role.COMMANDER, CAROL, BOB),
        _update(34, "Payments recover as new pods start.", "Waiting for the last third of the pods."),
        _note(38, ALICE, "Error rate below 1 %"),
        _status(41, Status.MITIGATING, Status.MITIGATED),
        _severity(43, Severity.SEV1, Severity.SEV3, "only delayed orders are left"),
        _update(44, "Card payments work again.", "Working off 310 delayed orders."),
        _note(58, DAVE, "All delayed orders are through"),
        facts.StatusChanged(
            at=_later(62),
            by=CAROL,
            old=Status.MITIGATED,
            new=Status.RESOLVED,
            reason="Rolled back deploy 4812.",
        ),
        _milestone(Milestone.STARTED, -10),
        _milestone(Milestone.DETECTED, -3),
    ]
