"""Streams, their timelines and their people."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    Column,
    Index,
    Integer,
    String,
    text,
    true,
)
from sqlmodel import Field, UniqueConstraint

from bot.engine.store.tables.base import Json, Table, Utc, id_column, partial_index, stream_id_column

FIRST = "incident"  # the only subject of release 0.2, which does not store it


class Counter(Table, table=True):
    """The last number that a workspace used for a subject.

    Attributes:
        name: the name of the counter, see `counter`.
    """

    __tablename__ = "counters"

    name: str = Field(sa_column=Column("team_id", String, key="name", primary_key=True))
    last_number: int = 0


class StreamRow(Table, table=True):
    """A stream, such as an incident: its whole state as a document, and the columns that queries need.

    Attributes:
        subject: what it is about, such as `incident`.
        number: its number, counted within the workspace and the subject.
        version: how many facts its timeline has.
        closed: whether it is over, so that no list shows it. Like the next two a copy from the state, which counts.
        rank: lists are sorted by it, the lowest first. For an incident it is the severity.
        private: whether only its own people may see it; true if that is not known.
        next_look_at: when the clock must look at what is due (UTC); None if nothing will be.
        head: the hash of the last entry of its timeline (`bot.engine.store.chains`); empty if none has one.
    """

    __tablename__ = "incidents"
    __table_args__ = (
        UniqueConstraint("team_id", "subject", "number"),
        partial_index(
            "ix_incidents_open",
            *("team_id", "subject", "rank", "number", "private"),
            where="NOT closed",
            on_sqlite="closed = 0",
        ),
        partial_index(
            "ix_incidents_closed",
            *("team_id", "subject", "number"),
            where="closed",
            on_sqlite="closed = 1",
        ),
        partial_index(
            "ix_incidents_look", "team_id", "subject", "next_look_at", where="next_look_at IS NOT NULL"
        ),
    )

    id: int | None = id_column()
    team_id: str
    subject: str = Field(default=FIRST, sa_column_kwargs={"server_default": FIRST})
    number: int
    version: int
    closed: bool = False
    rank: int = Field(
        sa_column=Column("severity", Integer, key="rank", nullable=False, server_default=text("1"))
    )
    private: bool = Field(sa_column_kwargs={"server_default": true()})
    next_look_at: datetime | None = Field(default=None, sa_type=Utc)
    state: dict[str, Any] = Field(sa_type=Json)
    head: str = Field(default="", sa_column_kwargs={"server_default": ""})


class MemberRow(Table, table=True):
    """A person of an open incident. When it is closed, its rows are deleted.

    Attributes:
        responds: whether they hold a role, are asked to take command, or have an open task.
    """

    __tablename__ = "members"
    __table_args__ = (Index("ix_members_person", "team_id", "person", "responds"),)

    stream_id: int = stream_id_column(primary_key=True)
    person: str = Field(primary_key=True)
    team_id: str
    responds: bool


class EntryRow(Table, table=True):
    """A fact of the timeline.

    Attributes:
        chain: its hash (`bot.engine.store.chains`); None if a release before 0.4 has written it.
        original: the digest of what it was before words were removed from it; None if none were.
    """

    __tablename__ = "timeline"
    __table_args__ = (Index("ix_timeline_at", "stream_id", "at", "seq"),)

    stream_id: int = stream_id_column(primary_key=True)
    seq: int = Field(primary_key=True)
    team_id: str
    kind: str
    at: datetime = Field(sa_type=Utc)
    recorded_at: datetime = Field(sa_type=Utc)
    by: str
    payload: dict[str, Any] = Field(sa_type=Json)
    chain: str | None = None
    original: str | None = None


def counter(team: str, subject: str) -> str:
    """The name of a subject's counter in a workspace. Release 0.2 uses the workspace alone, for its incidents."""
    return team if subject == FIRST else f"{team}:{subject}"
