"""Ask a person, and nobody else, whether something that was done has its effect."""

from collections.abc import Mapping

from bot.engine.delivery.handler import Handler, do_nothing, never
from bot.engine.delivery.transaction import DeliveryTransaction
from bot.engine.store import places
from bot.followup.domain.effects import AskToVerify
from bot.followup.effects import lanes
from bot.followup.effects.render_context import VERIFICATION, RenderContext
from bot.followup.views import verification
from bot.ports.slack.calls import Call, Post
from bot.ports.slack.port import SLACK


def render(effect: AskToVerify, context: RenderContext) -> Call | None:
    """The question, unless it is answered, was taken back, or the person may not see the incident any more."""
    asked = context.item.verification
    is_theirs = asked is not None and asked.is_open and asked.person == effect.person
    if not is_theirs or not context.can_be_told(effect.person):
        return None
    return Post(effect.person, verification.question(context.listed, context.today), context.key)


async def delivered(
    transaction: DeliveryTransaction, _effect: AskToVerify, receipt: Mapping[str, str]
) -> None:
    """Store where it is, so that its buttons go once it is answered."""
    if receipt:
        row = transaction.row
        place = {"channel": receipt["channel"], "ts": receipt["ts"]}
        await places.put(transaction.session, row.team_id, row.stream_id, VERIFICATION, **place)


HANDLER = Handler(
    effect=AskToVerify,
    port=SLACK,
    lane=lanes.PEOPLE,
    needs=None,
    max_wait=None,
    coalesces=False,
    what="ask somebody to verify an action item",
    warns_if_dead=False,  # the list of finished ones shows it
    latest_only=False,
    combine=None,
    lengthy=False,
    reads=None,
    render=render,
    delivered=delivered,
    replaced=never,
    died=do_nothing,
)
