"""Drafts of incidents of several kinds, for what is published of them."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from bot import policy_file
from bot.incident.domain import facts
from bot.incident.domain.action_lines import ActionLine
from bot.incident.domain.incident import fold
from bot.incident.domain.postmortem import Draft, draft
from bot.incident.domain.timeline import Entry
from bot.incident.domain.vocabulary import Milestone, Role, RoleEndReason, Severity, Status
from tests.incident.domain.situations import ALICE, BOB, CAROL, DAVE, NOW, entries, later

POLICY = policy_file.load()
NAMES = {ALICE: "Alice Adams", BOB: "Bob Brown", CAROL: "Carol Chen", DAVE: "Dave Dunn"}
ROOM = "C0ROOM"


def drafted(
    *happened: facts.Fact,
    now: datetime | None = None,
    duplicates: list[tuple[int, list[Entry]]] | None = None,
    action_items: Sequence[ActionLine] = (),
) -> Draft:
    """The draft of an incident with these facts, ten minutes after the last of them."""
    at = now or max(fact.at for fact in happened) + timedelta(minutes=10)
    return draft(fold(happened), entries(*happened), POLICY, at, duplicates or [], action_items=action_items)


def action_item(**more: str) -> ActionLine:
    """An action item of Bob's."""
    given = {
        "title": "Alert on 502",
        "kind": "detect",
        "owner": "Bob Brown",
        "state": "open",
        "outcome": "",
        "link": "",
        **more,
    }
    return ActionLine(reference="ACT-1", due_on=date(2026, 12, 1), incident="INC-42", private=False, **given)


def declared(**more: object) -> facts.Declared:
    """It is declared at `NOW` by Alice."""
    given = {"number": 42, "title": "Checkout <fails> & burns", "severity": Severity.SEV2, **more}
    return facts.Declared(at=NOW, by=ALICE, **given)  # type: ignore[arg-type]  # what a test says


def role(minutes: float, key: str, person: str, previous: str | None = None) -> facts.RoleAssigned:
    return facts.RoleAssigned(at=later(minutes), by=ALICE, role=key, person=person, previous=previous)


def note(minutes: float, text: str, by: str = BOB, **more: str | bool) -> facts.Noted:
    return facts.Noted(at=later(minutes), by=by, author=by, text=text, **more)  # type: ignore[arg-type]  # likewise


def status(minutes: float, old: Status, new: Status) -> facts.StatusChanged:
    return facts.StatusChanged(at=later(minutes), by=BOB, old=old, new=new)


def update(minutes: float, conditions: str = "Half of the payments fail") -> facts.UpdatePosted:
    return facts.UpdatePosted(at=later(minutes), by=BOB, conditions=conditions)


def usual() -> list[facts.Fact]:
    """Forty minutes with a handoff, a raised severity, a late and a missed update, notes and a decision."""
    return [
        declared(summary="Half of the payments fail"),
        role(1, Role.COMMANDER, BOB),
        role(2, Role.EXPERT, DAVE),
        role(3, Role.EXPERT, ALICE),
        note(4, "Errors rose"),
        facts.SeverityChanged(at=later(5), by=BOB, old=Severity.SEV2, new=Severity.SEV1),
        facts.Decided(at=later(6), by=BOB, number=1, text="Roll back", until=later(11)),
        facts.Objected(at=later(7), by=CAROL, number=1, reason="It loses orders"),
        status(8, Status.TRIAGE, Status.MITIGATING),
        update(15),
        role(20, Role.COMMANDER, CAROL, BOB),
        facts.RolesEnded(
            at=later(22), by=DAVE, person=DAVE, roles=(Role.EXPERT,), why=RoleEndReason.UNASSIGNED
        ),
        update(34),
        status(36, Status.MITIGATING, Status.MITIGATED),
        note(37, "Errors fell"),
        facts.SeverityChanged(at=later(70), by=CAROL, old=Severity.SEV1, new=Severity.SEV3),
        status(99, Status.MITIGATED, Status.RESOLVED),
        facts.MilestoneSet(at=later(100), by=CAROL, milestone=Milestone.STARTED, when=later(-10)),
    ]
