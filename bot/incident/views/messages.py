"""The messages in the war room, one for each fact, and the short answers to the person who asked."""

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
    """The message about a fact in the war room.

    Args:
        entry: the fact.
        incident: the state.
        names: people's names by id. A person with a name here is not mentioned, and so not notified of their own act.
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
        return _without_commander(words, incident)
    text = md("{} {}", _icon(fact), words)
    return Message(text=text, blocks=sections(text))


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


def answer(text: str) -> Message:
    """A short answer, escaped."""
    return Message.of(md("{}", text))


def refusal(text: str) -> Message:
    """A polite refusal."""
    return Message.of(md(":no_entry_sign: {}", text))


def no_such_severity(typed: str) -> str:
    """The answer to an unknown severity."""
    return f"“{typed[:50]}” is not a severity. The severities are sev1 (worst), sev2, sev3 and sev4."


def opening(title: str) -> Message:
    """What the declarer sees until the war room is open."""
    return Message.of(md(":hourglass_flowing_sand: Opening a war room for *{}* …", title))


def opened(incident: Incident, channel: str | None, refused: str = "") -> Message:
    """Where the war room is; or, if Slack refused to open it, why and what to do instead."""
    if channel:
        return Message.of(
            md("*{}* is declared. Its war room is {}", incident.reference, Mrkdwn(f"<#{channel}>"))
        )
    return Message.of(
        md(
            ":warning: *{}* is declared, but Slack did not let me open its war room (`{}`). Continue from any "
            "channel by naming the incident, for example `/incident update {} …`. {}",
            incident.reference,
            refused or "no answer",
            incident.reference,
            SLACK.advice(refused),
        )
    )


def recorded(incident: Incident, channel: str) -> Message:
    """The answer to an act outside the war room: on which incident it was recorded, and where to see it."""
    return Message.of(
        md("Recorded on *{}* {}: {}", incident.reference, incident.title, _where_visible(incident, channel))
    )


def elsewhere(done: Message, incident: Incident, channel: str) -> Message:
    """The answer to an act outside the war room that has a message of its own."""
    where = md("*{}* {}: {}", incident.reference, incident.title, _where_visible(incident, channel))
    return Message(text=done.text, blocks=[*done.blocks, context(where)])


def sent_before(incident: Incident) -> str:
    """The answer to a form that was sent before with other contents and has already declared an incident."""
    return (
        f"This form was sent before and has declared {incident.reference}, “{incident.title}”. That one counts; "
        "nothing was changed now. Close the form and write the correction in the war room."
    )


def declared_already(incident: Incident, channel: str | None) -> Mrkdwn:
    """Says that the same incident was declared a moment ago, or from the same message."""
    room = Mrkdwn(f"Its war room is <#{channel}>.") if channel else Mrkdwn("Its war room is being opened.")
    return md(
        ":information_source: {} has already declared this: *{}* {} ({}). {} Nothing was declared now.",
        mention(incident.declared_by),
        incident.reference,
        incident.title,
        incident.status,
        room,
    )


def another_one(incident: Incident, channel: str | None, words: str) -> Message:
    """The same, with a button that declares another incident with these words."""
    again = button("Declare another one", "declare_again", json.dumps({"text": words}))
    return Message.of(declared_already(incident, channel), actions(again))


def draft_comment(incident: Incident) -> Message:
    """The comment above the postmortem draft."""
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
        what: the words that follow 'I could not'.
        reason: its error code.
        about: the incident's reference, if the warning is not in its war room.
    """
    which = md("*{}*: ", about) if about else Mrkdwn("")
    return Message.of(md(":warning: {}I could not {}: {}", which, what, _refused(port, reason)))


def uninvited(incident: Incident, reason: str) -> Message:
    """The message to a person who could not be invited to the war room: why, and what helps."""
    return Message.of(
        md(
            ":warning: *{}*: I could not bring you into its war room: {}",
            incident.reference,
            _refused(SLACK, reason),
        )
    )


def not_shown(reference: str, reason: str) -> Message:
    """The act is recorded, but Slack does not show it."""
    return Message.of(
        md(
            ":warning: It is recorded, but I cannot show it in the war room of *{}*: {}",
            reference,
            _refused(SLACK, reason),
        )
    )


def _refused(port: Port, reason: str) -> Mrkdwn:
    """What an outside world said, and what to do about it."""
    return md("{} says `{}`. {}", port.name, reason, port.advice(reason))


def _where_visible(incident: Incident, channel: str) -> Mrkdwn:
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


def _without_commander(words: str, incident: Incident) -> Message:
    """Says that nobody has command, with a button to take it."""
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
