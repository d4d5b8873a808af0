"""Reminders: which incidents to look at, which nudges were recorded, which of them stand in Slack."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.incident.domain.cadence import Nudge, Promise, Rung
from bot.store.codec import OtherReleaseError
from bot.store.incidents import INCIDENTS, Stored
from bot.store.tables import ReminderRow, StreamRow
from bot.store.upsert import insert_into

_IDENTITY = [
    col(each) for each in (ReminderRow.stream_id, ReminderRow.promise, ReminderRow.slot, ReminderRow.rung)
]


@dataclass(frozen=True, slots=True)
class Sending:
    """A nudge that is to be recorded.

    Attributes:
        broadcast: whether it goes to the incidents channel.
        stands: whether a message of its own is posted; otherwise the one that stands already says it.
    """

    stored: Stored
    nudge: Nudge
    broadcast: bool
    stands: bool

    @property
    def identity(self) -> tuple[int, str, datetime, int]:
        """What makes it the same nudge as another."""
        return self.stored.id, self.nudge.promise, self.nudge.slot, int(self.nudge.rung)


async def claim_due(session: AsyncSession, team: str, now: datetime, limit: int) -> list[Stored]:
    """Lock the incidents of a workspace that are to be looked at, earliest first; others skip what is locked."""
    query = (
        select(col(StreamRow.id), StreamRow.state)
        .where(*INCIDENTS.of(team), col(StreamRow.next_look_at) <= now)
        .order_by(col(StreamRow.next_look_at))
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    rows = (await session.exec(query)).all()
    found = []
    for stream_id, document in [(each, document) for each, document in rows if each is not None]:
        try:
            found.append(Stored(stream_id, team, await INCIDENTS.state(session, stream_id, document)))
        except OtherReleaseError:
            continue  # a replica of that release looks at it
    return found


async def look_again(session: AsyncSession, looks: Mapping[int, datetime | None]) -> None:
    """Set when to look at each of these incidents next."""
    if looks:
        statement = update(StreamRow).where(col(StreamRow.id) == bindparam("incident"))
        rows = [{"incident": stream_id, "next_look_at": at} for stream_id, at in looks.items()]
        await (await session.connection()).execute(statement, rows)


async def look_at_all(session: AsyncSession, team: str, now: datetime) -> None:
    """Look at every open incident of a workspace now, also where a clock that was ahead has put that off."""
    later = update(StreamRow).where(*INCIDENTS.of(team), col(StreamRow.next_look_at) > now)
    await session.exec(later.values(next_look_at=now), execution_options={"synchronize_session": False})


async def add(session: AsyncSession, sendings: Sequence[Sending], now: datetime) -> list[tuple[Sending, int]]:
    """Record nudges; those that are new, with their ids. What was recorded before stays as it is."""
    if not sendings:
        return []
    statement = (
        insert_into(session, ReminderRow)
        .on_conflict_do_nothing(index_elements=_IDENTITY)
        .returning(col(ReminderRow.id), *_IDENTITY)
    )
    rows = [_row(sending, now) for sending in sendings]
    new = (await (await session.connection()).execute(statement, rows)).all()
    sent: dict[tuple[Any, ...], Sending] = {sending.identity: sending for sending in sendings}
    return [(sent[tuple(identity)], row_id) for row_id, *identity in new if row_id is not None]


async def get(session: AsyncSession, reminder_id: int) -> ReminderRow:
    """One reminder."""
    return await session.get_one(ReminderRow, reminder_id)


async def by_ids(session: AsyncSession, ids: Iterable[int]) -> dict[int, ReminderRow]:
    """Those of these reminders that there are, by id."""
    wanted = list(ids)
    if not wanted:
        return {}
    rows = (await session.exec(select(ReminderRow).where(col(ReminderRow.id).in_(wanted)))).all()
    return {row.id: row for row in rows if row.id is not None}


async def standing(session: AsyncSession, stream_ids: Iterable[int]) -> dict[int, list[ReminderRow]]:
    """The reminders of these incidents that nothing has answered or replaced, each incident's oldest first."""
    wanted = list(stream_ids)
    if not wanted:
        return {}
    query = (
        select(ReminderRow)
        .where(col(ReminderRow.stream_id).in_(wanted), col(ReminderRow.answered_at).is_(None))
        .order_by(col(ReminderRow.id))
    )
    found: dict[int, list[ReminderRow]] = {}
    for row in (await session.exec(query)).all():
        found.setdefault(row.stream_id, []).append(row)
    return found


def nudge_of(row: ReminderRow) -> Nudge:
    """The nudge that a row records."""
    return Nudge(Promise(row.promise), row.slot, Rung(row.rung))


def _row(sending: Sending, now: datetime) -> dict[str, Any]:
    stream_id, promise, slot, rung = sending.identity
    return {
        "team_id": sending.stored.team,
        "stream_id": stream_id,
        "promise": promise,
        "slot": slot,
        "rung": rung,
        "fired_at": now,
        "broadcast": sending.broadcast,
        "answered_at": None if sending.stands else now,
        "channel": "",
        "ts": "",
        "answered_by": "",
    }
