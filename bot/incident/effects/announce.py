"""Post the announcement in the incidents channel, or edit it to show the present state."""

from collections.abc import Mapping
from datetime import timedelta

from bot.engine.delivery import posting
from bot.engine.delivery.handler import Handler, do_nothing
from bot.engine.delivery.transaction import DeliveryTransaction
from bot.incident.domain.effects import Announce, Place
from bot.incident.effects import announcing, lanes
from bot.incident.effects.render_context import Reads, RenderContext
from bot.ports.slack.calls import Call
from bot.ports.slack.port import SLACK


def render(_effect: Announce, context: RenderContext) -> Call | None:
    """The announcement of the present state. A private incident is not announced."""
    channel = context.installation.incidents_channel
    return announcing.announcement(Place.ANNOUNCEMENT, channel, context) if channel else None


async def delivered(transaction: DeliveryTransaction, _effect: Announce, receipt: Mapping[str, str]) -> None:
    """Store the place of the announcement."""
    await posting.remember(transaction, Place.ANNOUNCEMENT, receipt)


async def replaced(transaction: DeliveryTransaction, _effect: Announce) -> bool:
    """Delete its place and post it anew, if it had one."""
    return await posting.forget(transaction, Place.ANNOUNCEMENT)


HANDLER = Handler(
    effect=Announce,
    port=SLACK,
    lane=lanes.ANNOUNCEMENT,
    needs=Place.ROOM,
    max_wait=timedelta(seconds=5),
    coalesces=True,
    what="announce it in the incidents channel",
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
