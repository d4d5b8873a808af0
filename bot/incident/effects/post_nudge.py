"""Post a nudge in the war room, if it still applies at delivery and nothing is more important."""

from collections.abc import Mapping

from bot.engine.delivery.handler import Handler, do_nothing
from bot.engine.delivery.transaction import DeliveryTransaction
from bot.incident.domain.effects import Place, PostNudge
from bot.incident.domain.nudges import comes_second, raised
from bot.incident.effects import lanes
from bot.incident.effects.render_context import Reads, RenderContext
from bot.incident.store import nudges
from bot.incident.views import nudges as views
from bot.ports.slack.calls import Call, FindPosted, Post
from bot.ports.slack.port import SLACK


def render(effect: PostNudge, context: RenderContext) -> Call | None:
    """The question with its buttons."""
    incident, policy = context.incident, context.installation.policy
    is_over = context.nudge is None or context.nudge.closed_at is not None
    if is_over or effect.nudge not in raised(incident, policy, context.now):
        # If Slack shows it after all, it must be closed.
        return FindPosted(context.room, context.key) if context.doubt else None
    if comes_second(incident, policy, context.now) and not context.doubt:
        return None
    return Post(
        context.room,
        views.nudge(incident, effect.nudge.kind, policy, context.now, context.absent),
        context.key,
    )


async def delivered(transaction: DeliveryTransaction, effect: PostNudge, receipt: Mapping[str, str]) -> None:
    """Store where the message is, so that it can be closed."""
    if receipt:
        row = await nudges.get(transaction.session, effect.row)
        row.channel, row.ts = receipt["channel"], receipt["ts"]
        transaction.session.add(row)


async def replaced(transaction: DeliveryTransaction, effect: PostNudge) -> bool:
    """Delete the place of the nudge; it is posted anew if it had one."""
    row = await nudges.get(transaction.session, effect.row)
    stood, row.channel, row.ts = bool(row.ts), "", ""
    return stood


HANDLER = Handler(
    effect=PostNudge,
    port=SLACK,
    lane=lanes.URGENT,
    needs=Place.ROOM,
    max_wait=None,
    coalesces=False,
    what="ask about something that seems to have been forgotten",
    warns_if_dead=False,  # nobody waits for it
    latest_only=False,
    combine=None,
    lengthy=False,
    reads=Reads.PEOPLE,
    render=render,
    delivered=delivered,
    replaced=replaced,
    died=do_nothing,
)
