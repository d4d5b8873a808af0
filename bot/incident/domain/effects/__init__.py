"""What Slack can show. Effects are committed with the facts and delivered until they succeed.

An effect says *what* to show, never the words: they are rendered at delivery, from the state at that time. Each file has
the effects of one topic.
"""

from bot.incident.domain.effects.action_items import TellOfActionItems
from bot.incident.domain.effects.captured import ParkMessage, ReadMessage, ReadReactions, noted_once
from bot.incident.domain.effects.decisions import ShowDecision
from bot.incident.domain.effects.do_not_disturb import ReadDoNotDisturb, TellOfDoNotDisturb
from bot.incident.domain.effects.files import PublishPostmortem, SendDraft, ShareDraft, ShareExport
from bot.incident.domain.effects.header import SetBookmarks, ShowCanvas
from bot.incident.domain.effects.nudges import CloseNudge, PostNudge
from bot.incident.domain.effects.opening import AnswerSource, Meet, OpenRoom, PinCard, SetTopic, ShowLink
from bot.incident.domain.effects.people import (
    BriefNewcomer,
    BringOver,
    CallIn,
    Invite,
    ReadMembers,
    TellUninvited,
)
from bot.incident.domain.effects.places import Place
from bot.incident.domain.effects.postmortem import (
    CloseDraftCanvas,
    OpenDraftCanvas,
    ReadDraftCanvas,
    RemindWriter,
    ShowPublished,
    TellBoard,
    WriteDraftSection,
)
from bot.incident.domain.effects.reminders import Broadcast, CloseBroadcast, CloseReminder, Remind
from bot.incident.domain.effects.roles import (
    Brief,
    CloseOffer,
    CloseTakeover,
    GiveDuties,
    ShowOffer,
    ShowTakeover,
)
from bot.incident.domain.effects.stakeholders import (
    AnnounceIn,
    PostDigest,
    RetellSubscriber,
    RetellSubscribers,
    RetellThread,
    TellSubscriber,
    TellSubscribers,
    TellThread,
)
from bot.incident.domain.effects.tasks import MakeTask, RemindOfTask, ShowTasks, TellAssignee
from bot.incident.domain.effects.telling import (
    Announce,
    CatchUp,
    Retell,
    RetellChannel,
    ShowCard,
    TellChannel,
    TellRoom,
)
from bot.incident.domain.effects.upkeep import ArchiveRoom, AskToArchive, CloseArchiveQuestion, RenameRoom
from bot.incident.domain.effects.warnings import Warn

__all__ = [
    "Announce",
    "AnnounceIn",
    "AnswerSource",
    "ArchiveRoom",
    "AskToArchive",
    "Brief",
    "BriefNewcomer",
    "BringOver",
    "Broadcast",
    "CallIn",
    "CatchUp",
    "CloseArchiveQuestion",
    "CloseBroadcast",
    "CloseDraftCanvas",
    "CloseNudge",
    "CloseOffer",
    "CloseReminder",
    "CloseTakeover",
    "Effect",
    "GiveDuties",
    "Invite",
    "MakeTask",
    "Meet",
    "OpenDraftCanvas",
    "OpenRoom",
    "ParkMessage",
    "PinCard",
    "Place",
    "PostDigest",
    "PostNudge",
    "PublishPostmortem",
    "ReadDoNotDisturb",
    "ReadDraftCanvas",
    "ReadMembers",
    "ReadMessage",
    "ReadReactions",
    "Remind",
    "RemindOfTask",
    "RemindWriter",
    "RenameRoom",
    "Retell",
    "RetellChannel",
    "RetellSubscriber",
    "RetellSubscribers",
    "RetellThread",
    "SendDraft",
    "SetBookmarks",
    "SetTopic",
    "ShareDraft",
    "ShareExport",
    "ShowCanvas",
    "ShowCard",
    "ShowDecision",
    "ShowLink",
    "ShowOffer",
    "ShowPublished",
    "ShowTakeover",
    "ShowTasks",
    "TellAssignee",
    "TellBoard",
    "TellChannel",
    "TellOfActionItems",
    "TellOfDoNotDisturb",
    "TellRoom",
    "TellSubscriber",
    "TellSubscribers",
    "TellThread",
    "TellUninvited",
    "Warn",
    "WriteDraftSection",
    "noted_once",
]

Effect = (
    OpenRoom
    | ShowLink
    | Invite
    | BringOver
    | CallIn
    | ReadMembers
    | TellUninvited
    | RenameRoom
    | AskToArchive
    | CloseArchiveQuestion
    | ArchiveRoom
    | SetTopic
    | ShowCard
    | PinCard
    | Announce
    | TellRoom
    | CatchUp
    | Retell
    | RetellChannel
    | ShowOffer
    | CloseOffer
    | ShowDecision
    | ShowTakeover
    | CloseTakeover
    | TellChannel
    | Brief
    | GiveDuties
    | BriefNewcomer
    | AnswerSource
    | Remind
    | Broadcast
    | CloseReminder
    | CloseBroadcast
    | ReadMessage
    | ReadReactions
    | ParkMessage
    | MakeTask
    | ShowTasks
    | TellAssignee
    | RemindOfTask
    | TellOfActionItems
    | ShareDraft
    | SendDraft
    | PublishPostmortem
    | RemindWriter
    | TellBoard
    | OpenDraftCanvas
    | ReadDraftCanvas
    | WriteDraftSection
    | ShowPublished
    | CloseDraftCanvas
    | ShareExport
    | ReadDoNotDisturb
    | TellOfDoNotDisturb
    | PostNudge
    | CloseNudge
    | SetBookmarks
    | ShowCanvas
    | Meet
    | AnnounceIn
    | TellThread
    | RetellThread
    | TellSubscribers
    | TellSubscriber
    | RetellSubscribers
    | RetellSubscriber
    | PostDigest
    | Warn
)
