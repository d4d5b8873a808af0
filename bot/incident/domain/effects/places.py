"""The places in Slack where something of the incident is shown."""

from enum import StrEnum


class Place(StrEnum):
    """The places in Slack where something of the incident is shown."""

    ROOM = "room"  # the engine uses this name too for a stream's own channel
    CARD = "card"
    ANNOUNCEMENT = "announcement"
    OFFER = "offer"  # of command, while it is open
    TASKS = "tasks"  # the list in the card's thread
    ARCHIVE_QUESTION = "archive"  # while it is open
    TAKEOVER = "takeover"  # the request for command, while it is open


def in_channel(channel: str) -> str:
    """The name of the place of the announcement in a further channel."""
    return f"{Place.ANNOUNCEMENT}:{channel}"


def further_channel(place: str) -> str:
    """The channel of such a place; empty if the name is another place's."""
    beginning = in_channel("")
    return place.removeprefix(beginning) if place.startswith(beginning) else ""
