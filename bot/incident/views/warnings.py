"""Warnings: an outside world has refused something."""

from bot.core.blocks import Message
from bot.core.text import Mrkdwn, md
from bot.incident.domain.incident import Incident
from bot.ports.port import Port
from bot.ports.slack.port import SLACK


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
