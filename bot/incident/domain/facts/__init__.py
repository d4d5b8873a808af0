"""Facts: what has happened to an incident. They are never changed or removed; the timeline is their list.

The one exception: the words of a secret are removed (docs/decisions, 0020).
Each file has the facts of one topic.
"""

from typing import assert_never

from bot.incident.domain.facts.base import BaseFact
from bot.incident.domain.facts.corrections import EntryCorrected, EntryRestored, EntryStruck
from bot.incident.domain.facts.lifecycle import Declared, MilestoneSet, SeverityChanged, StatusChanged
from bot.incident.domain.facts.notes import Noted
from bot.incident.domain.facts.roles import HandoffDeclined, HandoffOffered, RoleAssigned, RolesEnded
from bot.incident.domain.facts.updates import Snoozed, UpdatePosted

__all__ = [
    "BaseFact",
    "Change",
    "Declared",
    "EntryCorrected",
    "EntryRestored",
    "EntryStruck",
    "Fact",
    "HandoffDeclined",
    "HandoffOffered",
    "MilestoneSet",
    "Noted",
    "RoleAssigned",
    "RolesEnded",
    "SeverityChanged",
    "Snoozed",
    "StatusChanged",
    "UpdatePosted",
    "people_in",
]

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
    | EntryCorrected
    | EntryStruck
    | EntryRestored
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
        case EntryCorrected() | EntryStruck() | EntryRestored():
            return ()
        case _:
            assert_never(fact)
