"""Post the card in the war room, or edit it to show the present state."""

from collections.abc import Mapping

from bot.engine.delivery import posting
from bot.engine.delivery.handler import Handler, do_nothing
from bot.engine.delivery.transaction import DeliveryTransaction
from bot.incident.domain.effects import PinCard, Place, ShowCard, ShowTasks
from bot.incident.effects import lanes
from bot.incident.effects.render_context import Reads, RenderContext
from bot.incident.views import card
from bot.ports.slack.calls import Call
from bot.ports.slack.port import SLACK


def render(_effect: ShowCard, context: RenderContext) -> Call | None:
    """The card of the present state."""
    return posting.post_or_edit(
        Place.CARD, context.room, card.card(context.incident, context.installation.policy), context
    )


async def delivered(transaction: DeliveryTransaction, _effect: ShowCard, receipt: Mapping[str, str]) -> None:
    """Store the place of the card."""
    await posting.remember(transaction, Place.CARD, receipt)


async def replaced(transaction: DeliveryTransaction, _effect: ShowCard) -> bool:
    """Delete its place; if it had one, post it anew and pin it again, because the pin was lost with it.

    The list of tasks was lost too, with the thread of the card.
    """
    if not await posting.forget(transaction, Place.CARD):
        return False
    await transaction.put(PinCard())
    if await posting.forget(transaction, Place.TASKS):
        await transaction.put(ShowTasks())
    return True


HANDLER = Handler(
    effect=ShowCard,
    port=SLACK,
    lane=lanes.CARD,
    needs=Place.ROOM,
    max_wait=None,
    coalesces=True,
    what="show the card",
    warns_if_dead=True,
    latest_only=True,
    combine=None,
    lengthy=False,
    reads=Reads.NOTHING,
    render=render,
    delivered=delivered,
    replaced=replaced,
    died=do_nothing,
)
