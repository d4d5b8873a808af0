"""Facts: what has happened to an incident. They are never changed or removed; the timeline is their list.

The one exception: the words of a secret are removed (docs/decisions, 0020).
Each file has the facts of one topic.
"""

from typing import assert_never

from bot.incident.domain.facts.base import BaseFact
from bot.incident.domain.facts.bridge import BridgeRemoved, BridgeSet
from bot.incident.domain.facts.corrections import EntryCorrected, EntryFact, EntryRestored, EntryStruck
from bot.incident.domain.facts.decisions import Decided, DecisionStands, DecisionWithdrawn, Objected
from bot.incident.domain.facts.do_not_disturb import CommanderInDoNotDisturb
from bot.incident.domain.facts.ending import (
    Cancelled,
    DuplicateMerged,
    DuplicateReopened,
    MarkedDuplicate,
)
from bot.incident.domain.facts.lifecycle import Declared, MilestoneSet, SeverityChanged, StatusChanged
from bot.incident.domain.facts.notes import Noted
from bot.incident.domain.facts.nudges import NudgeDeclined, SeverityConfirmed
from bot.incident.domain.facts.parking import Parked, Reparked, Unparked
from bot.incident.domain.facts.postmortem import (
    PostmortemApproved,
    PostmortemChangesWanted,
    PostmortemEntriesTakenOver,
    PostmortemFact,
    PostmortemNotWanted,
    PostmortemOwed,
    PostmortemPublished,
    PostmortemSectionWritten,
    PostmortemSentToReview,
)
from bot.incident.domain.facts.postmortem_canvas import (
    PostmortemCanvasAnswered,
    PostmortemCanvasDiffers,
    PostmortemCanvasLeft,
    PostmortemCanvasOpened,
    PostmortemCanvasRead,
    PostmortemCanvasRefused,
)
from bot.incident.domain.facts.roles import HandoffDeclined, HandoffOffered, RoleAssigned, RolesEnded
from bot.incident.domain.facts.services import ServicesChanged
from bot.incident.domain.facts.takeover import TakeoverAsked, TakeoverDeclined
from bot.incident.domain.facts.tasks import (
    TaskAdded,
    TaskAssigned,
    TaskDone,
    TaskDropped,
    TaskFact,
    TaskReopened,
    TasksFreed,
    people_of_task,
)
from bot.incident.domain.facts.updates import Snoozed, UpdatePosted
from bot.incident.domain.facts.upkeep import (
    KindChanged,
    PostmortemOwnerChosen,
    Renamed,
    RoomArchived,
    RoomAskedFor,
    RoomKept,
    UpkeepFact,
)

__all__ = [
    "AboutBridge",
    "AboutPostmortem",
    "AboutPostmortemCanvas",
    "AboutRoles",
    "BaseFact",
    "BridgeRemoved",
    "BridgeSet",
    "Cancelled",
    "Change",
    "ChangeOfIncident",
    "CommanderInDoNotDisturb",
    "Decided",
    "DecisionStands",
    "DecisionWithdrawn",
    "Declared",
    "DuplicateMerged",
    "DuplicateReopened",
    "EntryCorrected",
    "EntryFact",
    "EntryRestored",
    "EntryStruck",
    "Fact",
    "HandoffDeclined",
    "HandoffOffered",
    "KindChanged",
    "MarkedDuplicate",
    "MilestoneSet",
    "Noted",
    "NudgeDeclined",
    "Objected",
    "Parked",
    "PostmortemApproved",
    "PostmortemCanvasAnswered",
    "PostmortemCanvasDiffers",
    "PostmortemCanvasLeft",
    "PostmortemCanvasOpened",
    "PostmortemCanvasRead",
    "PostmortemCanvasRefused",
    "PostmortemChangesWanted",
    "PostmortemEntriesTakenOver",
    "PostmortemFact",
    "PostmortemNotWanted",
    "PostmortemOwed",
    "PostmortemOwnerChosen",
    "PostmortemPublished",
    "PostmortemSectionWritten",
    "PostmortemSentToReview",
    "Renamed",
    "Reparked",
    "RoleAssigned",
    "RolesEnded",
    "RoomArchived",
    "RoomAskedFor",
    "RoomKept",
    "ServicesChanged",
    "SeverityChanged",
    "SeverityConfirmed",
    "Snoozed",
    "StatusChanged",
    "TakeoverAsked",
    "TakeoverDeclined",
    "TaskAdded",
    "TaskAssigned",
    "TaskDone",
    "TaskDropped",
    "TaskFact",
    "TaskReopened",
    "TasksFreed",
    "Unparked",
    "UpdatePosted",
    "UpkeepFact",
    "people_in",
]

AboutBridge = BridgeSet | BridgeRemoved
AboutPostmortemCanvas = (
    PostmortemCanvasAnswered
    | PostmortemCanvasDiffers
    | PostmortemCanvasLeft
    | PostmortemCanvasOpened
    | PostmortemCanvasRead
    | PostmortemCanvasRefused
)
AboutPostmortem = (
    PostmortemOwed
    | PostmortemSectionWritten
    | PostmortemSentToReview
    | PostmortemApproved
    | PostmortemChangesWanted
    | PostmortemEntriesTakenOver
    | PostmortemPublished
    | PostmortemNotWanted
    | PostmortemCanvasAnswered
    | PostmortemCanvasDiffers
    | PostmortemCanvasLeft
    | PostmortemCanvasOpened
    | PostmortemCanvasRead
    | PostmortemCanvasRefused
)
AboutRoles = RoleAssigned | RolesEnded | HandoffOffered | HandoffDeclined | TakeoverAsked | TakeoverDeclined
ChangeOfIncident = (
    SeverityChanged
    | StatusChanged
    | Cancelled
    | MarkedDuplicate
    | DuplicateMerged
    | DuplicateReopened
    | RoleAssigned
    | RolesEnded
    | HandoffOffered
    | HandoffDeclined
    | TakeoverAsked
    | TakeoverDeclined
    | UpdatePosted
    | Snoozed
    | Noted
    | MilestoneSet
    | EntryCorrected
    | EntryStruck
    | EntryRestored
    | Parked
    | Unparked
    | Reparked
    | Decided
    | Objected
    | DecisionWithdrawn
    | DecisionStands
    | TaskAdded
    | TaskAssigned
    | TaskDone
    | TaskReopened
    | TaskDropped
    | TasksFreed
    | Renamed
    | KindChanged
    | PostmortemOwnerChosen
    | RoomKept
    | RoomArchived
    | RoomAskedFor
    | CommanderInDoNotDisturb
    | SeverityConfirmed
    | NudgeDeclined
    | BridgeSet
    | BridgeRemoved
    | ServicesChanged
)
Change = ChangeOfIncident | AboutPostmortem
Fact = Declared | Change


def people_in(fact: Fact) -> tuple[str, ...]:
    """The people whom a fact names, besides the person who did it."""
    match fact:
        case RoleAssigned() | RolesEnded() | CommanderInDoNotDisturb() | PostmortemOwnerChosen():
            return (fact.person,)
        case HandoffOffered() | HandoffDeclined() | TakeoverDeclined():
            return (fact.to,)
        case DuplicateMerged():
            return fact.people
        case TakeoverAsked():
            return (fact.commander,)
        case Noted():
            return (fact.author,) if fact.author else ()
        case Parked():
            return (fact.author,) if fact.author else ()
        case TaskFact():
            return people_of_task(fact)
        case MilestoneSet():
            return (fact.old_by,) if fact.old_by else ()
        case (
            Declared()
            | SeverityChanged()
            | StatusChanged()
            | UpdatePosted()
            | Snoozed()
            | SeverityConfirmed()
            | NudgeDeclined()
            | DuplicateReopened()
        ):
            return ()
        case Unparked() | Reparked() | Decided() | Objected() | DecisionWithdrawn() | DecisionStands():
            return ()
        case EntryFact() | BridgeSet() | BridgeRemoved() | UpkeepFact() | ServicesChanged():
            return ()
        case PostmortemFact():
            return ()
        case _:
            assert_never(fact)
