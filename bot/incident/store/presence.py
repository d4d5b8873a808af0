"""Whether a person is in an incident's war room, as columns of queries on `incidents`."""

from typing import Any, NamedTuple

from sqlalchemy import ColumnElement
from sqlmodel import and_, col, exists, or_, select

from bot.engine.store.tables import MemberRow, PlaceRow, RoomMemberRow, StreamRow
from bot.incident.domain.effects import Place


class Presence(NamedTuple):
    """What is known of a person in a war room.

    Attributes:
        channel: the id of the war room; None until it is open.
        looked_at: when its members were last read; None if they never were.
        present: what is known of this person; None if nothing is.
    """

    channel: str | None
    looked_at: Any
    present: bool | None

    @property
    def in_room(self) -> bool | None:
        """Whether they are in it; None if that is not known."""
        if self.present is None and self.looked_at is not None:
            return False
        return self.present


def columns(person: str) -> tuple[ColumnElement[Any], ColumnElement[Any], ColumnElement[Any]]:
    """The columns of a `Presence`. They are looked up for the few rows of the result only, so there are no joins."""
    return _room(PlaceRow.channel), _room(PlaceRow.looked_at), _presence_column(person)


def is_of(person: str) -> ColumnElement[bool]:
    """The condition for open, restricted incidents that this person may see: see `bot.incident.domain.access`."""
    belongs = exists().where(col(MemberRow.stream_id) == col(StreamRow.id), col(MemberRow.person) == person)
    present = _presence_column(person)
    unknown = and_(present.is_(None), _room(PlaceRow.looked_at).is_(None))
    return or_(present, and_(unknown, belongs))


def _presence_column(person: str) -> ColumnElement[Any]:
    found = select(RoomMemberRow.present).where(
        col(RoomMemberRow.stream_id) == col(StreamRow.id), col(RoomMemberRow.person) == person
    )
    return found.correlate(StreamRow).scalar_subquery()


def _room(column: Any) -> ColumnElement[Any]:
    found = select(column).where(
        col(PlaceRow.stream_id) == col(StreamRow.id), col(PlaceRow.name) == Place.ROOM
    )
    return found.correlate(StreamRow).scalar_subquery()
