"""Tell the review board's channel that a postmortem is overdue."""

from collections.abc import Mapping

from bot.engine.delivery.handler import Handler, do_nothing, never
from bot.engine.delivery.transaction import DeliveryTransaction
from bot.incident.domain.effects import TellBoard
from bot.incident.domain.postmortem_nudges import is_postmortem_nudged
from bot.incident.effects import lanes
from bot.incident.effects.render_context import Reads, RenderContext
from bot.incident.views import postmortem_nudges
from bot.ports.slack.calls import Call, Post
from bot.ports.slack.port import SLACK


def render(_effect: TellBoard, context: RenderContext) -> Call | None:
    """In its channel, else in the incidents channel; of a private incident only the war room is told."""
    incident, installation = context.incident, context.installation
    if not is_postmortem_nudged(incident):
        return None
    channel = installation.policy.postmortem.board or installation.incidents_channel
    where = context.room_if_open if incident.private else channel
    return Post(where, postmortem_nudges.to_board(incident), context.key) if where else None


async def delivered(transaction: DeliveryTransaction, effect: TellBoard, receipt: Mapping[str, str]) -> None:
    """Count it, with its delay."""
    if receipt:
        transaction.count_reminder(effect.slot)


HANDLER = Handler(
    effect=TellBoard,
    port=SLACK,
    lane=lanes.BOARD,
    needs=None,
    max_wait=None,
    coalesces=False,
    what="tell the review board that a postmortem is overdue",
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
