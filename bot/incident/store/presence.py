"""Whether a person is in an incident's war room, in the words of queries: for each row of `incidents`."""

from typing import Any, NamedTuple

from sqlalchemy import ColumnElement
from sqlmodel import and_, col, exists, or_, select

from bot.engine.store.tables import MemberRow, PlaceRow, RoomMemberRow, StreamRow
from bot.incident.domain.effects import Place


class Presence(NamedTuple):
    """What is known of a person and a war room.

    Attributes:
        channel: the war room's; None until it is open.
        looked_at: when its members were read; None where they never were.
        present: what was told of this person; None where nothing was.
    """

    channel: str | None
    looked_at: Any
    present: bool | None

    @property
    def in_room(self) -> bool | None:
        """Whether they are in it; None where that is not known."""
        if self.present is None and self.looked_at is not None:
            return False
        return self.present


def columns(person: str) -> tuple[ColumnElement[Any], ColumnElement[Any], ColumnElement[Any]]:
    """The columns of a `Presence`. Looked up of those few rows that are left in the end, so no joins."""
    return _room(PlaceRow.channel), _room(PlaceRow.looked_at), _told(person)


def is_of(person: str) -> ColumnElement[bool]:
    """Whether an open incident that is not for everybody is for this person: see `bot.incident.domain.access`."""
    belongs = exists().where(col(MemberRow.stream_id) == col(StreamRow.id), col(MemberRow.person) == person)
    told = _told(person)
    unknown = and_(told.is_(None), _room(PlaceRow.looked_at).is_(None))
    return or_(told, and_(unknown, belongs))


def _told(person: str) -> ColumnElement[Any]:
    found = select(RoomMemberRow.present).where(
        col(RoomMemberRow.stream_id) == col(StreamRow.id), col(RoomMemberRow.person) == person
    )
    return found.correlate(StreamRow).scalar_subquery()


def _room(column: Any) -> ColumnElement[Any]:
    found = select(column).where(
        col(PlaceRow.stream_id) == col(StreamRow.id), col(PlaceRow.name) == Place.ROOM
    )
    return found.correlate(StreamRow).scalar_subquery()
