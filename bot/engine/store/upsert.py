"""An INSERT that handles existing rows: SQLite and PostgreSQL each have their own."""

from sqlalchemy.dialects.sqlite import Insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession


def dialect_of(session: AsyncSession) -> str:
    """The name of the dialect of the session's database."""
    return session.get_bind().dialect.name


def insert_in(dialect: str, table: type[SQLModel]) -> Insert:
    """An INSERT with `on_conflict_…`, in this dialect.

    The statements of both dialects have the same methods; SQLite's is the type here for both.
    """
    if dialect == "sqlite":
        return sqlite_insert(table)
    from sqlalchemy.dialects.postgresql import insert as postgres_insert  # noqa: PLC0415  # 4 MB that SQLite needs not

    statement: Insert = postgres_insert(table)  # type: ignore[assignment]  # see above
    return statement
