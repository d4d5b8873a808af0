"""Create the war room's channel."""

from collections.abc import Mapping

from bot.engine.delivery import posting
from bot.engine.delivery.handler import Handler, do_nothing, never
from bot.engine.delivery.transaction import DeliveryTransaction
from bot.incident.domain.effects import Announce, OpenRoom, Place
from bot.incident.effects import lanes
from bot.incident.effects.read_members import READ_EVERY
from bot.incident.effects.render_context import Reads, RenderContext
from bot.incident.store import rooms
from bot.incident.views.channel_names import channel_names
from bot.ports.slack.calls import Call, CreateChannel
from bot.ports.slack.port import SLACK


def render(_effect: OpenRoom, context: RenderContext) -> Call | None:
    """A channel with the first of the incident's names that is free."""
    incident = context.incident
    names = channel_names(incident, context.installation.policy)
    return CreateChannel(names, private=incident.private, since=incident.declared_at)


async def delivered(transaction: DeliveryTransaction, _effect: OpenRoom, receipt: Mapping[str, str]) -> None:
    """Store the room, and edit the announcement, which may have been posted already without it.

    If that announcement still waits, a second one adds nothing.
    """
    if not receipt:
        return
    await posting.store_place(transaction, Place.ROOM, receipt["channel"], "")
    await rooms.schedule_read(transaction.session, transaction.row.stream_id, transaction.now + READ_EVERY)
    if not (await transaction.stored()).state.private:
        await transaction.put(Announce())


HANDLER = Handler(
    effect=OpenRoom,
    port=SLACK,
    lane=lanes.OPEN,
    needs=None,
    max_wait=None,
    coalesces=False,
    what="open the war room",
    warns_if_dead=False,  # there is no room to tell; ShowLink tells the declarer
    latest_only=False,
    combine=None,
    lengthy=False,
    reads=Reads.NOTHING,
    render=render,
    delivered=delivered,
    replaced=never,
    died=do_nothing,
)
