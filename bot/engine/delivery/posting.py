"""Messages that are posted once and then edited: the post, and its place."""

from collections.abc import Mapping
from typing import Protocol

from bot.core.blocks import Message
from bot.engine.delivery.marking import Marking
from bot.engine.store import places
from bot.engine.store.tables import PlaceRow
from bot.ports.slack.calls import Edit, Post


class Stage(Protocol):
    """What posting needs from a scene.

    Attributes:
        places: where the messages are, by name.
        key: the idempotency key, by which a message in doubt is found again.
    """

    @property
    def places(self) -> Mapping[str, PlaceRow]: ...  # noqa: D102  # see above
    @property
    def key(self) -> str: ...  # noqa: D102


def post_or_edit(place: str, channel: str, message: Message, scene: Stage) -> Edit | Post:
    """An edit if the message is already posted; otherwise a post in this channel."""
    known = scene.places.get(place)
    return Edit(known.channel, known.ts, message) if known else Post(channel, message, scene.key)


async def remember(marking: Marking, place: str, receipt: Mapping[str, str]) -> None:
    """Store where the message is. After an edit the receipt is empty, and the place is known already."""
    if receipt:
        await stands(marking, place, receipt["channel"], receipt["ts"])


async def stands(marking: Marking, place: str, channel: str, ts: str) -> None:
    """Store a place; `ts` is empty if the place is the channel itself."""
    row = marking.row
    await places.put(marking.session, row.team_id, row.stream_id, place, channel=channel, ts=ts)


async def forget(marking: Marking, place: str) -> bool:
    """Delete a place; returns whether there was one."""
    return await places.forget(marking.session, marking.row.stream_id, place)
