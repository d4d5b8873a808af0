"""Read a message that somebody marked, and park it."""

from collections.abc import Mapping
from functools import partial

from bot.engine.delivery.handler import Handler, never
from bot.engine.delivery.transaction import DeliveryTransaction
from bot.incident.domain import rules
from bot.incident.domain.effects import ParkMessage, Place
from bot.incident.effects import lanes, read_message
from bot.incident.effects.render_context import Reads, RenderContext
from bot.ports.slack.calls import Call, FetchMessage
from bot.ports.slack.port import SLACK


def render(effect: ParkMessage, _context: RenderContext) -> Call | None:
    """The request for the message."""
    return FetchMessage(effect.channel, effect.ts)


async def delivered(
    transaction: DeliveryTransaction, effect: ParkMessage, receipt: Mapping[str, str]
) -> None:
    """Park it with its author and link."""
    if not receipt:
        return
    now, stored = transaction.now, await transaction.locked()
    park = partial(
        rules.park,
        text=read_message.text_of(receipt),
        by=effect.by,
        now=now,
        author=receipt.get("author") or effect.by,
        app=receipt.get("app", ""),
        link=receipt.get("link", ""),
    )
    await transaction.acts.move(transaction.session, stored, park, now)


HANDLER = Handler(
    effect=ParkMessage,
    port=SLACK,
    lane=lanes.READ,
    needs=Place.ROOM,
    max_wait=None,
    coalesces=False,
    what="read the message to park",
    warns_if_dead=True,
    latest_only=False,
    combine=None,
    lengthy=False,
    reads=Reads.NOTHING,
    render=render,
    delivered=delivered,
    replaced=never,
    died=read_message.died,
)
