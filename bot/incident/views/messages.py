"""What the war room is told, one message a fact, and the short answers to the person who asked."""

import json
from collections.abc import Mapping
from typing import assert_never

from bot.core.blocks import Block, Message, actions, button, context, section, sections
from bot.core.text import Mrkdwn, lines, md, quoted, when
from bot.core.tokens import named
from bot.incident.domain import facts
from bot.incident.domain.incident import Incident
from bot.incident.domain.timeline import Entry
from bot.incident.domain.vocabulary import Role, mention
from bot.incident.views.card import mark
from bot.incident.views.facts import author, sentence
from bot.ports.port import Port
from bot.ports.slack.port import SLACK


def told(entry: Entry, incident: Incident, names: Mapping[str, str]) -> Message:
    """A fact as the war room reads it.

    Args:
        entry: the fact.
        incident: the state.
        names: people's names by id; with theirs whoever did it is not called by their own act.
    """
    fact = entry.fact
    actor = md("{}", names.get(fact.by) or mention(fact.by))
    if isinstance(fact, facts.UpdatePosted):
        return _update(fact, incident, actor)
    if isinstance(fact, facts.HandoffOffered):
        return offer(fact, incident, actor)
    if isinstance(fact, facts.Noted):
        return _note(fact, actor)
    words = named(sentence(fact), {fact.by: names[fact.by]} if fact.by in names else {})
    if isinstance(fact, facts.RolesEnded) and Role.COMMANDER in fact.roles and incident.commander is None:
        return _vacated(words, incident)
    text = md("{} {}", _icon(fact), words)
    return Message(text=text, blocks=sections(text))


def closed_offer(fact: facts.Fact) -> Message:
    """What an offer of command says once this fact has ended it: no buttons any more."""
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
    """What the thread of the message is told that the incident was declared from."""
    return Message.of(
        md(
            "{} *{}* ({}) was declared from this message. Its war room is {}",
            mark(incident),
            incident.reference,
            incident.severity.label,
            Mrkdwn(f"<#{channel}>"),
        )
    )


def answer(text: str) -> Message:
    """A short answer, escaped."""
    return Message.of(md("{}", text))


def refusal(text: str) -> Message:
    """A kind no."""
    return Message.of(md(":no_entry_sign: {}", text))


def no_such_severity(typed: str) -> str:
    """The answer to a severity that is none."""
    return f"“{typed[:50]}” is not a severity. The severities are sev1 (worst), sev2, sev3 and sev4."


def opening(title: str) -> Message:
    """What the declarer reads until the war room is open."""
    return Message.of(md(":hourglass_flowing_sand: Opening a war room for *{}* …", title))


def opened(incident: Incident, channel: str | None, refused: str = "") -> Message:
    """Where the war room is; or, where Slack refused to open it, why and what to do instead."""
    if channel:
        return Message.of(
            md("*{}* is declared. Its war room is {}", incident.reference, Mrkdwn(f"<#{channel}>"))
        )
    return Message.of(
        md(
            ":warning: *{}* is declared, but Slack did not let me open its war room (`{}`). Go on from any channel "
            "by naming it, such as `/incident update {} …`. {}",
            incident.reference,
            refused or "no answer",
            incident.reference,
            SLACK.advice(refused),
        )
    )


def recorded(incident: Incident, channel: str) -> Message:
    """What whoever is not in the war room reads of what they did: to which incident it went, and where it is seen."""
    return Message.of(
        md("Recorded on *{}* {}: {}", incident.reference, incident.title, _seen(incident, channel))
    )


def elsewhere(done: Message, incident: Incident, channel: str) -> Message:
    """The same where there is something to say of what was done."""
    where = md("*{}* {}: {}", incident.reference, incident.title, _seen(incident, channel))
    return Message(text=done.text, blocks=[*done.blocks, context(where)])


def sent_before(incident: Incident) -> str:
    """The answer to a form that was sent before with other contents, and declared an incident then."""
    return (
        f"This form was sent before, and {incident.reference} is declared as it said then, “{incident.title}”: that "
        "counts, and nothing was changed now. Close the form and write the correction in the war room."
    )


def declared_already(incident: Incident, channel: str | None) -> Mrkdwn:
    """The incident that was declared a moment ago, or from the same message; nothing was declared now."""
    room = Mrkdwn(f"Its war room is <#{channel}>.") if channel else Mrkdwn("Its war room is being opened.")
    return md(
        ":information_source: {} has declared this already: *{}* {} ({}). {} Nothing was declared now.",
        mention(incident.declared_by),
        incident.reference,
        incident.title,
        incident.status,
        room,
    )


def another_one(incident: Incident, channel: str | None, words: str) -> Message:
    """The same, with a button to declare another one all the same by these words."""
    again = button("Declare another one", "declare_again", json.dumps({"text": words}))
    return Message.of(declared_already(incident, channel), actions(again))


def draft_comment(incident: Incident) -> Message:
    """What stands above the postmortem draft."""
    return Message.of(
        md(
            ":page_facing_up: A postmortem draft of {}. Copy it to where you keep reviews, and fill it in together.",
            incident.reference,
        )
    )


def warning(port: Port, what: str, reason: str, about: str = "") -> Message:
    """An outside world refused something; what, why, and what to do about it.

    Args:
        port: which world.
        what: as it follows on 'I could not'.
        reason: its error code.
        about: the incident's reference, where the warning does not stand in its war room.
    """
    which = md("*{}*: ", about) if about else Mrkdwn("")
    return Message.of(
        md(
            ":warning: {}I could not {}: {} says `{}`. {}",
            which,
            what,
            port.name,
            reason,
            port.advice(reason),
        )
    )


def uninvited(incident: Incident, reason: str) -> Message:
    """To somebody who could not be brought into the war room: why, and what helps."""
    return Message.of(
        md(
            ":warning: *{}*: I could not bring you into its war room: {} says `{}`. {}",
            incident.reference,
            SLACK.name,
            reason,
            SLACK.advice(reason),
        )
    )


def not_shown(reference: str, reason: str) -> Message:
    """What was done is recorded, but nobody sees it in Slack."""
    return Message.of(
        md(
            ":warning: It is recorded, but I cannot show it in the war room of *{}*: {} says `{}`. {}",
            reference,
            SLACK.name,
            reason,
            SLACK.advice(reason),
        )
    )


def _seen(incident: Incident, channel: str) -> Mrkdwn:
    if channel:
        return Mrkdwn(f"see <#{channel}>")
    return md("it has no war room; `/incident timeline {}` shows it", incident.reference)


def _note(fact: facts.Noted, actor: Mrkdwn) -> Message:
    said = md("said by {}, ", author(fact)) if fact.author != fact.by else Mrkdwn("")
    text = lines(Mrkdwn(":memo: *Note*"), quoted(fact.text))
    small = context(md("{} · {}noted by {}", when(fact.at), said, actor))
    return Message(text=md(":memo: {}", fact.text), blocks=[*sections(text), small])


def _update(fact: facts.UpdatePosted, incident: Incident, actor: Mrkdwn) -> Message:
    if fact.unchanged:
        return Message.of(md(":repeat: *No change* — {} confirms that nothing is new.", actor))
    head = md(":mega: *Status update* by {} · {} · {}", actor, incident.severity.label, incident.status)
    given = (("Conditions", fact.conditions), ("Actions", fact.actions), ("Needs", fact.needs))
    parts = [
        block for name, text in given if text for block in sections(lines(md("*{}*", name), quoted(text)))
    ]
    return Message(text=lines(head, md("{}", fact.conditions)), blocks=[section(head), *parts])


def offer(fact: facts.HandoffOffered, incident: Incident, actor: Mrkdwn) -> Message:
    """An offer of command, with the buttons that answer it."""
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


def _vacated(words: str, incident: Incident) -> Message:
    """Nobody commands, and the button to mend that."""
    take = button("Take command", "take_command", str(incident.number), style="primary")
    return Message.of(md(":warning: {}. *Nobody has command now.*", words), actions(take))


def _icon(fact: facts.Fact) -> Mrkdwn:
    match fact:
        case facts.RoleAssigned(role=Role.COMMANDER):
            return Mrkdwn(":star:")
        case facts.RoleAssigned() | facts.RolesEnded():
            return Mrkdwn(":busts_in_silhouette:")
        case facts.StatusChanged():
            return Mrkdwn(":white_check_mark:" if fact.new.is_closed else ":arrow_right:")
        case (
            facts.Declared()
            | facts.SeverityChanged()
            | facts.HandoffOffered()
            | facts.HandoffDeclined()
            | facts.UpdatePosted()
            | facts.Snoozed()
            | facts.Noted()
            | facts.MilestoneSet()
        ):
            return Mrkdwn(":arrows_counterclockwise:")
        case _:
            assert_never(fact)
