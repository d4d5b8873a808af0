"""Read a message that somebody marked, and put it on the timeline."""

from collections.abc import Mapping
from datetime import UTC, datetime

from bot.core.text import clip
from bot.engine.delivery.handler import Handler, never
from bot.engine.delivery.transaction import DeliveryTransaction
from bot.engine.store import acts
from bot.incident.domain import rules
from bot.incident.domain.effects import Place, ReadMessage
from bot.incident.effects import lanes
from bot.incident.effects.render_context import Reads, RenderContext
from bot.ports.port import Dead
from bot.ports.slack.calls import Call, FetchMessage
from bot.ports.slack.port import SLACK


def render(effect: ReadMessage, _context: RenderContext) -> Call | None:
    """The request for the message."""
    return FetchMessage(effect.channel, effect.ts)


def text_of(receipt: Mapping[str, str]) -> str:
    """The text of a message that was read, as much of it as is kept."""
    return clip(receipt.get("text", "").strip() or "(a message without text)", rules.TEXT_MAX)


async def delivered(
    transaction: DeliveryTransaction, effect: ReadMessage, receipt: Mapping[str, str]
) -> None:
    """Put it on the timeline with its own time, author and link."""
    if not receipt:
        return
    now, stored = transaction.now, await transaction.locked()
    text = text_of(receipt)
    said_at = datetime.fromtimestamp(float(effect.ts), UTC)
    await transaction.acts.move(
        transaction.session,
        stored,
        lambda incident: rules.note(
            incident,
            text,
            by=effect.by,
            now=now,
            at=min(said_at, now),
            author=receipt.get("author") or effect.by,
            app=receipt.get("app", ""),
            link=receipt.get("link", ""),
            from_message=True,
            sure=True,
        ),
        now,
    )


async def died(transaction: DeliveryTransaction, effect: ReadMessage, _result: Dead) -> None:
    """Let it be marked again."""
    await acts.forget(transaction.session, transaction.row.team_id, effect.act)


HANDLER = Handler(
    effect=ReadMessage,
    port=SLACK,
    lane=lanes.READ,
    needs=Place.ROOM,
    max_wait=None,
    coalesces=False,
    what="read the marked message",
    warns_if_dead=True,
    latest_only=False,
    combine=None,
    lengthy=False,
    reads=Reads.NOTHING,
    render=render,
    delivered=delivered,
    replaced=never,
    died=died,
)
