"""What an act must know in addition to its stream, read in one round trip."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    bindparam,
    cast,
    literal_column,
    null,
    select,
    union_all,
)
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.engine.store.acts import Act, Trace, Traces
from bot.engine.store.failures import dead_warnings, lane_of, unshown_warnings
from bot.engine.store.kinds import Kinds
from bot.engine.store.statements import execute
from bot.engine.store.tables import OWN_CHANNEL, ActRow, EffectRow, PersonRow, PlaceRow, Table

_ACTS, _EFFECTS, _PEOPLE, _PLACES = (
    Table.metadata.tables[str(row.__tablename__)].c for row in (ActRow, EffectRow, PersonRow, PlaceRow)
)


@dataclass(frozen=True, slots=True)
class ActContext:
    """What an act must know in addition to its stream.

    Attributes:
        traces: the traces of this act, or of one that counts as the same.
        known_people: the known ones of the people.
        unshown_warnings: warnings of this stream that its own channel could not show.
        room: the id of the stream's own channel; empty if that is not open.
    """

    traces: Traces
    known_people: frozenset[str]
    unshown_warnings: tuple[Any, ...]
    room: str


async def read_act_context(
    session: AsyncSession,
    kinds: Kinds,
    team: str,
    act: Act | None,
    people: Collection[str],
    *,
    stream_id: int | None,
) -> ActContext:
    """What an act must know in addition to its stream.

    Args:
        session: a transaction that has locked what the act changes, so that nobody else does the same act.
        kinds: the kinds of the subject's effects.
        team: the workspace.
        act: the act whose traces are wanted; None if it has no identity of its own.
        people: people who may be known.
        stream_id: the stream whose warnings and room are wanted; None if it does not exist yet.
    """
    wanted: dict[str, Any] = {"team": team, "people": people}
    if act:
        wanted["keys"] = act.keys
    if stream_id is not None:
        wanted |= {"stream": stream_id, "lane": lane_of(kinds, stream_id)}
    query = _query(of_act=act is not None, of_stream=stream_id is not None)
    rows = (await execute(session, query, wanted)).all()
    return ActContext(
        traces={row.key: Trace(row.number, row.at, row.digest) for row in rows if row.what == "act"},
        known_people=frozenset(row.key for row in rows if row.what == "person"),
        unshown_warnings=unshown_warnings(
            kinds, ((row.number, row.key, row.payload) for row in rows if row.what == "warning")
        ),
        room=next((row.key for row in rows if row.what == "room"), ""),
    )


@cache
def _query(*, of_act: bool, of_stream: bool) -> CompoundSelect[Any]:
    """Built once, like all that every act executes: to build it takes SQLAlchemy longer than to execute it."""
    parts = [_known()]
    if of_act:
        parts.append(_traces())
    if of_stream:
        parts += [_warnings(), _room()]
    return union_all(*parts)


def _known() -> Select[Any]:
    """The first part of the query: it sets the names and types of the columns for the others."""
    return select(
        literal_column("'person'").label("what"),
        _PEOPLE.user_id.label("key"),
        _nothing(_ACTS.stream_id).label("number"),
        _nothing(_ACTS.at).label("at"),
        _nothing(_ACTS.digest).label("digest"),
        _nothing(_EFFECTS.payload).label("payload"),
    ).where(_PEOPLE.team_id == bindparam("team"), _PEOPLE.user_id.in_(bindparam("people", expanding=True)))


def _traces() -> Select[Any]:
    return select(
        literal_column("'act'"),
        _ACTS.act_id,
        _ACTS.stream_id,
        _ACTS.at,
        _ACTS.digest,
        _nothing(_EFFECTS.payload),
    ).where(_ACTS.team_id == bindparam("team"), _ACTS.act_id.in_(bindparam("keys", expanding=True)))


def _warnings() -> Select[Any]:
    return select(
        literal_column("'warning'"),
        _EFFECTS.kind,
        _EFFECTS.id,
        _EFFECTS.created_at,
        _EFFECTS.error,
        _EFFECTS.payload,
    ).where(*dead_warnings(bindparam("lane", type_=_EFFECTS.lane.type)))


def _room() -> Select[Any]:
    return select(
        literal_column("'room'"),
        _PLACES.channel,
        _PLACES.stream_id,
        _nothing(_ACTS.at),
        _nothing(_ACTS.digest),
        _nothing(_EFFECTS.payload),
    ).where(_PLACES.stream_id == bindparam("stream"), _PLACES.name == OWN_CHANNEL)


def _nothing(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """NULL of that column's type: PostgreSQL wants each part to have the same types."""
    return cast(null(), column.type)
