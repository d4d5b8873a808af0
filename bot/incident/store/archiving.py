"""Records once that a war room must be asked about its archiving, and that it must be archived."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import bindparam
from sqlmodel import col, select

from bot.engine.store import reminders
from bot.engine.store.database import Session
from bot.engine.store.reminders import Identity, Reminder
from bot.engine.store.tables import ReminderRow
from bot.incident.domain.archiving import ASKED_BEFORE, archive_at, ask_at
from bot.incident.domain.effects import ArchiveRoom, AskToArchive
from bot.incident.domain.policy import Policy
from bot.incident.store.incidents import Stored

ASK, ARCHIVE = "archive_question", "archive"  # in the place of a promise

Due = tuple[str, int, AskToArchive | ArchiveRoom]

_ASKED = select(ReminderRow).where(
    col(ReminderRow.stream_id).in_(bindparam("streams", expanding=True)), col(ReminderRow.promise) == ASK
)


async def record(
    session: Session, claimed: Sequence[Stored], policy: Policy, now: datetime
) -> tuple[list[Due], dict[int, datetime]]:
    """The effects that ask or archive, for what is due now and was not recorded before, and when to look again.

    A room is archived a day after it was asked at the earliest, also if nobody could ask in time.
    """
    due = [each for each in claimed if (asked := ask_at(each.state, policy)) and asked <= now]
    if not due:
        return [], {}
    asked_at = await _asked_at(session, [each.id for each in due])
    effects: dict[Identity, Due] = {}
    looks: dict[int, datetime] = {}
    for stored in due:
        identity, effect, look = _next_step(stored, policy, asked_at, now)
        if look:
            looks[stored.id] = look
        effects[identity] = (stored.team, stored.id, effect)
    wanted = [
        Reminder(team, identity, broadcast=False, is_posted=False)
        for identity, (team, _, _) in effects.items()
    ]
    new = await reminders.add(session, wanted, now)
    return [effect for identity, effect in effects.items() if identity in new], looks


def _next_step(
    stored: Stored, policy: Policy, asked_at: Mapping[tuple[int, datetime], datetime], now: datetime
) -> tuple[Identity, AskToArchive | ArchiveRoom, datetime | None]:
    """Ask, or archive once the room has had a day to answer."""
    asked, at = ask_at(stored.state, policy), archive_at(stored.state, policy)
    assert asked is not None  # noqa: S101  # only such incidents are passed
    assert at is not None  # noqa: S101
    ends = max(at, asked_at.get((stored.id, asked), now) + ASKED_BEFORE)
    if ends > now:
        return Identity(stored.id, ASK, asked, 0), AskToArchive(asked), ends
    return Identity(stored.id, ARCHIVE, at, 0), ArchiveRoom(), None


async def _asked_at(session: Session, streams: Sequence[int]) -> dict[tuple[int, datetime], datetime]:
    """When the questions of these incidents were recorded, by the time since when they were due."""
    rows = (await session.exec(_ASKED, params={"streams": list(streams)})).all()
    return {(row.stream_id, row.slot): row.fired_at for row in rows}
