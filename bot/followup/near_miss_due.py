"""Records which near misses nobody has answered in time: each once, and again only if its reporter brings it back."""

from collections.abc import Sequence
from datetime import datetime

from bot.engine.clock.due import Recorded
from bot.engine.store import reminders
from bot.engine.store.database import Session
from bot.engine.store.reminders import Identity, Reminder
from bot.followup.domain.near_miss import NearMiss
from bot.followup.domain.near_miss_effects import RemindOfNearMiss
from bot.followup.store.near_misses import Stored

PROMISE = "near miss"


def next_look(item: NearMiss, _now: datetime) -> datetime | None:
    """When it must be answered (UTC), if it waits."""
    return item.due_at if item.waits else None


async def record(session: Session, claimed: Sequence[Stored], now: datetime) -> Recorded:
    """Record what is due for some locked near misses at `now` (UTC)."""
    due = {
        Identity(each.id, PROMISE, each.state.due_at, 0): each
        for each in claimed
        if each.state.waits and each.state.due_at and each.state.due_at <= now
    }
    wanted = [
        Reminder(each.team, identity, broadcast=False, is_posted=False) for identity, each in due.items()
    ]
    new = await reminders.add(session, wanted, now)
    effects = [(due[each].team, each.stream_id, RemindOfNearMiss(each.slot)) for each in new]
    looks = {
        each.id: ahead if (ahead := next_look(each.state, now)) and ahead > now else None for each in claimed
    }
    return Recorded(len(effects), effects, looks)
