"""Reminders: which were recorded, and which of them Slack shows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.engine.store import reminders
from bot.engine.store.reminders import Identity, Reminder
from bot.engine.store.tables import ReminderRow
from bot.incident.domain.cadence import EscalationStep, Promise, ScheduledReminder
from bot.incident.domain.effects import Broadcast, CloseBroadcast, CloseReminder, Effect, Remind
from bot.incident.store.incidents import Stored

_BY_IDS = select(ReminderRow).where(col(ReminderRow.id).in_(bindparam("ids", expanding=True)))
_STANDING = (
    select(ReminderRow)
    .where(
        col(ReminderRow.stream_id).in_(bindparam("streams", expanding=True)),
        col(ReminderRow.answered_at).is_(None),
    )
    .order_by(col(ReminderRow.id))
)


@dataclass(frozen=True, slots=True)
class PlannedReminder:
    """A reminder to record.

    Attributes:
        broadcast: whether it goes to the incidents channel.
        is_posted: whether a message of its own is posted; otherwise an earlier message already says it.
    """

    stored: Stored
    scheduled: ScheduledReminder
    broadcast: bool
    is_posted: bool

    @property
    def reminder(self) -> Reminder:
        """The reminder to record."""
        identity = Identity(
            self.stored.id, self.scheduled.promise, self.scheduled.slot, int(self.scheduled.rung)
        )
        return Reminder(self.stored.team, identity, self.broadcast, self.is_posted)


async def add(
    session: AsyncSession, planned_reminders: Sequence[PlannedReminder], now: datetime
) -> list[tuple[PlannedReminder, int]]:
    """Record reminders; returns the new ones, with their ids. Reminders that were recorded before do not change."""
    new = await reminders.add(session, [planned.reminder for planned in planned_reminders], now)
    sent = {planned.reminder.identity: planned for planned in planned_reminders}
    return [(sent[identity], row_id) for identity, row_id in new.items()]


async def get(session: AsyncSession, reminder_id: int) -> ReminderRow:
    """One reminder."""
    return await session.get_one(ReminderRow, reminder_id)


async def by_ids(session: AsyncSession, ids: Iterable[int]) -> dict[int, ReminderRow]:
    """The existing ones of these reminders, by id."""
    wanted = list(ids)
    if not wanted:
        return {}
    rows = (await session.exec(_BY_IDS, params={"ids": wanted})).all()
    return {row.id: row for row in rows if row.id is not None}


async def open_reminders(session: AsyncSession, stream_ids: Iterable[int]) -> dict[int, list[ReminderRow]]:
    """The reminders of these incidents that nothing has answered or replaced, the oldest first for each incident."""
    wanted = list(stream_ids)
    if not wanted:
        return {}
    found: dict[int, list[ReminderRow]] = {}
    for row in (await session.exec(_STANDING, params={"streams": wanted})).all():
        found.setdefault(row.stream_id, []).append(row)
    return found


def scheduled_of(row: ReminderRow) -> ScheduledReminder:
    """The scheduled reminder of a row."""
    return ScheduledReminder(Promise(row.promise), row.slot, EscalationStep(row.rung))


def refreshed(row: ReminderRow) -> list[Effect]:
    """The effects that update an open reminder."""
    kind = Broadcast if row.broadcast else Remind
    return [kind(reminder=row.id, nudge=scheduled_of(row))] if row.id is not None else []


def closed(row: ReminderRow) -> list[Effect]:
    """The effects that show that a reminder was answered, or that remove it."""
    kind = CloseBroadcast if row.broadcast else CloseReminder
    return [kind(reminder=row.id)] if row.id is not None else []
