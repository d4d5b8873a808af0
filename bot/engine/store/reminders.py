"""Reminders, each recorded once, however often the tick finds it."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, literal_column
from sqlalchemy.sql.dml import ReturningInsert
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.engine.store.statements import execute
from bot.engine.store.tables import ReminderRow
from bot.engine.store.upsert import dialect_of, insert_in


class Identity(NamedTuple):
    """The values that make two reminders the same.

    Attributes:
        stream_id: the stream.
        promise: what it is about, as the subject names it.
        slot: the time from which it applies (UTC).
        rung: how many reminders, or steps of escalation, of the same promise came before.
    """

    stream_id: int
    promise: str
    slot: datetime
    rung: int


class Reminder(NamedTuple):
    """A reminder to record.

    Attributes:
        broadcast: whether it goes to the channel where everybody is told of things.
        is_posted: whether a message of its own is posted; otherwise an earlier message already says it.
    """

    team: str
    identity: Identity
    broadcast: bool
    is_posted: bool


# What is the same for every new reminder is part of the statement, so that it is not passed for every row.
_EMPTY: ColumnElement[str] = literal_column("''")
_IDENTITY = [col(getattr(ReminderRow, name)) for name in Identity._fields]


async def add(session: AsyncSession, reminders: Sequence[Reminder], now: datetime) -> dict[Identity, int]:
    """Record reminders; returns the ids of the new ones. Reminders that were recorded before do not change."""
    if not reminders:
        return {}
    rows = [_row(reminder, now) for reminder in reminders]
    new = (await execute(session, _adding(dialect_of(session)), rows)).all()
    return {Identity(row.stream_id, row.promise, row.slot, row.rung): row.id for row in new}


@cache
def _adding(dialect: str) -> ReturningInsert[Any]:
    statement = insert_in(dialect, ReminderRow).values(channel=_EMPTY, ts=_EMPTY, answered_by=_EMPTY)
    statement = statement.on_conflict_do_nothing(index_elements=_IDENTITY)
    return statement.returning(col(ReminderRow.id), *_IDENTITY)


def _row(reminder: Reminder, now: datetime) -> dict[str, Any]:
    return {
        **reminder.identity._asdict(),
        "team_id": reminder.team,
        "fired_at": now,
        "broadcast": reminder.broadcast,
        "answered_at": None if reminder.is_posted else now,
    }
