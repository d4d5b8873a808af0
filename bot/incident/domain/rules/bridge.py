"""The rules of the video bridge."""

from datetime import datetime

from bot.core.decision import Refused
from bot.incident.domain import facts
from bot.incident.domain.bridge import ADDRESS_MAX, is_address
from bot.incident.domain.incident import Incident
from bot.incident.domain.rules.decision import Decision, closed


def set_bridge(incident: Incident, address: str, *, by: str, now: datetime) -> Decision:
    """Give the incident this video bridge, instead of the one that it has."""
    if refused := closed(incident):
        return refused
    if not is_address(address):
        return Refused(
            "That is no address of a video bridge: paste its whole link, which begins with `https://`, contains no "
            f"user name and has at most {ADDRESS_MAX} characters."
        )
    if incident.bridge == address:
        return Refused("That is the video bridge already.")
    return (facts.BridgeSet(at=now, by=by, address=address),)


def remove_bridge(incident: Incident, *, by: str, now: datetime) -> Decision:
    """Take the video bridge away."""
    if refused := closed(incident):
        return refused
    if not incident.bridge:
        return Refused(f"{incident.reference} has no video bridge. To set one: `/incident bridge <link>`.")
    return (facts.BridgeRemoved(at=now, by=by),)
