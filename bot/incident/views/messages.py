"""The messages in the war room about each fact but updates, and the messages around it."""

from collections.abc import Mapping, Sequence
from typing import assert_never

from bot.core.blocks import Block, Message, actions, button, context, sections
from bot.core.text import Mrkdwn, lines, md, quoted, when
from bot.core.tokens import with_names, without_mentions
from bot.incident.domain import facts
from bot.incident.domain.incident import Incident
from bot.incident.domain.timeline import Entry
from bot.incident.domain.vocabulary import Role, RoleEndReason, mention
from bot.incident.views import decisions, do_not_disturb, parking, takeover
from bot.incident.views.card import mark
from bot.incident.views.ending import set_aside
from bot.incident.views.facts import author, sentence
from bot.incident.views.postmortem_messages import postmortem_message
from bot.incident.views.tasks import without_assignee


def fact_message(entry: Entry, incident: Incident, names: Mapping[str, str]) -> Message:
    """The message about a fact in the war room.

    Args:
        entry: the fact.
        incident: the state.
        names: people's names by id. A person with a name here is not mentioned, and so not notified of their own act.
    """
    fact = entry.fact
    actor = md("{}", names.get(fact.by) or mention(fact.by))
    if isinstance(fact, facts.HandoffOffered):
        return offer(fact, incident, actor)
    if isinstance(fact, facts.TakeoverAsked):
        return takeover.request(fact, incident, actor)
    if isinstance(fact, facts.CommanderInDoNotDisturb):
        return do_not_disturb.in_do_not_disturb(fact, incident)
    if isinstance(fact, facts.Noted):
        return _note(fact, actor, names)
    if isinstance(fact, facts.Parked):
        return parking.parked(fact, incident, actor)
    if isinstance(fact, facts.Objected):
        return decisions.objected(fact, incident, actor)
    if isinstance(fact, facts.DecisionWithdrawn):
        return decisions.withdrawn(fact, incident, actor)
    if isinstance(fact, facts.PostmortemFact):
        return postmortem_message(entry.seq, fact, incident, actor, names.get(fact.by, ""))
    words = with_names(sentence(fact), {fact.by: names[fact.by]} if fact.by in names else {})
    tasks = _tasks(fact, incident)
    if isinstance(fact, facts.RolesEnded) and Role.COMMANDER in fact.roles and incident.commander is None:
        return _without_commander(words, incident, tasks)
    if isinstance(fact, facts.RolesEnded) and fact.why is RoleEndReason.DECLINED:
        return declined(words, fact, incident)
    if isinstance(fact, (facts.Cancelled, facts.MarkedDuplicate)):
        return set_aside(fact, md("{}", words))
    praise = (
        Mrkdwn(" *Good news, thank you.*")
        if isinstance(fact, facts.SeverityChanged) and fact.new > fact.old
        else Mrkdwn("")
    )
    text = md("{} {}{}", _icon(fact), words, praise)
    return Message(text=text, blocks=[*sections(text), *tasks])


def act_message(act: Sequence[Entry], incident: Incident, names: Mapping[str, str]) -> Message:
    """The message about all facts of an act."""
    told = [fact_message(entry, incident, names) for entry in act]
    return Message(
        text=lines(*(each.text for each in told)), blocks=[block for each in told for block in each.blocks]
    )


def _note(fact: facts.Noted, actor: Mrkdwn, names: Mapping[str, str]) -> Message:
    """The note. Nobody is notified of having been recorded, so people are shown by name."""
    said = md("said by {}, ", without_mentions(author(fact), names)) if fact.author != fact.by else Mrkdwn("")
    words = without_mentions(fact.text, names)
    text = lines(Mrkdwn(":memo: *Note*"), quoted(words))
    small = context(md("{} · {}noted by {}", when(fact.at), said, actor))
    return Message(text=md(":memo: {}", words), blocks=[*sections(text), small])


def _tasks(fact: facts.Fact, incident: Incident) -> list[Block]:
    """The tasks that nobody has because somebody is gone."""
    is_gone = isinstance(fact, facts.RolesEnded) and fact.why is not RoleEndReason.UNASSIGNED
    return without_assignee(incident) if is_gone else []


def _without_commander(words: str, incident: Incident, tasks: list[Block]) -> Message:
    """Says that nobody has command, with a button to take it."""
    take = button("Take command", "take_command", str(incident.number), style="primary")
    return Message.of(md(":warning: {}. *Nobody has command now.*", words), *tasks, actions(take))


def declined(words: str, fact: facts.RolesEnded, incident: Incident) -> Message:
    """Says that somebody cannot take a role, with a button to give it to another."""
    vacant = not any(incident.roles.get(role) for role in fact.roles)
    others = Mrkdwn(" *Nobody has it now.*") if vacant else Mrkdwn("")
    give = button("Roles", "roles", str(incident.number))
    return Message.of(md(":busts_in_silhouette: {}.{}", words, others), actions(give))


def _icon(fact: facts.Fact) -> Mrkdwn:
    match fact:
        case facts.RoleAssigned(role=Role.COMMANDER):
            return Mrkdwn(":star:")
        case facts.RoleAssigned() | facts.RolesEnded():
            return Mrkdwn(":busts_in_silhouette:")
        case facts.MilestoneSet():
            return Mrkdwn(":stopwatch:")
        case facts.DuplicateMerged():
            return Mrkdwn(":link:")
        case facts.StatusChanged():
            return Mrkdwn(":white_check_mark:" if fact.new.is_closed else ":arrow_right:")
        case (
            facts.Declared()
            | facts.SeverityChanged()
            | facts.HandoffOffered()
            | facts.HandoffDeclined()
            | facts.TakeoverAsked()
            | facts.TakeoverDeclined()
            | facts.UpdatePosted()
            | facts.Snoozed()
            | facts.Noted()
            | facts.Parked()
            | facts.Unparked()
            | facts.Reparked()
            | facts.Decided()
            | facts.Objected()
            | facts.DecisionWithdrawn()
            | facts.DecisionStands()
            | facts.TaskFact()
            | facts.DuplicateReopened()
            | facts.EntryFact()
            | facts.UpkeepFact()
            | facts.PostmortemFact()
            | facts.SeverityConfirmed()
            | facts.NudgeDeclined()
            | facts.CommanderInDoNotDisturb()
            | facts.BridgeSet()
            | facts.BridgeRemoved()
            | facts.ServicesChanged()
        ):
            return Mrkdwn(":arrows_counterclockwise:")
        case _:
            assert_never(fact)


def offer(fact: facts.HandoffOffered, incident: Incident, actor: Mrkdwn) -> Message:
    """An offer of command, with the buttons to answer it."""
    value = str(incident.number)
    instead = md(", instead of {}", mention(fact.instead_of)) if fact.instead_of else Mrkdwn("")
    text = md(
        ":handshake: {} asks {} to take over command{}. Until they accept, {} stays in command.",
        actor,
        mention(fact.to),
        instead,
        actor,
    )
    buttons: Block = actions(
        button("Accept command", "handoff_accept", value, style="primary"),
        button("Decline", "handoff_decline", value),
    )
    return Message.of(text, buttons)


def closed_offer(fact: facts.Fact) -> Message:
    """An offer of command after this fact has ended it: how it ended, without buttons."""
    match fact:
        case facts.RoleAssigned(forced=True):
            how = md("not open any more: {} has command", mention(fact.person))
        case facts.RoleAssigned():
            how = md("accepted by {}", mention(fact.person))
        case facts.HandoffDeclined() if fact.by == fact.to:
            how = md("declined by {}", mention(fact.by))
        case facts.HandoffDeclined():
            how = md("taken back by {}", mention(fact.by))
        case facts.HandoffOffered():
            how = md("{} is asked instead", mention(fact.to))
        case _:
            how = Mrkdwn("not open any more")
    return Message.of(md(":handshake: Offer of command: {} ({})", how, when(fact.at)))


def at_source(incident: Incident, channel: str) -> Message:
    """The reply in the thread of the message from which the incident was declared."""
    return Message.of(
        md(
            "{} *{}* ({}) was declared from this message. Its war room is {}",
            mark(incident),
            incident.reference,
            incident.severity.label,
            Mrkdwn(f"<#{channel}>"),
        )
    )
