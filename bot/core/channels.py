"""What is known of a channel that people had before an incident."""

from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelProfile:
    """A channel as Slack describes it.

    Attributes:
        is_visible: whether Slack shows it to us; a private one only after somebody has invited us.
        is_direct: whether it is a direct message.
        is_shared: whether people of other organizations are in it, too.
        is_common: whether it is the channel where incidents are announced.
        is_taken: whether it is a war room already.
        members: the people in it, if it is private; otherwise empty.
    """

    id: str
    is_visible: bool = True
    is_direct: bool = False
    is_private: bool = False
    is_archived: bool = False
    is_shared: bool = False
    is_common: bool = False
    is_taken: bool = False
    members: Collection[str] = ()


# By its id; None if Slack could not be asked.
FindChannel = Callable[[str], Awaitable[ChannelProfile | None]]


async def nothing_is_known(_channel: str) -> ChannelProfile | None:
    """For installations that cannot ask Slack about channels."""
    return None
