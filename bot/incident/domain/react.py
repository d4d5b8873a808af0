"""What Slack must show of each fact."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import assert_never

from bot.incident.domain import facts
from bot.incident.domain.audiences import Audience
from bot.incident.domain.bridge import fits_topic
from bot.incident.domain.effects import (
    Announce,
    Brief,
    BringOver,
    CloseOffer,
    CloseTakeover,
    Effect,
    GiveDuties,
    Invite,
    PublishPostmortem,
    ReadDoNotDisturb,
    ReadMembers,
    Retell,
    RetellChannel,
    SetTopic,
    ShowCard,
    ShowDecision,
    ShowOffer,
    ShowTakeover,
    ShowTasks,
    TellAssignee,
    TellChannel,
    TellRoom,
)
from bot.incident.domain.incident import Incident
from bot.incident.domain.postmortem_effects import postmortem_effects
from bot.incident.domain.timeline import Entry
from bot.incident.domain.upkeep import end_told_again, opening, upkeep_effects
from bot.incident.domain.vocabulary import Role


def react(entry: Entry, incident: Incident) -> tuple[Effect, ...]:
    """What Slack must show of this fact; `incident` is the state after it."""
    fact = entry.fact
    message = TellRoom(entry.seq)
    match fact:
        case facts.Declared():
            return (*opening(incident), *_announce(incident))
        case facts.SeverityChanged():
            return (message, *_show(incident), *_reply(entry, incident, is_news=fact.new < fact.old))
        case facts.StatusChanged():
            return (
                message,
                *_opened_or_closed(fact),
                *_show(incident),
                *((ShowTasks(),) if incident.tasks and _opened_or_closed(fact) else ()),
                *_reply(entry, incident, is_news=bool(_opened_or_closed(fact))),
            )
        case (
            facts.RoleAssigned()
            | facts.RolesEnded()
            | facts.HandoffOffered()
            | facts.HandoffDeclined()
            | facts.TakeoverAsked()
            | facts.TakeoverDeclined()
        ):
            return _about_roles(fact, entry.seq, incident)
        case facts.UpdatePosted():
            told = (message,) if Audience.ROOM in fact.audiences else ()
            is_news = Audience.STAKEHOLDERS in fact.audiences
            return (*told, *_show(incident), *_reply(entry, incident, is_news=is_news))
        case facts.Noted():
            return () if fact.from_message else (message,)
        case facts.Snoozed():
            return _show(incident)
        case facts.MilestoneSet(old=None) if incident.is_closed:
            return ()  # the message of the end, which asks for it, is edited
        case facts.MilestoneSet() | facts.Parked() | facts.CommanderInDoNotDisturb():
            return (message,)
        case facts.DuplicateMerged() | facts.DuplicateReopened():
            return (message, *_brought_over(fact, incident), ShowCard())
        case facts.Unparked() | facts.Reparked() | facts.SeverityConfirmed() | facts.NudgeDeclined():
            return ()  # the nudge shows how it was answered
        case facts.Decided() | facts.Objected() | facts.DecisionWithdrawn() | facts.DecisionStands():
            return _about_decision(entry, fact)
        case facts.TaskFact():
            return (ShowTasks(), *_about_task(entry, fact))
        case facts.UpkeepFact() | facts.PostmortemFact():
            return _about_the_record(entry, fact, incident)
        case facts.EntryFact():
            return _retold(fact, incident)
        case facts.BridgeSet() | facts.BridgeRemoved():
            return _about_bridge(entry.seq, incident)
        case facts.ServicesChanged():
            return _show(incident)
        case _:
            assert_never(fact)


def _about_the_record(
    entry: Entry, fact: facts.UpkeepFact | facts.AboutPostmortem, incident: Incident
) -> tuple[Effect, ...]:
    """What Slack must show of a fact about the record, the war room or the postmortem."""
    if isinstance(fact, facts.PostmortemFact):
        return postmortem_effects(entry, fact, incident)
    return upkeep_effects(entry, incident)


def _about_roles(fact: facts.AboutRoles, seq: int, incident: Incident) -> tuple[Effect, ...]:
    """What Slack must show of a fact about roles and command."""
    message = TellRoom(seq)
    match fact:
        case facts.RoleAssigned(role=Role.COMMANDER):
            taken = (CloseOffer(seq), CloseTakeover(seq), Brief(seq))
            notified = ReadDoNotDisturb(fact.person, fact.by)
            return (Invite((fact.person,)), message, *taken, *_show(incident), notified)
        case facts.RoleAssigned():
            return (Invite((fact.person,)), message, GiveDuties(seq), *_show(incident))
        case facts.RolesEnded():
            is_gone = fact.why.is_gone and incident.handoff_to is None
            closed = (CloseOffer(seq),) if is_gone else ()
            ended = (CloseTakeover(seq),) if Role.COMMANDER in fact.roles else ()
            return (message, *closed, *ended, *_show(incident))
        case facts.HandoffOffered():
            offered = (CloseOffer(seq), ShowOffer(seq))
            return (Invite((fact.to,)), *offered, ReadDoNotDisturb(fact.to, fact.by))
        case facts.HandoffDeclined():
            return (CloseOffer(seq), message)
        case facts.TakeoverAsked():
            return (ShowTakeover(seq),)
        case facts.TakeoverDeclined():
            return (CloseTakeover(seq), message)
        case _:
            assert_never(fact)


def react_all(entries: Iterable[Entry], incident: Incident) -> tuple[Effect, ...]:
    """The effects of several facts of one act, each effect once.

    One act posts at most one message in the war room. For a declaration that is the card, which names the commander too.
    Milestones that are set together with the status are not told apart from it.
    """
    entries = list(entries)
    if incident.without_room:
        return _without_room(entries, incident)
    effects = dict.fromkeys(effect for entry in entries for effect in react(entry, incident))
    effects |= dict.fromkeys(end_told_again(entries, incident))
    if any(isinstance(entry.fact, facts.StatusChanged) for entry in entries):
        for entry in entries:
            if isinstance(entry.fact, facts.MilestoneSet):
                effects.pop(TellRoom(entry.seq), None)
    if any(isinstance(entry.fact, facts.Declared) for entry in entries):
        return tuple(effect for effect in effects if type(effect) is not TellRoom)
    if any(isinstance(entry.fact, facts.RolesEnded) for entry in entries):  # its message names the tasks too
        freed = {TellRoom(entry.seq) for entry in entries if isinstance(entry.fact, facts.TasksFreed)}
        effects = dict.fromkeys(effect for effect in effects if effect not in freed)
    return _together(entries, tuple(effects))


def _without_room(entries: Sequence[Entry], incident: Incident) -> tuple[Effect, ...]:
    """It was recorded when it was over: nobody is told, and there is nowhere to show it, until somebody publishes."""
    if incident.private:
        return ()
    published = [entry.fact for entry in entries if isinstance(entry.fact, facts.PostmortemPublished)]
    return tuple(PublishPostmortem(fact.version) for fact in published)


def _together(entries: Sequence[Entry], effects: tuple[Effect, ...]) -> tuple[Effect, ...]:
    """The same effects with one message for the whole act in the war room, and one in the announcement's thread.

    If the act posts an update, that is the message, and it names what was changed with it.
    """
    told = {effect.seq for effect in effects if type(effect) is TellRoom}
    updates = {entry.seq for entry in entries if isinstance(entry.fact, facts.UpdatePosted)}
    for kind in (TellRoom, TellChannel):
        messages = [effect for effect in effects if type(effect) is kind]
        main = next((each for each in messages if each.seq in updates), messages[-1] if messages else None)
        if main is None:
            continue
        others = {each.seq for each in messages} | (told if main.seq in updates else set())
        one = replace(main, also=tuple(sorted(others - {main.seq})))
        at = effects.index(messages[0])
        effects = (*effects[:at], one, *(each for each in effects[at:] if each not in messages))
    return effects


def _about_task(entry: Entry, fact: facts.TaskFact) -> tuple[Effect, ...]:
    """What people are told of a task beside the list. Who takes a task themselves need not be told."""
    match fact:
        case facts.TaskAdded(assignee=str(assignee)) | facts.TaskAssigned(assignee=str(assignee)):
            told = () if assignee == fact.by else (TellAssignee(entry.seq),)
            return (Invite((assignee,)), *told)
        case facts.TasksFreed():
            return (TellRoom(entry.seq),)
        case _:
            return ()


def _about_decision(
    entry: Entry, fact: facts.Decided | facts.Objected | facts.DecisionWithdrawn | facts.DecisionStands
) -> tuple[Effect, ...]:
    show = ShowDecision(entry.seq, fact.number)
    match fact:
        case facts.Decided():
            replaced = () if fact.instead_of is None else (ShowDecision(entry.seq, fact.instead_of),)
            return (*replaced, show)
        case facts.DecisionStands():
            return (show,)
        case _:
            return (show, TellRoom(entry.seq))


def _about_bridge(seq: int, incident: Incident) -> tuple[Effect, ...]:
    """Slack tells the room of a new topic, so a message follows only if the address does not fit in the topic."""
    told = () if fits_topic(incident.bridge or "") else (TellRoom(seq),)
    return (*told, SetTopic(), ShowCard())


def _retold(fact: facts.EntryFact, incident: Incident) -> tuple[Effect, ...]:
    """The message about a corrected or struck entry is edited. A secret may be on the card and the announcement, too."""
    if isinstance(fact, facts.EntryStruck) and fact.secret:
        return (Retell(fact.entry), RetellChannel(fact.entry), *_show(incident))
    return (Retell(fact.entry),)


def _opened_or_closed(fact: facts.StatusChanged) -> tuple[Effect, ...]:
    """The effects of closing or reopening. A closed incident's members are not read, so reopening reads them again."""
    if fact.old.is_closed is fact.new.is_closed:
        return ()
    return (SetTopic(),) if fact.new.is_closed else (SetTopic(), ReadMembers())


def _brought_over(
    fact: facts.DuplicateMerged | facts.DuplicateReopened, incident: Incident
) -> tuple[Effect, ...]:
    """The effect that brings the people of a duplicate over, if there is still something to do for them."""
    if isinstance(fact, facts.DuplicateReopened) or not fact.people or incident.is_closed:
        return ()
    return (BringOver(fact.people, fact.number),)


def _announce(incident: Incident) -> tuple[Effect, ...]:
    return () if incident.private else (Announce(),)


def _show(incident: Incident) -> tuple[Effect, ...]:
    return (ShowCard(), *_announce(incident))


def _reply(entry: Entry, incident: Incident, *, is_news: bool) -> tuple[Effect, ...]:
    """The reply in the announcement's thread: raised severity, updates and the end; never for a private incident."""
    return (TellChannel(entry.seq),) if is_news and not incident.private else ()
