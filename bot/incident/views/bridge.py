"""The video bridge, for the people of the war room."""

from bot.core.blocks import Element, Message, actions, link
from bot.core.text import Mrkdwn, escape, md
from bot.incident.domain.bridge import fits_topic
from bot.incident.domain.incident import Incident


def bridge(incident: Incident) -> Message:
    """The link, or how to set one."""
    if not is_open(incident):
        how = "" if incident.is_closed else " To set one: `/incident bridge <link>`"
        return Message.of(md("{} has no video bridge.{}", incident.reference, Mrkdwn(how)))
    words = md("Video bridge of {}: {}", incident.reference, address(incident))
    return Message.of(words, actions(*join(incident)))


def removed(incident: Incident) -> Message:
    """Says that there is none any more."""
    return Message.of(md("The video bridge of {} is removed.", incident.reference))


def is_open(incident: Incident) -> bool:
    """Whether there is a bridge to join: not after the end of the incident."""
    return bool(incident.bridge) and not incident.is_closed


def join(incident: Incident) -> list[Element]:
    """The button that leads to the bridge; nothing if there is none."""
    if not is_open(incident):
        return []
    return [link("Join the bridge", "join_bridge", incident.bridge or "")]


def address(incident: Incident) -> Mrkdwn:
    """The address as a link that shows where it leads."""
    return escape(f"<{incident.bridge}>")


def in_topic(incident: Incident) -> str:
    """The bridge in the words of the topic; empty if there is none. Slack makes a link of the address by itself."""
    if not is_open(incident):
        return ""
    return (
        f"bridge {escape(incident.bridge or '')}"
        if fits_topic(incident.bridge or "")
        else "bridge: see the card"
    )
