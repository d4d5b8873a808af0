"""Read which reactions a message still has, and strike its note if none of those is left that mark it."""

from collections.abc import Mapping
from functools import partial

from bot.engine.delivery.handler import Handler, do_nothing, never
from bot.engine.delivery.transaction import DeliveryTransaction
from bot.incident.domain import rules
from bot.incident.domain.corrections import captured
from bot.incident.domain.effects import Place, ReadReactions
from bot.incident.effects import lanes
from bot.incident.effects.render_context import Reads, RenderContext
from bot.incident.store import incidents
from bot.ports.slack.calls import Call, FetchMessage
from bot.ports.slack.port import SLACK


def render(effect: ReadReactions, _context: RenderContext) -> Call | None:
    """The request for the message."""
    return FetchMessage(effect.channel, effect.ts)


async def delivered(
    transaction: DeliveryTransaction, effect: ReadReactions, receipt: Mapping[str, str]
) -> None:
    """Strike the note, unless somebody else's reaction or a pin still marks the message."""
    if not receipt or set(receipt.get("marks", "").split()) & set(effect.marks):
        return
    session, now, stored = transaction.session, transaction.now, await transaction.locked()
    entry = captured(await incidents.timeline(session, stored.id), effect.channel, effect.ts)
    if entry:
        removed = partial(rules.reaction_removed, entry=entry, by=effect.by, now=now)
        await transaction.acts.move(session, stored, removed, now)


HANDLER = Handler(
    effect=ReadReactions,
    port=SLACK,
    lane=lanes.READ,
    needs=Place.ROOM,
    max_wait=None,
    coalesces=False,
    what="read the reactions of a message",
    warns_if_dead=True,
    latest_only=False,
    combine=None,
    lengthy=False,
    reads=Reads.NOTHING,
    render=render,
    delivered=delivered,
    replaced=never,
    died=do_nothing,
)
