"""Executes statements that every act needs."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import CursorResult, Executable
from sqlmodel.ext.asyncio.session import AsyncSession


async def execute(
    session: AsyncSession, statement: Executable, values: Mapping[str, Any] | Sequence[Mapping[str, Any]]
) -> CursorResult[Any]:
    """Execute a statement that was built once. The session's objects are written first, but not changed by it.

    To build a statement takes SQLAlchemy longer than to execute it, and an object takes three times as long as a row.

    Args:
        session: a transaction.
        statement: the statement, with parameters (`bindparam`), or an INSERT.
        values: the parameters, or several rows to insert.
    """
    await session.flush()
    connection = await session.connection()
    return await connection.execute(statement, values)
