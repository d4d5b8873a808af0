"""Read a message that somebody marked, and put it on the timeline."""

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import partial

from bot.engine.delivery.handler import Handler, never
from bot.engine.delivery.transaction import DeliveryTransaction
from bot.engine.store import acts
from bot.incident.domain import rules
from bot.incident.domain.corrections import captured
from bot.incident.domain.effects import Place, ReadMessage
from bot.incident.effects import lanes
from bot.incident.effects.render_context import Reads, RenderContext
from bot.incident.store import incidents
from bot.ports.port import Dead
from bot.ports.slack.calls import Call, FetchMessage
from bot.ports.slack.port import SLACK


def render(effect: ReadMessage, _context: RenderContext) -> Call | None:
    """The request for the message."""
    return FetchMessage(effect.channel, effect.ts)


def text_of(receipt: Mapping[str, str]) -> str:
    """The text of a message that was read, as much of it as is kept."""
    return rules.as_note(receipt.get("text", ""))


async def delivered(
    transaction: DeliveryTransaction, effect: ReadMessage, receipt: Mapping[str, str]
) -> None:
    """Put it on the timeline with its own time, author and link; or put back its note, if that was struck."""
    if not receipt:
        return
    session, now, stored = transaction.session, transaction.now, await transaction.locked()
    text = text_of(receipt)
    entry = captured(await incidents.timeline(session, stored.id), effect.channel, effect.ts)
    if entry:
        again = partial(rules.marked_again, entry=entry, text=text, by=effect.by, now=now)
        await transaction.acts.move(session, stored, again, now)
        return
    said_at = datetime.fromtimestamp(float(effect.ts), UTC)
    note = partial(
        rules.note,
        text=text,
        by=effect.by,
        now=now,
        at=min(said_at, now),
        author=receipt.get("author") or effect.by,
        app=receipt.get("app", ""),
        link=receipt.get("link", ""),
        from_message=True,
        channel=effect.channel,
        ts=effect.ts,
        by_reaction=effect.by_reaction,
        sure=True,
    )
    await transaction.acts.move(session, stored, note, now)


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
