"""Reminders of tasks: each is recorded once, in the table of all reminders, and told to one person only."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.engine.store import reminders
from bot.engine.store.reminders import Identity, Reminder
from bot.incident.domain.effects import RemindOfTask
from bot.incident.store.incidents import Stored

TASK = "task"  # in the place of a promise; the number of the task is in the place of the step


async def record(
    session: AsyncSession, claimed: Sequence[Stored], now: datetime
) -> list[tuple[str, int, RemindOfTask]]:
    """Record the reminders of tasks that are due at `now`; returns the effects of the new ones.

    They are recorded as answered: nothing follows them up, and the reminders of promises do not see them.
    """
    wanted = {
        Identity(stored.id, TASK, task.due_at, task.number): stored.team
        for stored in claimed
        for task in stored.state.due_tasks(now)
        if task.due_at
    }
    due = [Reminder(team, identity, broadcast=False, is_posted=False) for identity, team in wanted.items()]
    new = await reminders.add(session, due, now)
    return [
        (wanted[identity], identity.stream_id, RemindOfTask(identity.rung, identity.slot)) for identity in new
    ]
