"""Messages that are posted once and then edited: the post, and its place."""

from collections.abc import Mapping
from typing import Protocol

from bot.core.blocks import Message
from bot.engine.delivery.transaction import DeliveryTransaction
from bot.engine.store import places
from bot.engine.store.tables import PlaceRow
from bot.ports.slack.calls import Edit, Post


class PostingContext(Protocol):
    """What posting needs from a render context.

    Attributes:
        places: where the messages are, by name.
        key: the idempotency key, by which a message in doubt is found again.
    """

    @property
    def places(self) -> Mapping[str, PlaceRow]: ...  # noqa: D102  # see above
    @property
    def key(self) -> str: ...  # noqa: D102


def post_or_edit(place: str, channel: str, message: Message, context: PostingContext) -> Edit | Post:
    """An edit if the message is already posted; otherwise a post in this channel."""
    known = context.places.get(place)
    return Edit(known.channel, known.ts, message) if known else Post(channel, message, context.key)


async def remember(transaction: DeliveryTransaction, place: str, receipt: Mapping[str, str]) -> None:
    """Store where the message is. After an edit the receipt is empty, and the place is known already."""
    if receipt:
        await store_place(transaction, place, receipt["channel"], receipt["ts"])


async def store_place(transaction: DeliveryTransaction, place: str, channel: str, ts: str) -> None:
    """Store a place; `ts` is empty if the place is the channel itself."""
    row = transaction.row
    await places.put(transaction.session, row.team_id, row.stream_id, place, channel=channel, ts=ts)


async def forget(transaction: DeliveryTransaction, place: str) -> bool:
    """Delete a place; returns whether there was one."""
    return await places.forget(transaction.session, transaction.row.stream_id, place)
