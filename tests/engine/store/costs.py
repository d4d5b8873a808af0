"""The cost of a query, as a number that is the same on every machine: how much of the database it reads."""

import json
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

from sqlalchemy import event
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.engine.store.database import Database

Work = Callable[[AsyncSession], Awaitable[object]]


async def cost(database: Database, work: Work) -> int:
    """On SQLite the steps of its virtual machine, on PostgreSQL the rows that were read. Nothing is changed."""
    measure = _steps if database.is_sqlite else _rows
    async with AsyncSession(database.engine, expire_on_commit=False) as session:
        found = await measure(session, work)
        await session.rollback()
    return found


async def _steps(session: AsyncSession, work: Work) -> int:
    driver = (await (await session.connection()).get_raw_connection()).driver_connection
    assert driver is not None
    steps = 0

    def step() -> int:
        nonlocal steps
        steps += 1
        return 0  # continue

    await driver.set_progress_handler(step, 1)
    await work(session)
    await session.flush()
    await driver.set_progress_handler(None, 1)
    return steps


async def _rows(session: AsyncSession, work: Work) -> int:
    """Ask PostgreSQL how it ran each statement, in a transaction of its own that is rolled back."""
    connection = await session.connection()
    asked: list[tuple[str, Any]] = []

    def note(_conn: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        many = isinstance(parameters, list)  # one statement for many rows: one of them is enough
        asked.append((statement, parameters[0] if many else parameters))

    engine = connection.sync_connection
    event.listen(engine, "before_cursor_execute", note)
    await work(session)
    await session.flush()
    event.remove(engine, "before_cursor_execute", note)
    await session.rollback()
    connection = await session.connection()
    total = 0
    for statement, parameters in asked:
        explained = await connection.exec_driver_sql(
            f"EXPLAIN (ANALYZE, FORMAT JSON) {statement}", parameters
        )
        plan = explained.scalar_one()
        total += sum(
            _looked_at(node)
            for node in _nodes((json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"])
        )
    return total


def _nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for each in plan.get("Plans", ()):
        yield from _nodes(each)


def _looked_at(node: dict[str, Any]) -> int:
    if "Scan" not in node["Node Type"]:
        return 0
    removed = node.get("Rows Removed by Filter", 0) + node.get("Rows Removed by Index Recheck", 0)
    return int((node["Actual Rows"] + removed) * node["Actual Loops"])
