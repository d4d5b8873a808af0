"""Facts: what has happened to an incident. They are never changed or removed; the timeline is their list."""

from dataclasses import dataclass
from datetime import datetime
from typing import assert_never

from bot.incident.domain.vocabulary import Ending, Milestone, Role, Severity, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """What every fact tells.

    Attributes:
        at: when it happened (UTC). For a note this is the time of the thing noted.
        by: the id of whoever did it or wrote it down: a person, or a machine (`bot.core.actor`).
    """

    at: datetime
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared(Happened):
    """Somebody said: this is an incident. `source` links the message it was declared from, if any."""

    number: int
    title: str
    severity: Severity
    summary: str = ""
    private: bool = False
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeverityChanged(Happened):
    """Customers are hit more, or less, than was thought."""

    old: Severity
    new: Severity
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusChanged(Happened):
    """The work moved on or, with a reason, back."""

    old: Status
    new: Status
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleAssigned(Happened):
    """`person` holds `role` from now on; `previous` held it until now.

    Attributes:
        forced: whether command was taken from somebody without their offer.
    """

    role: Role
    person: str
    previous: str | None = None
    forced: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RolesEnded(Happened):
    """`person` holds these roles no longer, and nobody has taken them over.

    Attributes:
        roles: none where all that ended is an offer of command to them.
    """

    person: str
    roles: tuple[Role, ...]
    why: Ending


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoffOffered(Happened):
    """The commander asked `to` to take over; command stays where it is until they accept.

    Attributes:
        instead_of: who was asked before and had not answered yet.
    """

    to: str
    instead_of: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoffDeclined(Happened):
    """The person asked to take over said no, or the offer was withdrawn."""

    to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdatePosted(Happened):
    """A status update: conditions, actions, needs. It renews the promise of the next one."""

    conditions: str
    actions: str = ""
    needs: str = ""
    unchanged: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Snoozed(Happened):
    """Somebody asked not to be reminded of the update before `until`."""

    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted(Happened):
    """Something worth remembering, with its own time and author, wherever it was said.

    Attributes:
        author: who said it; `by` is who put it on the timeline. Empty where an app said it.
        app: the name of the app that said it, where no account did.
        link: where it was said, if it was a message.
        from_message: whether it already stands in the war room or another channel as a message.
    """

    text: str
    author: str
    app: str = ""
    link: str = ""
    from_message: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MilestoneSet(Happened):
    """Somebody told when impact started or was first detected."""

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


def named(fact: Fact) -> tuple[str, ...]:
    """The people whom it names, beside who did it."""
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
