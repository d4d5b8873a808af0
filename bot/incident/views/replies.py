"""Short replies to the person who asked."""

import json

from bot.core.blocks import Message, actions, button, context
from bot.core.text import Mrkdwn, md
from bot.incident.domain.incident import Incident
from bot.incident.domain.vocabulary import mention, reference
from bot.ports.slack.port import SLACK


def answer(text: str) -> Message:
    """A short answer, escaped."""
    return Message.of(md("{}", text))


def refusal(text: str) -> Message:
    """A polite refusal."""
    return Message.of(md(":no_entry_sign: {}", text))


def no_such_severity(typed: str) -> str:
    """The answer to an unknown severity."""
    return f"“{typed[:50]}” is not a severity. The severities are sev1 (worst), sev2, sev3 and sev4."


def no_such_incident(number: int) -> str:
    """The answer if there is no such incident, or if the person may not see it."""
    return f"There is no {reference(number)} that you can see. `/incident list` shows the open ones."


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


def adopted(incident: Incident, channel: str) -> Message:
    """The answer to somebody who made a channel a war room."""
    room = Mrkdwn(f"<#{channel}>")
    return Message.of(md("*{}* is declared, and {} is its war room.", incident.reference, room))


def adopted_already(incident: Incident) -> Message:
    """The answer to somebody who was a moment too late to make the channel a war room."""
    return Message.of(
        md("This channel is the war room of *{}* {} already.", incident.reference, incident.title)
    )


def recorded_past(incident: Incident) -> Message:
    """The answer to somebody who recorded an incident that is over."""
    return Message.of(
        md(
            "*{0}* {1} is recorded. It is over, so it has no war room and nobody was told. "
            "`/incident postmortem {0}` sends you the draft, `/incident show {0}` its card.",
            incident.reference,
            incident.title,
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


def _where_visible(incident: Incident, channel: str) -> Mrkdwn:
    if channel:
        return Mrkdwn(f"see <#{channel}>")
    return md("it has no war room; `/incident timeline {}` shows it", incident.reference)


def sent_before(incident: Incident) -> str:
    """The answer to a form that was sent before with other contents and has already declared an incident."""
    return (
        f"This form was sent before and has declared {incident.reference}, “{incident.title}”. That one counts; "
        "nothing was changed now. Close the form and write the correction in the war room."
    )


def declared_already(incident: Incident, channel: str | None, reader: str) -> Mrkdwn:
    """Says to the reader that the same incident was declared a moment ago, or from the same message."""
    who = (
        Mrkdwn("You have") if incident.declared_by == reader else md("{} has", mention(incident.declared_by))
    )
    room = Mrkdwn(f"Its war room is <#{channel}>.") if channel else Mrkdwn("Its war room is being opened.")
    return md(
        ":information_source: {} already declared this: *{}* {} ({}). {} Nothing was declared now.",
        who,
        incident.reference,
        incident.title,
        incident.status,
        room,
    )


def another_one(incident: Incident, channel: str | None, words: str, reader: str) -> Message:
    """The same, with a button that declares another incident with these words."""
    again = button("Declare another one", "declare_again", json.dumps({"text": words}))
    return Message.of(declared_already(incident, channel, reader), actions(again))
