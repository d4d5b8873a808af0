"""Finds incidents, and whatever else has a title, by their words, with the full-text search of the database.

SQLite has a table for that (FTS5), PostgreSQL a column (`tsvector`); migration 0008 explains how they are filled.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Integer, column, func, literal_column, table, text
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from bot.engine.store.tables import StreamRow
from bot.engine.store.upsert import dialect_of

_WORDS = table("incident_words", column("rowid", Integer))
_FOUND: ColumnElement[int] = _WORDS.c.rowid


def has_all(session: AsyncSession, words: Sequence[str]) -> ColumnElement[bool]:
    """The condition for incidents that have all of these words, or words that begin with them."""
    if dialect_of(session) == "sqlite":
        return col(StreamRow.id).in_(_matching(words, " AND "))
    return literal_column("incidents.words", TSVECTOR).op("@@")(_query(words, " & "))


def most_alike(
    session: AsyncSession, words: Sequence[str], *conditions: ColumnElement[bool]
) -> SelectOfScalar[Any]:
    """The ids of the streams that have any of these words, the most similar first.

    Args:
        session: a transaction.
        words: what is looked for.
        conditions: of which workspace and subject they are. Streams of all subjects have words.
    """
    if dialect_of(session) == "sqlite":
        named = select(StreamRow.id).where(*conditions)
        return _matching(words, " OR ").where(_FOUND.in_(named)).order_by(text("incident_words.rank"))
    found, query = literal_column("incidents.words", TSVECTOR), _query(words, " | ")
    return (
        select(col(StreamRow.id))
        .where(*conditions, found.op("@@")(query))
        .order_by(func.ts_rank(found, query).desc())
    )


def _matching(words: Sequence[str], combined: str) -> SelectOfScalar[Any]:
    """FTS5 reads a word in quotation marks as it is, and a star after it as "begins with" (SQLite docs, "FTS5")."""
    wanted = combined.join(f'"{word}" *' for word in words)
    matches = text("incident_words MATCH :wanted").bindparams(wanted=wanted)
    return select(_FOUND).select_from(_WORDS).where(matches)


def _query(words: Sequence[str], combined: str) -> ColumnElement[Any]:
    """PostgreSQL reads a word in quotation marks as it is, and `:*` after it as "begins with" (docs, "Text Search Types")."""
    return func.to_tsquery("simple", combined.join(f"'{word}':*" for word in words))
