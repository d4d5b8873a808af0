"""Post a decision with its buttons, or edit it to show what became of it."""

from collections.abc import Mapping

from bot.engine.delivery import posting
from bot.engine.delivery.handler import Handler, do_nothing
from bot.engine.delivery.transaction import DeliveryTransaction
from bot.incident.domain.decisions import find_decision
from bot.incident.domain.effects import Place, ShowDecision
from bot.incident.effects import lanes
from bot.incident.effects.render_context import Reads, RenderContext
from bot.incident.views import decisions
from bot.ports.slack.calls import Call
from bot.ports.slack.port import SLACK


def render(effect: ShowDecision, context: RenderContext) -> Call | None:
    """The decision in its present state."""
    found = find_decision(context.incident.decisions, effect.decision)
    if found is None:
        raise LookupError(f"{context.incident.reference} has no decision {effect.decision}")
    message = decisions.decision(found, context.incident, context.names)
    return posting.post_or_edit(_place(effect), context.room, message, context)


async def delivered(
    transaction: DeliveryTransaction, effect: ShowDecision, receipt: Mapping[str, str]
) -> None:
    """Store the place of the decision, so that it can be edited."""
    await posting.remember(transaction, _place(effect), receipt)


async def replaced(transaction: DeliveryTransaction, effect: ShowDecision) -> bool:
    """Delete its place; it is posted anew if it had one."""
    return await posting.forget(transaction, _place(effect))


def _place(effect: ShowDecision) -> str:
    return f"decision-{effect.decision}"


HANDLER = Handler(
    effect=ShowDecision,
    port=SLACK,
    lane=lanes.URGENT,  # people have only a short time to object
    needs=Place.ROOM,
    max_wait=None,
    coalesces=False,
    what="show the decision",
    warns_if_dead=True,
    latest_only=False,
    combine=None,
    lengthy=False,
    reads=Reads.NOTHING,
    render=render,
    delivered=delivered,
    replaced=replaced,
    died=do_nothing,
)
