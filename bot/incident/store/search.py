"""Finds incidents by words: those of titles and summaries, with the full-text search of the database, and services' names.

For the full text SQLite has a table (FTS5) and PostgreSQL a column (`tsvector`); migration 0008 explains how they are filled.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Integer, func, literal_column, text, union
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from bot.engine.store.tables import StreamRow
from bot.engine.store.upsert import dialect_of
from bot.incident.domain.services import Services
from bot.incident.store.affected_services import affecting

AMONG_SERVICES_MAX = 5  # words that are looked for among services too: each is a subquery of its own

_TEXT: ColumnElement[Any] = literal_column("incident_words")
_FOUND = literal_column("incident_words.rowid", Integer)
_ROW = StreamRow.__table__.alias("worded")  # type: ignore[attr-defined]  # SQLModel does not tell the type checker of it
_WORDS = literal_column("worded.words", TSVECTOR)


def has_all(
    session: AsyncSession, team: str, words: Sequence[str], services: Services
) -> list[ColumnElement[bool]]:
    """The conditions for incidents that have all of these words, or words that begin with them.

    Each of the first few words may be in the name of an affected service instead. If the policy has services, it may also
    be the key of one that the policy does not have any more.
    """
    among_services = words[:AMONG_SERVICES_MAX] if services else ()
    is_one = col(StreamRow.id)
    found: list[ColumnElement[bool]] = [
        is_one.in_(union(_having(session, [word]), affecting(team, services.beginning_with(word) | {word})))
        for word in among_services
    ]
    others = words[len(among_services) :]
    return [*found, is_one.in_(_having(session, others))] if others else found


def most_alike(session: AsyncSession, words: Sequence[str]) -> SelectOfScalar[Any]:
    """The ids of the incidents that have any of these words, the most similar first."""
    if dialect_of(session) == "sqlite":
        return _matching(words, " OR ").order_by(text("rank"))
    query = _query(words, " | ")
    return _with_words(query).order_by(func.ts_rank(_WORDS, query).desc())


def _having(session: AsyncSession, words: Sequence[str]) -> SelectOfScalar[Any]:
    """The ids of the incidents whose text has all of these words."""
    if dialect_of(session) == "sqlite":
        return _matching(words, " AND ")
    return _with_words(_query(words, " & "))


def _matching(words: Sequence[str], combined: str) -> SelectOfScalar[Any]:
    """FTS5 reads a word in quotation marks as it is, and a star after it as "begins with" (SQLite docs, "FTS5")."""
    wanted = combined.join(f'"{word}" *' for word in words)
    return select(_FOUND).select_from(text("incident_words")).where(_TEXT.op("MATCH")(wanted))


def _with_words(query: ColumnElement[Any]) -> SelectOfScalar[Any]:
    return select(_ROW.c.id).where(_WORDS.op("@@")(query))


def _query(words: Sequence[str], combined: str) -> ColumnElement[Any]:
    """PostgreSQL reads a word in quotation marks as it is, and `:*` after it as "begins with" (docs, "Text Search Types")."""
    return func.to_tsquery("simple", combined.join(f"'{word}':*" for word in words))
