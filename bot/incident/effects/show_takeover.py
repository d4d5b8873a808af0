"""Post a request for command with the buttons to answer it."""

from collections.abc import Mapping

from bot.engine.delivery import posting
from bot.engine.delivery.handler import Handler, do_nothing, never
from bot.engine.delivery.transaction import DeliveryTransaction
from bot.incident.domain import facts
from bot.incident.domain.effects import Place, ShowTakeover
from bot.incident.effects import lanes
from bot.incident.effects.render_context import Reads, RenderContext
from bot.incident.views import messages
from bot.ports.slack.calls import Call, FindPosted, Post
from bot.ports.slack.port import SLACK


def render(_effect: ShowTakeover, context: RenderContext) -> Call | None:
    """The request, unless it was answered meanwhile."""
    entry, incident = context.required_entry, context.incident
    if isinstance(entry.fact, facts.TakeoverAsked) and entry.fact.by == incident.takeover_by:
        return Post(context.room, messages.fact_message(entry, incident, context.names), context.key)
    return FindPosted(context.room, context.key) if context.doubt else None


async def delivered(
    transaction: DeliveryTransaction, _effect: ShowTakeover, receipt: Mapping[str, str]
) -> None:
    """Store the place of the request, so that it can be closed."""
    await posting.remember(transaction, Place.TAKEOVER, receipt)


HANDLER = Handler(
    effect=ShowTakeover,
    port=SLACK,
    lane=lanes.URGENT,
    needs=Place.ROOM,
    max_wait=None,
    coalesces=False,
    what="post the request for command",
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
