"""Archive the channel of the war room, unless people still write there."""

from collections.abc import Mapping
from datetime import timedelta
from functools import partial

from bot.engine.delivery.handler import Handler, do_nothing, never
from bot.engine.delivery.transaction import DeliveryTransaction
from bot.incident.domain import rules
from bot.incident.domain.archiving import archive_at
from bot.incident.domain.effects import ArchiveRoom, Place
from bot.incident.domain.keep_reason import KeepReason
from bot.incident.effects import lanes
from bot.incident.effects.render_context import Reads, RenderContext
from bot.ports.slack.calls import ArchiveChannel, Call
from bot.ports.slack.port import SLACK

QUIET_FOR = timedelta(days=1)  # a room where people have written since then is not archived by itself


def render(effect: ArchiveRoom, context: RenderContext) -> Call | None:
    """The call, unless the room was kept, or the incident was reopened, meanwhile."""
    incident = context.incident
    if effect.by:
        wanted = incident.is_closed and incident.archived_at is None
        return ArchiveChannel(context.room) if wanted else None
    at = archive_at(incident, context.installation.policy)
    if at is None or at > context.now:
        return None
    return ArchiveChannel(context.room, unless_said_since=context.now - QUIET_FOR)


async def delivered(
    transaction: DeliveryTransaction, effect: ArchiveRoom, receipt: Mapping[str, str]
) -> None:
    """Record that the room is archived, or that it was not because people write there."""
    if not receipt:
        return
    rule = partial(rules.keep_room, why=KeepReason.TALK) if receipt.get("talk") else rules.room_archived
    decide = partial(rule, by=effect.by or rules.KEEPER, now=transaction.now)
    await transaction.acts.move(transaction.session, await transaction.locked(), decide, transaction.now)


HANDLER = Handler(
    effect=ArchiveRoom,
    port=SLACK,
    lane=lanes.ROOM,  # behind what is still to be said there
    needs=Place.ROOM,
    max_wait=None,
    coalesces=False,
    what="archive the channel",
    warns_if_dead=True,
    latest_only=True,
    combine=None,
    lengthy=False,
    reads=Reads.NOTHING,
    render=render,
    delivered=delivered,
    replaced=never,
    died=do_nothing,
)
