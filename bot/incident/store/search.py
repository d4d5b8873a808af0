"""Finds incidents, and whatever else has a title, by words: those of titles and summaries, and of services' names.

For the full text SQLite has a table (FTS5) and PostgreSQL a column (`tsvector`); migration 0008 explains how they are filled.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Integer, column, func, literal_column, table, text, union
from sqlmodel import col, exists, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from bot.engine.store.tables import StreamRow
from bot.engine.store.upsert import dialect_of
from bot.incident.domain.services import Services
from bot.incident.store.affected_services import affecting

AMONG_SERVICES_MAX = 5  # words that are looked for among services too: each is a subquery of its own

_TEXT: ColumnElement[Any] = literal_column("incident_words")
_TEXTS = table("incident_words", column("rowid", Integer))
_FOUND: ColumnElement[int] = _TEXTS.c.rowid
_ROW = StreamRow.__table__.alias("worded")  # type: ignore[attr-defined]  # SQLModel does not tell the type checker of it


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
        is_one = exists().where(col(StreamRow.id) == _FOUND, *conditions).correlate(_TEXTS)
        return _matching(words, " OR ").where(is_one).order_by(text("incident_words.rank"))
    found, query = _words_of("incidents"), _query(words, " | ")
    return (
        select(col(StreamRow.id))
        .where(*conditions, found.op("@@")(query))
        .order_by(func.ts_rank(found, query).desc())
    )


def _having(session: AsyncSession, words: Sequence[str]) -> SelectOfScalar[Any]:
    """The ids of the streams whose text has all of these words."""
    if dialect_of(session) == "sqlite":
        return _matching(words, " AND ")
    return select(_ROW.c.id).where(_words_of("worded").op("@@")(_query(words, " & ")))


def _matching(words: Sequence[str], combined: str) -> SelectOfScalar[Any]:
    """FTS5 reads a word in quotation marks as it is, and a star after it as "begins with" (SQLite docs, "FTS5")."""
    wanted = combined.join(f'"{word}" *' for word in words)
    return select(_FOUND).select_from(_TEXTS).where(_TEXT.op("MATCH")(wanted))


def _words_of(rows: str) -> ColumnElement[Any]:
    from sqlalchemy.dialects.postgresql import TSVECTOR  # noqa: PLC0415  # 4 MB that SQLite needs not

    return literal_column(f"{rows}.words", TSVECTOR)


def _query(words: Sequence[str], combined: str) -> ColumnElement[Any]:
    """PostgreSQL reads a word in quotation marks as it is, and `:*` after it as "begins with" (docs, "Text Search Types")."""
    return func.to_tsquery("simple", combined.join(f"'{word}':*" for word in words))
