"""Finds drills. The full text finds those with the word in their titles, and the state says which of them are drills."""

from sqlalchemy import ColumnElement, and_, func, or_
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.engine.store.tables import StreamRow
from bot.incident.domain.kinds import Kind
from bot.incident.domain.services import NO_SERVICES
from bot.incident.store import search

# What `kinds.kind_of_title` understands, as far as a pattern can say it.
_TITLES = [
    f"{before}drill{mark}%"
    for before in ("", "_")
    for mark in (":", " :", "]", ")", "-", " -", " \u2013", " \u2014")
]


def drills(session: AsyncSession, team: str) -> list[ColumnElement[bool]]:
    """The conditions for drills. An earlier release stored no kind: then the title says it, as `Drill:` or `[drill]`."""
    kind, title = (col(StreamRow.state)[name].as_string() for name in ("kind", "title"))
    beginning = func.lower(title)
    by_title = or_(beginning == "drill", *(beginning.like(each) for each in _TITLES))
    is_one = or_(kind == Kind.DRILL.value, and_(kind.is_(None), by_title))
    return [*search.has_all(session, team, ["drill"], NO_SERVICES), is_one]
