"""The action items that a board looks at."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import or_
from sqlalchemy.orm import aliased
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.engine.store.tables import ActionItemRow, EntryRow, StreamRow
from bot.followup.domain.action_item import ActionItem
from bot.followup.domain.facts import ActionItemDone
from bot.followup.domain.vocabulary import State
from bot.followup.store.items import ITEMS
from bot.incident.domain.records import Period
from bot.incident.store.incidents import UNREADABLE


@dataclass(frozen=True, slots=True)
class FoundItems:
    """What was found.

    Attributes:
        items: those of incidents that are not private, in the order of their numbers.
        private: how many of the others are overdue, or were done in the period.
    """

    items: Sequence[ActionItem]
    private: int


async def items(session: AsyncSession, team: str, period: Period, today: date) -> FoundItems:
    """Action items that are overdue, were done in a period, or that a board has decided.

    Args:
        session: a session.
        team: the workspace.
        period: when they were done.
        today: the day before which an open one is overdue.
    """
    of_incident = aliased(StreamRow)
    state: Any = col(StreamRow.state)
    done = (
        select(col(EntryRow.stream_id))
        .join(StreamRow, col(StreamRow.id) == col(EntryRow.stream_id))
        .where(
            *ITEMS.of(team),
            col(EntryRow.kind) == ActionItemDone.__name__,
            col(EntryRow.at) >= period.start,
            col(EntryRow.at) < period.end,
        )
    )
    overdue = col(ActionItemRow.is_open) & (col(ActionItemRow.due_on) < today)
    wanted = or_(overdue, col(StreamRow.id).in_(done), state["board"].as_string() != "")
    query = (
        select(StreamRow, of_incident.private)
        .join(ActionItemRow, col(ActionItemRow.stream_id) == col(StreamRow.id))
        .join(of_incident, col(of_incident.id) == col(ActionItemRow.of_incident))
        .where(*ITEMS.of(team), wanted)
        .order_by(col(StreamRow.number))
    )
    found: list[ActionItem] = []
    private = 0
    for row, of_private in (await session.exec(query)).all():
        try:
            item = (await ITEMS.restored(session, row)).state
        except UNREADABLE:
            continue
        if of_private or item.private:
            private += _is_shown(item, period, today)
        else:
            found.append(item)
    return FoundItems(found, private)


def _is_shown(item: ActionItem, period: Period, today: date) -> bool:
    """Whether a pack would show it, if it were not private."""
    return item.is_overdue(today) or (item.state is State.DONE and _in(item.ended_at, period))


def _in(moment: datetime | None, period: Period) -> bool:
    return moment is not None and moment in period
