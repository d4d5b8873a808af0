"""Made-up incidents with which templates are tried: the emptiest, usual ones, and the longest with hostile texts."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any

from bot.incident.domain import facts
from bot.incident.domain.action_lines import ActionLine
from bot.incident.domain.incident import Incident, fold
from bot.incident.domain.postmortem_sections import PostmortemSection
from bot.incident.domain.rules import TEXT_MAX, TITLE_MAX
from bot.incident.domain.timeline import Entry
from bot.incident.domain.vocabulary import Milestone, Role, Severity, Status

AT = datetime(2026, 1, 1, 12, 0, tzinfo=UTC)
SOON = AT + timedelta(minutes=7)
LATER = AT + timedelta(days=2)
_LINK = "https://example.com/archives/C1/p1"
_HOSTILE = " <!channel> {{ 7 * 7 }} {% raw %} | # * `x` & <@U1> \u202e\u2066"
_BY: Mapping[str, Any] = {"at": AT, "by": "U1"}
_THEN: Mapping[str, Any] = {"at": SOON, "by": "U2"}


@dataclass(frozen=True)  # without slots, for `cached_property`
class Sample:
    """An incident that never was.

    Attributes:
        happened: its facts, without an update.
        update: an update that could be posted next.
        act: the facts of the act that posts it.
        names: people's names by id.
    """

    happened: Sequence[facts.Fact]
    update: facts.UpdatePosted
    act: Sequence[facts.Fact]
    names: dict[str, str]

    @cached_property
    def incident(self) -> Incident:
        """Its state before the update."""
        return fold(self.happened)

    @cached_property
    def updated(self) -> Incident:
        """Its state after the update."""
        return fold((*self.happened, *self.act))

    @cached_property
    def action_item(self) -> ActionLine:
        """An action item of it, which is done."""
        return ActionLine(
            reference="ACT-1",
            title=self.updated.title,
            kind="prevent",
            owner=next(iter(self.names.values()), ""),
            due_on=LATER.date(),
            state="done",
            outcome=self.updated.title,
            incident=self.updated.reference,
            private=False,
            link=_LINK,
        )

    @cached_property
    def timeline(self) -> list[Entry]:
        """Its entries, with the update."""
        return [Entry(seq, fact) for seq, fact in enumerate((*self.happened, *self.act), start=1)]


def samples() -> list[Sample]:
    """All of them."""
    usual = _usual("")
    cancelled = facts.Cancelled(**_BY, old=Status.TRIAGE)
    duplicate = facts.MarkedDuplicate(**_BY, old=Status.TRIAGE, of=2)
    return [
        _emptiest(),
        usual,
        _usual(_HOSTILE),
        *(
            Sample((*usual.happened, ended), usual.update, (usual.update,), {})
            for ended in (cancelled, duplicate)
        ),
    ]


def _emptiest() -> Sample:
    declared = facts.Declared(at=AT, by="U1", number=1, title="x", severity=Severity.SEV4)
    update = facts.UpdatePosted(at=SOON, by="U1", conditions="", unchanged=True)
    return Sample((declared,), update, (update,), {})


def _usual(more: str) -> Sample:
    """An incident with what the draft has a place for. With `more` in it, each text is as long as may be."""

    def title(said: str) -> str:
        return f"{said}{more}{'x' * TITLE_MAX}"[:TITLE_MAX] if more else said

    def text(said: str) -> str:
        return f"{said}{more}{'x ' * TEXT_MAX}"[:TEXT_MAX] if more else said

    raised = facts.SeverityChanged(**_THEN, old=Severity.SEV2, new=Severity.SEV1, reason=text("Wider"))
    mitigated = facts.StatusChanged(**_THEN, old=Status.TRIAGE, new=Status.MITIGATED)
    update = facts.UpdatePosted(
        **_THEN,
        conditions=text("Half of the payments fail"),
        actions=text("Rolling back"),
        needs=text("Somebody who knows the database"),
        next_by=SOON + timedelta(minutes=9),
    )
    names = {"U1": title("Alice"), "U2": title("Bob")}
    return Sample(_happened(title, text), update, (raised, mitigated, update), names)


def _happened(title: Callable[[str], str], text: Callable[[str], str]) -> Sequence[facts.Fact]:
    return (
        facts.Declared(
            **_BY,
            number=1,
            title=title("Checkout is failing"),
            severity=Severity.SEV2,
            summary=text("Customers cannot pay"),
            private=True,
            source=_LINK,
        ),
        facts.RoleAssigned(**_BY, role=Role.COMMANDER, person="U1"),
        facts.RoleAssigned(**_BY, role=Role.SCRIBE, person="U2"),
        facts.MilestoneSet(**_BY, milestone=Milestone.STARTED, when=AT - timedelta(hours=1)),
        facts.Noted(**_BY, author="U2", text=text("Errors began"), link=_LINK),
        facts.Noted(**_BY, author="U2", text=text("This is wrong")),
        facts.EntryStruck(**_BY, entry=6),
        facts.Parked(**_BY, number=1, text=text("Is it the DNS?"), author="U2", link=_LINK),
        *(_decided(number, text) for number in range(1, 5)),
        facts.Decided(**_BY, number=5, text=text("Roll back"), until=LATER, instead_of=4),
        facts.DecisionStands(**_BY, number=1),
        facts.Objected(**_THEN, number=2, reason=text("It loses orders")),
        facts.DecisionWithdrawn(**_BY, number=3),
        facts.TaskAdded(**_BY, number=1, text=text("Check replica lag"), assignee="U2", link=_LINK),
        facts.TaskAdded(**_BY, number=2, text=text("Call the vendor")),
        facts.DuplicateMerged(**_BY, number=3, title=title("Payments are slow")),
        *(
            facts.PostmortemSectionWritten(
                **_BY, section=section, text=text("Half failed\n- twice"), version=1
            )
            for section in PostmortemSection
        ),
    )


def _decided(number: int, text: Callable[[str], str]) -> facts.Decided:
    return facts.Decided(
        **_BY,
        number=number,
        text=text("Turn it off"),
        risk=text("Some orders wait"),
        way_back=text("Turn it on"),
        until=SOON,
    )
