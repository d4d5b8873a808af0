"""Records what is due for an incident: each reminder once, and each decision that stands. The outbox shows it.

An incident has at most one open reminder in the war room, and one in the incidents channel. A step that calls nobody
new edits it; one that does is posted, and takes the place of the one before.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

from bot.core.decision import Refused
from bot.engine.acts.acts import Acts
from bot.engine.clock.due import Recorded
from bot.engine.store.database import Session
from bot.engine.store.tables import ReminderRow
from bot.incident.domain import facts, rules
from bot.incident.domain.archiving import next_archive_look
from bot.incident.domain.cadence import (
    EscalationStep,
    ScheduledReminder,
    due_and_next_look,
    needs_new_message,
)
from bot.incident.domain.decisions import next_deadline
from bot.incident.domain.effects import Broadcast, Effect, Remind
from bot.incident.domain.incident import Incident
from bot.incident.domain.policy import Policy
from bot.incident.domain.postmortem_nudges import postmortem_nudge_due
from bot.incident.store import archiving, nudges, postmortem_nudges, reminders, task_reminders
from bot.incident.store.incidents import Stored
from bot.incident.store.reminders import PlannedReminder, closed, refreshed


class Reminders:
    """Records the reminders of incidents, and the decisions that stand.

    Args:
        policy: returns the promises that count now.
        acts: records the decisions that stand.
        has_channel: whether there is an incidents channel for the last step.
    """

    def __init__(
        self, policy: Callable[[], Policy], acts: Acts[Incident, facts.Fact], *, has_channel: bool
    ) -> None:
        self._policy = policy
        self._acts = acts
        self._has_channel = has_channel

    async def record(self, session: Session, claimed: Sequence[Stored], now: datetime) -> Recorded:
        """Record what is due for some locked incidents at `now` (UTC)."""
        stood = [
            await self._let_decisions_stand(session, stored, now)
            if _has_due_decision(stored, now)
            else (stored, 0)
            for stored in claimed
        ]
        recorded = await self._reminders(session, [stored for stored, _ in stood], now)
        return replace(recorded, count=recorded.count + sum(count for _, count in stood))

    async def _let_decisions_stand(
        self, session: Session, stored: Stored, now: datetime
    ) -> tuple[Stored, int]:
        """Record, in the transaction that has locked the incident, which decisions stand; returns how many."""
        done = await self._acts.move(session, stored, partial(rules.let_decisions_stand, now=now), now)
        if isinstance(done, Refused):
            return stored, 0
        return done, done.state.version - stored.state.version

    async def _reminders(self, session: Session, claimed: Sequence[Stored], now: datetime) -> Recorded:
        open_reminders = await reminders.open_reminders(session, [stored.id for stored in claimed])
        policy = self._policy()
        due = {stored.id: due_and_next_look(stored.state, policy, now) for stored in claimed}
        # While a promise is due, nothing else is asked; whoever keeps it changes the incident, which is looked at then.
        calm = [stored for stored in claimed if not due[stored.id][0]]
        asked = await nudges.record(session, calm, policy, now)
        next_looks: dict[int, datetime | None] = {}
        planned_reminders: list[PlannedReminder] = []
        for stored in claimed:
            due_now, ahead = due[stored.id]
            archive_at = next_archive_look(stored.state, policy, now)
            _, postmortem_at = postmortem_nudge_due(stored.state, policy, now)
            next_looks[stored.id] = next_look(
                stored.state, now, ahead, asked.next_looks.get(stored.id), archive_at, postmortem_at
            )
            planned_reminders += self._planned_reminders(stored, due_now, open_reminders.get(stored.id, []))
        new = await reminders.add(session, planned_reminders, now)
        effects = [
            (planned.stored.team, planned.stored.id, effect)
            for planned, row_id in new
            for effect in _show(planned, row_id, open_reminders.get(planned.stored.id, []), now)
        ]
        of_tasks = await task_reminders.record(session, claimed, now)
        of_rooms, looks = await archiving.record(session, claimed, policy, now)
        owed = await postmortem_nudges.record(session, claimed, policy, now)
        count = len(new) + len(of_tasks) + asked.count + len(of_rooms) + len(owed)
        effects_of_all = [*effects, *of_tasks, *asked.effects, *of_rooms, *owed]
        return Recorded(count, effects_of_all, _earlier(next_looks, looks))

    def _planned_reminders(
        self, stored: Stored, due_now: Sequence[ScheduledReminder], open_reminders: Sequence[ReminderRow]
    ) -> list[PlannedReminder]:
        """Where each reminder goes; if several go to one place, only the latest can be posted there."""
        latest = {
            self._goes_to_channel(stored, scheduled): scheduled for scheduled in sorted(due_now, key=_slot)
        }
        planned_reminders = []
        for scheduled in due_now:
            broadcast = self._goes_to_channel(stored, scheduled)
            before = _last(open_reminders, broadcast=broadcast)
            is_posted = scheduled is latest[broadcast] and _is_posted(stored, scheduled, before)
            planned_reminders.append(PlannedReminder(stored, scheduled, broadcast, is_posted))
        return planned_reminders

    def _goes_to_channel(self, stored: Stored, scheduled: ScheduledReminder) -> bool:
        """Whether it goes to the incidents channel: not if the incident is private, or if there is no such channel."""
        return scheduled.rung is EscalationStep.CHANNEL and self._has_channel and not stored.state.private


def _earlier(
    looks: Mapping[int, datetime | None], others: Mapping[int, datetime]
) -> dict[int, datetime | None]:
    """When to look at each incident: at the earlier of two times."""
    return {
        each: min((at for at in (at, others.get(each)) if at), default=None) for each, at in looks.items()
    }


def _has_due_decision(stored: Stored, now: datetime) -> bool:
    deadline = next_deadline(stored.state.decisions)
    return deadline is not None and deadline <= now


def next_look(incident: Incident, now: datetime, *reminders_at: datetime | None) -> datetime | None:
    """When the clock must look at an incident whose reminders and nudges are due at these times; None if it need not."""
    times = (*reminders_at, next_deadline(incident.decisions), incident.next_task_due(now))
    return min((each for each in times if each), default=None)


def _slot(scheduled: ScheduledReminder) -> datetime:
    return scheduled.slot


def _is_posted(stored: Stored, scheduled: ScheduledReminder, before: ReminderRow | None) -> bool:
    """Whether a reminder is posted: not if one of its step or higher was recorded since its slot, nor if it calls nobody new."""
    if before is None:
        return True
    is_covered = before.fired_at >= scheduled.slot and before.rung >= scheduled.rung
    return not is_covered and needs_new_message(stored.state, scheduled, reminders.scheduled_of(before))


def _show(
    planned: PlannedReminder, row_id: int, open_reminders: Sequence[ReminderRow], now: datetime
) -> list[Effect]:
    """The effects that post a new reminder instead of the open one, or update that one, and update the other place too."""
    elsewhere = _last(open_reminders, broadcast=not planned.broadcast)
    others = refreshed(elsewhere) if elsewhere else []
    before = _last(open_reminders, broadcast=planned.broadcast)
    if not planned.is_posted:
        return [*(refreshed(before) if before else []), *others]
    # Earlier releases left several open: those are not followed any more.
    for row in open_reminders:
        if row.broadcast is planned.broadcast:
            row.answered_at = now
    kind = Broadcast if planned.broadcast else Remind
    return [kind(reminder=row_id, nudge=planned.scheduled), *(closed(before) if before else []), *others]


def _last(open_reminders: Sequence[ReminderRow], *, broadcast: bool) -> ReminderRow | None:
    return next((row for row in reversed(open_reminders) if row.broadcast is broadcast), None)
