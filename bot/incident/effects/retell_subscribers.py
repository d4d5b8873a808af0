"""Edit the direct messages about a fact, because its words were removed: one effect for each of them."""

from collections.abc import Mapping

from bot.engine.delivery.handler import Handler, do_nothing, never
from bot.engine.delivery.transaction import DeliveryTransaction
from bot.incident.domain.effects import RetellSubscriber, RetellSubscribers
from bot.incident.effects import lanes
from bot.incident.effects.render_context import Reads, RenderContext
from bot.incident.store import told
from bot.ports.slack.calls import Call
from bot.ports.slack.port import SLACK


def render(_effect: RetellSubscribers, _context: RenderContext) -> Call | None:
    """It shows nothing itself."""
    return None


async def delivered(
    transaction: DeliveryTransaction, effect: RetellSubscribers, _receipt: Mapping[str, str]
) -> None:
    """Add one effect for each message, whether its reader still follows the incident or not."""
    messages = await told.with_words_of(transaction.session, transaction.row.stream_id, effect.seq)
    await transaction.put(*(RetellSubscriber(seq, person=person) for person, seq in messages))


HANDLER = Handler(
    effect=RetellSubscribers,
    port=SLACK,
    lane=lanes.SUBSCRIBERS,  # behind the messages themselves
    needs=None,
    max_wait=None,
    coalesces=False,
    what="edit the direct messages to subscribers",
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
