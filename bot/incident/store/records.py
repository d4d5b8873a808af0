"""The records of many incidents, for figures. Only the few columns that they need are read, not the whole states."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, DateTime, Row, RowMapping, Select, select, type_coerce
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.engine.store.tables import EntryRow, StreamRow
from bot.incident.domain.decider import INCIDENT
from bot.incident.domain.kinds import Kind, kind_of_title
from bot.incident.domain.promise_tally import PromiseStep
from bot.incident.domain.records import Past, Period, Record
from bot.incident.domain.vocabulary import Milestone, Severity, Status
from bot.incident.store.incidents import INCIDENTS, UNREADABLE, visible

_PROMISE = ("UpdatePosted", "SeverityChanged", "StatusChanged", "Cancelled", "MarkedDuplicate", "Snoozed")
PART = 4000  # rows that are read at a time: each part holds the loop for some hundredths of a second
_PLAIN = (
    "title",
    "severity",
    "status",
    "private",
    "without_room",
    "declared_by",
    "ended_at",
    "shape",
    "kind",
)
_ID, _STATE, _PAYLOAD = col(StreamRow.id), col(StreamRow.state), col(EntryRow.payload)
# As the driver returns it: to turn each of tens of thousands into an aware time by its type takes longer than to read it.
_AT = type_coerce(col(EntryRow.at), DateTime(timezone=True))
_DECLARATION = (col(EntryRow.stream_id) == _ID) & (col(EntryRow.seq) == 1)
_RECORD: tuple[Any, ...] = (
    _ID,
    col(StreamRow.number),
    col(StreamRow.version),
    col(StreamRow.private).label("listed_private"),
    _AT.label("at"),
    *(_STATE[name].as_string().label(name) for name in _PLAIN),
    *(_STATE[name].label(name) for name in ("milestones", "severities")),
)
_STEP: tuple[Any, ...] = (
    col(EntryRow.stream_id),
    col(EntryRow.kind),
    _AT,
    col(EntryRow.by),
    *(_PAYLOAD[name].as_string() for name in ("new", "next_by", "until")),
)
_TRUE = ("true", "1", 1)  # as PostgreSQL and SQLite write it


def everybodys() -> tuple[ColumnElement[bool], ...]:
    """The condition for incidents that are not private."""
    return (~col(StreamRow.private),)


def of_viewer(
    person: str, *, is_guest: bool = False, sees_private: bool = False
) -> tuple[ColumnElement[bool], ...]:
    """The condition for incidents that this person may see."""
    return visible(person, is_guest=is_guest, sees_private=sees_private)


async def records(
    session: AsyncSession,
    team: str,
    period: Period,
    conditions: Sequence[ColumnElement[bool]],
    severity: Severity | None = None,
) -> Past:
    """The records of the incidents that were declared in a period and meet the conditions.

    Args:
        session: a session; it reads twice, so a transaction shows both as of one moment.
        team: the workspace.
        period: when they were declared.
        conditions: those of `everybodys` or `of_viewer`; without any, all incidents.
        severity: only those that have this severity now.
    """
    wanted = declared_in(team, period, conditions, severity)
    connection = await session.connection()
    steps = await _steps(connection, wanted)
    query = (
        select(*_RECORD).join(EntryRow, _DECLARATION).where(_ID.in_(wanted)).order_by(col(StreamRow.number))
    )
    found: list[Record] = []
    unreadable = 0
    async for row in _rows(connection, query):
        record = await _record(session, row._mapping, steps.get(row.id, ()))  # noqa: SLF001  # SQLAlchemy's public name
        if record is None:
            unreadable += 1
        elif not record.private or row.listed_private:  # the columns find it, but the state decides
            found.append(record)
    return Past(found, unreadable)


def declared_in(
    team: str,
    period: Period,
    conditions: Sequence[ColumnElement[bool]],
    severity: Severity | None = None,
) -> Select[Any]:
    """The ids of the streams of these incidents. The first entry of a timeline is the declaration."""
    query = (
        select(_ID)
        .join(EntryRow, _DECLARATION)
        .where(
            *INCIDENTS.of(team), col(EntryRow.at) >= period.start, col(EntryRow.at) < period.end, *conditions
        )
    )
    return query.where(col(StreamRow.rank) == severity) if severity else query


async def _rows(connection: AsyncConnection, query: Select[Any]) -> AsyncIterator[Row[Any]]:
    """The rows of a query. They are read in parts, so that others get turns in between."""
    async with connection.stream(query) as found:
        async for part in found.partitions(PART):
            for row in part:
                yield row
            await asyncio.sleep(0)


async def _steps(connection: AsyncConnection, wanted: Select[Any]) -> Mapping[int, list[Row[Any]]]:
    query = (
        select(*_STEP)
        .where(col(EntryRow.stream_id).in_(wanted), col(EntryRow.kind).in_(_PROMISE))
        .order_by(col(EntryRow.stream_id), col(EntryRow.seq))
    )
    found: dict[int, list[Row[Any]]] = defaultdict(list)
    async for row in _rows(connection, query):
        found[row[0]].append(row)
    return found


def _step(row: Sequence[Any]) -> PromiseStep:
    _, kind, at, by, new, next_by, until = row
    at = _aware(at)
    if kind == "UpdatePosted":
        return PromiseStep(at, by, is_update=True, next_by=_moment(next_by))
    if kind == "Snoozed":
        return PromiseStep(at, by, until=_moment(until))
    if kind == "SeverityChanged":
        return PromiseStep(at, by, severity=Severity(int(new)))
    return PromiseStep(at, by, status=Status(new))


async def _record(session: AsyncSession, row: RowMapping, steps: Sequence[Row[Any]]) -> Record | None:
    """The record of a row; None if it is unreadable."""
    try:
        if row["shape"] != str(INCIDENT.shape):
            incident = await INCIDENTS.state(session, row["id"], {"shape": None})
            first = PromiseStep(_aware(row["at"]), incident.declared_by, severity=incident.severities[0])
            return Record.of(incident, [first, *map(_step, steps)])
        severity = Severity(int(row["severity"]))
        severities = [Severity(each) for each in row["severities"] or (severity,)]
        return Record(
            number=row["number"],
            version=row["version"],
            title=row["title"],
            severity=severity,
            first_severity=severities[0],
            worst=min(severity, *severities),
            status=Status(row["status"]),
            private=row["private"] in _TRUE,
            without_room=row["without_room"] in _TRUE,
            declared_by=row["declared_by"],
            declared_at=_aware(row["at"]),
            ended_at=_moment(row["ended_at"]),
            milestones={
                Milestone(name): datetime.fromisoformat(at) for name, at in row["milestones"].items()
            },
            is_drill=Kind(row["kind"] or kind_of_title(row["title"])) is Kind.DRILL,
            steps=[
                PromiseStep(_aware(row["at"]), row["declared_by"], severity=severities[0]),
                *map(_step, steps),
            ],
        )
    except (*UNREADABLE, ValueError, TypeError, AttributeError, KeyError):
        return None


def _aware(moment: datetime) -> datetime:
    """A time with its zone, which SQLite does not store."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _moment(written: str | None) -> datetime | None:
    return datetime.fromisoformat(written) if written else None
