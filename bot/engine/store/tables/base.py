"""What all tables have in common."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    TypeDecorator,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

REMOVED = "removed by the retention"  # in the info of a column beside a stream: it is emptied when the stream is redacted


class Table(SQLModel):
    """The base of every table: constraints have names, so that Alembic can change them on SQLite too."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class Utc(TypeDecorator[datetime]):
    """An aware UTC time. SQLite does not store zones; a naive time is refused, because its zone would be a guess."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Callable[[datetime | None], Any] | None:
        """On SQLite, write times as SQLAlchemy does (`2026-01-31 09:30:00.000000`), in half the time."""
        return _as_sqlite_stores if dialect.name == "sqlite" else super().bind_processor(dialect)

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse naive times."""
        del dialect
        return _in_utc(value) if value is not None else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Add the UTC zone to SQLite's times."""
        del dialect
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _in_utc(value: datetime) -> datetime:
    if value.tzinfo is None:
        raise ValueError(f"naive time {value!r}: every time in warroom is aware")
    return value if value.tzinfo is UTC else value.astimezone(UTC)


def _as_sqlite_stores(value: datetime | None) -> str | None:
    if value is None:
        return None
    return _in_utc(value).isoformat(" ", "microseconds").removesuffix("+00:00")


Json = JSON().with_variant(JSONB(), "postgresql")
Id = BigInteger().with_variant(Integer(), "sqlite")  # SQLite autoincrements INTEGER only


def partial_index(name: str, *columns: str, where: str, on_sqlite: str = "") -> Index:
    """An index of only the rows that are looked for, so that it does not grow with closed streams and done effects.

    A query uses it only if it contains the same `where` literally: not with a bound parameter.
    """
    return Index(name, *columns, postgresql_where=text(where), sqlite_where=text(on_sqlite or where))


def stream_id_column(*, primary_key: bool = False) -> Any:
    """The column that tells which stream a row belongs to.

    The table and this column keep their names from release 0.2, when every stream was an incident, so that a replica of
    0.2 beside this one finds them (docs/decisions, 0016).
    """
    column = Column(
        "incident_id",
        Id,
        ForeignKey("incidents.id"),
        key="stream_id",
        primary_key=primary_key,
        nullable=False,
        autoincrement=False,
    )
    return Field(sa_column=column)


def id_column() -> Any:
    """The column with the number of the row."""
    return Field(default=None, sa_column=Column(Id, primary_key=True, autoincrement=True))
