"""What is known of a message in Slack."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FoundMessage:
    """A message.

    Attributes:
        link: its address; empty if Slack did not tell it.
    """

    text: str
    link: str = ""


# By its channel and time stamp; None if Slack could not be asked in time, or does not show it to us.
FindMessage = Callable[[str, str], Awaitable[FoundMessage | None]]


async def no_message(_channel: str, _ts: str) -> FoundMessage | None:
    """For installations that cannot read messages."""
    return None
