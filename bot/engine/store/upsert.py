"""INSERT that minds what is there already: SQLite and PostgreSQL each bring their own."""

from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import Insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession


def insert_into(session: AsyncSession, table: type[SQLModel]) -> Insert:
    """An INSERT that takes `on_conflict_…`, in the words of the session's database.

    Both dialects' statements have the same methods; SQLite's stands here as the type of either.
    """
    if session.get_bind().dialect.name == "sqlite":
        return sqlite_insert(table)
    statement: Insert = postgres_insert(table)  # type: ignore[assignment]  # see above
    return statement
