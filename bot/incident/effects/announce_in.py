"""Post the announcement in a further channel, or edit it to show the present state."""

from collections.abc import Mapping
from datetime import timedelta

from bot.engine.delivery import posting
from bot.engine.delivery.handler import Handler, do_nothing
from bot.engine.delivery.transaction import DeliveryTransaction
from bot.incident.domain.effects import AnnounceIn, Place
from bot.incident.domain.effects.places import in_channel
from bot.incident.effects import announcing, lanes
from bot.incident.effects.render_context import Reads, RenderContext
from bot.ports.slack.calls import Call
from bot.ports.slack.port import SLACK


def render(effect: AnnounceIn, context: RenderContext) -> Call | None:
    """The announcement of the present state; nothing where the incidents channel has it already."""
    if effect.channel == context.installation.incidents_channel:
        return None
    return announcing.announcement(in_channel(effect.channel), effect.channel, context)


async def delivered(transaction: DeliveryTransaction, effect: AnnounceIn, receipt: Mapping[str, str]) -> None:
    """Store the place of the announcement."""
    await posting.remember(transaction, in_channel(effect.channel), receipt)


async def replaced(transaction: DeliveryTransaction, effect: AnnounceIn) -> bool:
    """Delete its place and post it anew, if it had one."""
    return await posting.forget(transaction, in_channel(effect.channel))


HANDLER = Handler(
    effect=AnnounceIn,
    port=SLACK,
    lane=lanes.FURTHER,
    needs=Place.ROOM,
    max_wait=timedelta(seconds=5),
    coalesces=True,
    what="announce it in a further channel",
    warns_if_dead=True,
    latest_only=True,
    combine=None,
    lengthy=False,
    reads=Reads.OPENING,
    render=render,
    delivered=delivered,
    replaced=replaced,
    died=do_nothing,
)
