"""Carries a whole database over to another one: from SQLite to PostgreSQL, back, or to another machine.

The file has one JSON object a line: a header, the rows of each table, and an end, without which it is known to be cut
off. Every row is in the order of its key and every object in the order of its names, so that two databases with the
same contents give the same file.
"""

import json
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Column, CompoundSelect, Date, Select, func, insert, select, union
from sqlalchemy import Table as SqlTable
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core.errors import WarroomError
from bot.engine.store.schema import newest
from bot.engine.store.tables import EffectRow, EffectState, EntryRow, StreamRow, Table, Utc

FORMAT = 1
PART = 500  # rows that are read or written at a time
TABLES: tuple[SqlTable, ...] = tuple(Table.metadata.sorted_tables)  # each after those to which its rows refer
_BY_NAME = {table.name: table for table in TABLES}
_OPEN = (EffectState.WAITING, EffectState.LEASED)

Progress = Callable[[int], None]  # is told how many rows were carried over since the last time


class ExportFileError(WarroomError):
    """The file cannot be imported; the message says why and what to do. Nothing was changed."""


class Imported(NamedTuple):
    """What came of an import.

    Attributes:
        rows: how many rows were written.
        repaired: in how many of them something was replaced that PostgreSQL does not take: half a character, or NUL.
    """

    rows: int
    repaired: int


async def count(session: AsyncSession, since: datetime | None) -> int:
    """How many rows `export` will give."""
    connection = await session.connection()
    counts = [select(func.count()).select_from(_wanted(table, since).subquery()) for table in TABLES]
    return sum([(await connection.execute(query)).scalar_one() for query in counts])


async def export(session: AsyncSession, since: datetime | None, progress: Progress) -> AsyncIterator[str]:
    """The lines of the file, each with its line feed.

    What waits to be shown in Slack is in doubt in the file, as in a backup: when it is imported, Slack may already show
    it, so that it is looked for before it is sent.

    Args:
        session: a snapshot, in which every query sees the same moment.
        since: only the streams to whose timeline something was added at that time (UTC) or later, each of them whole;
            None for all. What belongs to no stream, such as people and subscriptions, is always whole.
        progress: is told of the rows.
    """
    yield _line({"warroom": "export", "format": FORMAT, "schema": newest(), "since": _written(since)})
    rows = 0
    connection = await session.connection()
    for table in TABLES:
        keys = [column.key for column in table.columns]
        async with connection.stream(_wanted(table, since).order_by(*table.primary_key.columns)) as found:
            async for part in found.partitions(PART):
                for row in part:
                    yield _line({"table": table.name, "row": _row(table, dict(zip(keys, row, strict=True)))})
                rows += len(part)
                progress(len(part))
    yield _line({"end": True, "rows": rows})


async def load(session: AsyncSession, lines: Iterable[str], progress: Progress) -> Imported:
    """Write the rows of a file into an empty database, in one transaction.

    Args:
        session: the transaction.
        lines: the lines of the file.
        progress: is told of the rows.

    Raises:
        ExportFileError: the file is damaged, cut off, or another release's; or the database is not empty.
    """
    connection = await session.connection()
    for table in TABLES:
        if (await connection.execute(select(table).limit(1))).first():
            raise ExportFileError(
                "the database is not empty, and an import replaces nothing: set DATABASE_URL to a new one."
            )
    rows = repaired = 0
    for table, part in _parts(_checked(lines)):
        whole = [_repaired(row) for row in part]
        await connection.execute(insert(table), [_read(table, row) for row in whole])
        repaired += sum(row != before for row, before in zip(whole, part, strict=True))
        rows += len(part)
        progress(len(part))
    if connection.dialect.name == "postgresql":
        for table in TABLES:
            await _continue_numbers(session, table)
    return Imported(rows, repaired)


def _wanted(table: SqlTable, since: datetime | None) -> Select[Any]:
    query = select(table)
    if since is None:
        return query
    recent = _recent(since)
    if "stream_id" in table.columns:
        return query.where(table.c.stream_id.in_(recent))
    return query.where(table.c.id.in_(recent)) if table.name == StreamRow.__tablename__ else query


def _recent(since: datetime) -> CompoundSelect[Any]:
    """The ids of the streams that have changed since, and of those to which their rows refer."""
    entries = _BY_NAME[str(EntryRow.__tablename__)]
    changed = select(entries.c.stream_id).where(entries.c.recorded_at >= since)
    referred = [
        select(column).where(table.c.stream_id.in_(changed))
        for table in TABLES
        for column in table.columns
        if column.foreign_keys and column.key != "stream_id"
    ]
    return union(changed, *referred)


def _row(table: SqlTable, row: dict[str, Any]) -> dict[str, Any]:
    """The row as it is in the file."""
    if table.name == EffectRow.__tablename__ and row["state"] in _OPEN:
        row |= {"doubt": True, "state": EffectState.WAITING, "leased_by": ""}
    return {key: _written(value) for key, value in row.items()}


def _written(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _line(thing: Mapping[str, Any]) -> str:
    # In ASCII: 0.2.0 has stored half an emoji as it came, which UTF-8 cannot hold.
    return json.dumps(thing, sort_keys=True, separators=(",", ":")) + "\n"


def _checked(lines: Iterable[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The table and columns of each row, once the header is right; at the end, whether all rows are there."""
    objects = _objects(lines)
    _, header = next(objects, (0, {}))
    if header.get("warroom") != "export":
        raise ExportFileError("this is no file of `warroom export`.")
    if (header.get("format"), header.get("schema")) != (FORMAT, newest()):
        raise ExportFileError(
            f"it was made by another release (schema {header.get('schema')}, and this one has {newest()}): import it "
            "with that release, and start this one on that database."
        )
    for number, each in objects:
        if each.get("end"):
            if each.get("rows") != number - 2 or next(objects, None):
                raise ExportFileError("it does not have the rows that it says it has: export again.")
            return
        name, row = each.get("table"), each.get("row")
        if name not in _BY_NAME or not isinstance(row, dict):
            raise ExportFileError(f"line {number} is no row of a table of this release: export again.")
        yield name, row
    raise ExportFileError("it is cut off: its end is missing. Export again.")


def _objects(lines: Iterable[str]) -> Iterator[tuple[int, dict[str, Any]]]:
    """The objects of the file with the numbers of their lines."""
    for number, line in enumerate(lines, 1):
        try:
            found = json.loads(line)
        except ValueError:
            found = None
        if not isinstance(found, dict):
            raise ExportFileError(f"line {number} is not what `warroom export` writes: export again.")
        yield number, found


def _parts(rows: Iterable[tuple[str, dict[str, Any]]]) -> Iterator[tuple[SqlTable, list[dict[str, Any]]]]:
    """Rows that follow each other in one table, some hundred at a time."""
    name, part = "", list[dict[str, Any]]()
    for table, row in rows:
        if part and (table != name or len(part) == PART):
            yield _BY_NAME[name], part
            part = []
        name = table
        part.append(row)
    if part:
        yield _BY_NAME[name], part


def _read(table: SqlTable, row: Mapping[str, Any]) -> dict[str, Any]:
    """The row as the database takes it.

    Raises:
        ExportFileError: it does not have this table's columns.
    """
    if row.keys() != set(table.columns.keys()):
        raise ExportFileError(
            f"a row of the table {table.name} has other columns than this release's: export again."
        )
    return {column.key: _value(column, row[column.key]) for column in table.columns}


def _value(column: Column[Any], value: Any) -> Any:
    kind = datetime if isinstance(column.type, Utc) else date
    if value is None or not isinstance(column.type, Utc | Date):
        return value
    try:
        return kind.fromisoformat(value)
    except (TypeError, ValueError):
        raise ExportFileError(
            f"“{value}” is no time, in a row of {column.table.name}: export again."
        ) from None


def _repaired(value: Any) -> Any:
    """The same value; half a character, and the character NUL, become the sign for one that cannot be shown."""
    if isinstance(value, str):
        return value.replace("\0", "\ufffd").encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, dict):
        return {_repaired(key): _repaired(each) for key, each in value.items()}
    return [_repaired(each) for each in value] if isinstance(value, list) else value


async def _continue_numbers(session: AsyncSession, table: SqlTable) -> None:
    """Let PostgreSQL number new rows after those that came with their numbers."""
    if table.autoincrement_column is None:
        return
    number = table.autoincrement_column
    sequence = func.pg_get_serial_sequence(table.name, number.name)
    await (await session.connection()).execute(select(func.setval(sequence, func.max(number))))
