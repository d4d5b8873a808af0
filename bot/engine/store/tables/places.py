"""The places in Slack where an incident is shown, and the members of its war room."""

from datetime import datetime

from sqlalchemy import (
    Index,
)
from sqlmodel import Field

from bot.engine.store.tables.base import Table, Utc, partial_index, stream_id_column

OWN_CHANNEL = "room"  # the place of a stream's own channel, such as the war room


class PlaceRow(Table, table=True):
    """A place in Slack where a part of the incident is shown. `ts` is empty for the war room itself.

    Attributes:
        looked_at: for a war room, when its members were last read (UTC); None if they never were.
        look_at: for a war room, when they must be read next.
    """

    __tablename__ = "places"
    __table_args__ = (
        Index("ix_places_channel", "team_id", "channel", "name"),
        partial_index("ix_places_look", "team_id", "look_at", where="look_at IS NOT NULL"),
    )

    stream_id: int = stream_id_column(primary_key=True)
    name: str = Field(primary_key=True)
    team_id: str
    channel: str
    ts: str = ""
    looked_at: datetime | None = Field(default=None, sa_type=Utc)
    look_at: datetime | None = Field(default=None, sa_type=Utc)


class RoomMemberRow(Table, table=True):
    """A person who is, or was, in the war room of an incident, as Slack last told.

    Attributes:
        present: whether they are in it. Somebody who has left stays on record, so that nobody lets them in again
            without knowing it.
        changed_at: when it changed, as Slack told (UTC): an older change that arrives later does not count.
    """

    __tablename__ = "room_members"

    stream_id: int = stream_id_column(primary_key=True)
    person: str = Field(primary_key=True)
    team_id: str
    present: bool
    changed_at: datetime = Field(sa_type=Utc)
