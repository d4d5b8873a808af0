"""What the effects at a tracker have in common: where the issue is, what is remembered, and who is told of failures."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.engine.delivery.transaction import DeliveryTransaction
from bot.engine.store.tables import TrackedIssueRow
from bot.followup.domain.effects import TellOfTrouble
from bot.followup.domain.vocabulary import State
from bot.followup.effects.render_context import RenderContext
from bot.followup.store import tracked
from bot.ports.port import Dead
from bot.ports.trackers.calls import Where


def issue_of(context: RenderContext) -> tuple[Where, str] | None:
    """Where the issue is, if there is one that may be changed."""
    row = context.issue
    if row is None or not row.issue or not allows(context):
        return None
    return Where(row.tracker, row.place), row.issue


def allows(context: RenderContext) -> bool:
    """Whether the tracker may know of the item. An incident can have become private since."""
    return context.tracker.allows(private=context.incident.private or context.item.private)


async def row_of(transaction: DeliveryTransaction) -> TrackedIssueRow | None:
    """The row of the issue, with its item locked: what is heard from the tracker changes it too."""
    await transaction.locked()
    return await tracked.of_stream(transaction.session, transaction.row.stream_id)


async def delivered(transaction: DeliveryTransaction, _effect: Any, receipt: Mapping[str, str]) -> None:
    """Store where the issue is and how, and that the tracker took it."""
    row = await row_of(transaction)
    if row is None:
        return
    row.trouble, row.told = "", False
    if "issue" in receipt:
        row.issue, row.url = receipt["issue"], receipt.get("url") or row.url
    if "state" in receipt:
        at = datetime.fromisoformat(receipt["at"]) if receipt.get("at") else None
        tracked.note(row, State(receipt["state"]), at)
    transaction.session.add(row)


async def died(transaction: DeliveryTransaction, _effect: Any, dead: Dead) -> None:
    """Write down why, for the lists, and tell the owner once."""
    row = await row_of(transaction)
    if row is None:
        return
    row.trouble = dead.reason
    if not row.told:
        row.told = True
        await transaction.put(TellOfTrouble())
    transaction.session.add(row)
