"""What Slack must show of facts about the record and the war room, and of what is done after the end."""

from collections.abc import Sequence

from bot.incident.domain import facts
from bot.incident.domain.archiving import ASKED_BEFORE
from bot.incident.domain.effects import (
    Announce,
    CloseArchiveQuestion,
    Effect,
    Invite,
    OpenRoom,
    PinCard,
    ReadMembers,
    RenameRoom,
    Retell,
    SetTopic,
    ShowCard,
    TellRoom,
)
from bot.incident.domain.incident import Incident
from bot.incident.domain.timeline import Entry

# What the message of the end asks for, or what makes its questions wrong.
_ANSWERS = (
    facts.MilestoneSet,
    facts.TaskFact,
    facts.PostmortemOwnerChosen,
    facts.PostmortemSentToReview,
    facts.PostmortemNotWanted,
    facts.StatusChanged,
)


def opening(incident: Incident) -> tuple[Effect, ...]:
    """What opens a war room. An adopted channel is there already, and keeps its topic."""
    opened = () if incident.adopted else (OpenRoom(),)
    topic = () if incident.adopted else (SetTopic(),)
    return (*opened, Invite(incident.people), ReadMembers(), *topic, ShowCard(), PinCard())


def upkeep_effects(entry: Entry, incident: Incident) -> tuple[Effect, ...]:
    """What Slack must show of such a fact; `incident` is the state after it.

    Slack itself posts a line for a new channel name and for a new topic, so nothing else is posted.
    """
    fact = entry.fact
    announced = () if incident.private else (Announce(),)
    match fact:
        case facts.Renamed():
            is_new = fact.title != fact.old_title
            renamed = (RenameRoom(entry.seq),) if is_new and not incident.adopted else ()
            return (*renamed, *((SetTopic(),) if is_new else ()), ShowCard(), *announced)
        case facts.KindChanged():
            return (TellRoom(entry.seq), SetTopic(), ShowCard(), *announced)
        case facts.RoomAskedFor():
            return (*opening(incident), *announced)
        case facts.PostmortemOwnerChosen():
            return (ShowCard(),)
        case facts.RoomKept():
            return (CloseArchiveQuestion(entry.seq), *announced)
        case _:  # the room was archived
            return announced


def end_told_again(entries: Sequence[Entry], incident: Incident) -> tuple[Effect, ...]:
    """The edits of what asks after the end: of its message after an answer, and of all questions after a reopening."""
    end, ended_at = incident.ended_seq, incident.ended_at
    moves = {entry.seq: entry.fact for entry in entries if isinstance(entry.fact, facts.StatusChanged)}
    if end is None or ended_at is None:
        return ()
    if any(each.new.is_closed and not each.old.is_closed for each in moves.values()):
        return ()  # this act is the end
    if incident.is_closed:
        return (Retell(end),) if any(_changes_the_end(entry.fact) for entry in entries) else ()
    reopened = [seq for seq, each in moves.items() if each.old.is_closed]
    asked = [CloseArchiveQuestion(seq) for seq in reopened if incident.opened_at >= ended_at + ASKED_BEFORE]
    return (Retell(end), *asked) if reopened else ()


def _changes_the_end(fact: facts.Fact) -> bool:
    """Whether the message of the end says something else after this fact: it lists the tasks, whose words may be a secret."""
    return isinstance(fact, _ANSWERS) or (isinstance(fact, facts.EntryStruck) and fact.secret)
