"""Facts: what has happened to an incident. They are never changed or removed; the timeline is their list."""

from dataclasses import dataclass
from datetime import datetime
from typing import assert_never

from bot.incident.domain.vocabulary import Milestone, Role, RoleEndReason, Severity, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class BaseFact:
    """The base of all facts.

    Attributes:
        at: when it happened (UTC). For a note, when the noted thing happened.
        by: the id of the person or the machine that did it or recorded it (`bot.core.actor`).
    """

    at: datetime
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared(BaseFact):
    """The incident was declared.

    Attributes:
        source: the link to the message from which it was declared; empty if there is none.
    """

    number: int
    title: str
    severity: Severity
    summary: str = ""
    private: bool = False
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeverityChanged(BaseFact):
    """The severity was raised or lowered."""

    old: Severity
    new: Severity
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusChanged(BaseFact):
    """The status changed: usually to the next one or, with a reason, back to an earlier one."""

    old: Status
    new: Status
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleAssigned(BaseFact):
    """`person` holds `role` from now on; `previous` held it until now.

    Attributes:
        forced: whether command was taken from its holder without an offer.
    """

    role: Role
    person: str
    previous: str | None = None
    forced: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RolesEnded(BaseFact):
    """`person` no longer holds these roles, and nobody has taken them over.

    Attributes:
        roles: empty if only an offer of command to them has ended.
    """

    person: str
    roles: tuple[Role, ...]
    why: RoleEndReason


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoffOffered(BaseFact):
    """The commander asked `to` to take over; the commander stays in command until they accept.

    Attributes:
        instead_of: the person who was asked before and had not answered.
    """

    to: str
    instead_of: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoffDeclined(BaseFact):
    """The person who was asked to take over declined, or the commander took the offer back."""

    to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdatePosted(BaseFact):
    """A status update: conditions, actions, needs. The next update is due one cadence later."""

    conditions: str
    actions: str = ""
    needs: str = ""
    unchanged: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Snoozed(BaseFact):
    """Reminders of the update are postponed until `until` (UTC)."""

    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted(BaseFact):
    """A note on the timeline, with its own time and author.

    Attributes:
        author: the person who said it (`by` put it on the timeline); empty if an app said it.
        app: the name of the app that said it; empty if a person did.
        link: the link to the message; empty if it was not a message.
        from_message: whether it is already in Slack as a message, in the war room or in another channel.
    """

    text: str
    author: str
    app: str = ""
    link: str = ""
    from_message: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MilestoneSet(BaseFact):
    """The time at which impact started or was first detected was recorded."""

    milestone: Milestone
    when: datetime


Change = (
    SeverityChanged
    | StatusChanged
    | RoleAssigned
    | RolesEnded
    | HandoffOffered
    | HandoffDeclined
    | UpdatePosted
    | Snoozed
    | Noted
    | MilestoneSet
)
Fact = Declared | Change


def people_in(fact: Fact) -> tuple[str, ...]:
    """The people whom a fact names, besides the person who did it."""
    match fact:
        case RoleAssigned() | RolesEnded():
            return (fact.person,)
        case HandoffOffered() | HandoffDeclined():
            return (fact.to,)
        case Noted():
            return (fact.author,) if fact.author else ()
        case Declared() | SeverityChanged() | StatusChanged() | UpdatePosted() | Snoozed() | MilestoneSet():
            return ()
        case _:
            assert_never(fact)
