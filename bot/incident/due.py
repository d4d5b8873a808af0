"""Records what is due for an incident: each nudge once. The outbox does the reminding.

An incident has at most one open reminder in the war room, and one in the incidents channel. A step that calls nobody
new edits it; one that does is posted, and takes the place of the one before.
"""

from collections.abc import Sequence
from datetime import datetime

from bot.engine.clock.due import Recorded
from bot.engine.store.database import Session
from bot.engine.store.tables import ReminderRow
from bot.incident.domain.cadence import Nudge, Rung, calls_anew, look
from bot.incident.domain.effects import Broadcast, Effect, Remind
from bot.incident.domain.policy import Policy
from bot.incident.store import reminders
from bot.incident.store.incidents import Stored
from bot.incident.store.reminders import Sending, closed, refreshed


class Reminders:
    """Records the reminders of incidents.

    Args:
        policy: the promises.
        has_channel: whether there is an incidents channel for the last rung.
    """

    def __init__(self, policy: Policy, *, has_channel: bool) -> None:
        self._policy = policy
        self._has_channel = has_channel

    async def record(self, session: Session, claimed: Sequence[Stored], now: datetime) -> Recorded:
        """Record the nudges of some locked incidents at `now` (UTC)."""
        standing = await reminders.standing(session, [stored.id for stored in claimed])
        looks: dict[int, datetime | None] = {}
        sendings: list[Sending] = []
        for stored in claimed:
            nudges, looks[stored.id] = look(stored.state, self._policy, now)
            sendings += self._sendings(stored, nudges, standing.get(stored.id, []))
        new = await reminders.add(session, sendings, now)
        effects = [
            (sending.stored.team, sending.stored.id, effect)
            for sending, row_id in new
            for effect in _show(sending, row_id, standing.get(sending.stored.id, []), now)
        ]
        return Recorded(len(new), effects, looks)

    def _sendings(
        self, stored: Stored, nudges: Sequence[Nudge], standing: Sequence[ReminderRow]
    ) -> list[Sending]:
        """Where each nudge goes; if several go to one place, only the latest can be posted there."""
        latest = {self._goes_to_channel(stored, nudge): nudge for nudge in sorted(nudges, key=_slot)}
        sendings = []
        for nudge in nudges:
            broadcast = self._goes_to_channel(stored, nudge)
            before = _last(standing, broadcast=broadcast)
            stands = nudge is latest[broadcast] and _is_posted(stored, nudge, before)
            sendings.append(Sending(stored, nudge, broadcast, stands))
        return sendings

    def _goes_to_channel(self, stored: Stored, nudge: Nudge) -> bool:
        """Whether it goes to the incidents channel: not if the incident is private, or if there is no such channel."""
        return nudge.rung is Rung.CHANNEL and self._has_channel and not stored.state.private


def _slot(nudge: Nudge) -> datetime:
    return nudge.slot


def _is_posted(stored: Stored, nudge: Nudge, before: ReminderRow | None) -> bool:
    """Whether a nudge is posted: not if one of its rung or higher was recorded since its slot, nor if it calls nobody new."""
    if before is None:
        return True
    is_covered = before.fired_at >= nudge.slot and before.rung >= nudge.rung
    return not is_covered and calls_anew(stored.state, nudge, reminders.nudge_of(before))


def _show(sending: Sending, row_id: int, standing: Sequence[ReminderRow], now: datetime) -> list[Effect]:
    """The effects that post a new nudge instead of the open one, or update that one, and update the other place too."""
    elsewhere = _last(standing, broadcast=not sending.broadcast)
    others = refreshed(elsewhere) if elsewhere else []
    before = _last(standing, broadcast=sending.broadcast)
    if not sending.stands:
        return [*(refreshed(before) if before else []), *others]
    # Earlier releases left several open: those are not followed any more.
    for row in standing:
        if row.broadcast is sending.broadcast:
            row.answered_at = now
    kind = Broadcast if sending.broadcast else Remind
    return [kind(reminder=row_id, nudge=sending.nudge), *(closed(before) if before else []), *others]


def _last(standing: Sequence[ReminderRow], *, broadcast: bool) -> ReminderRow | None:
    return next((row for row in reversed(standing) if row.broadcast is broadcast), None)
