"""Incidents, their timelines and who belongs to them."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    Index,
    text,
    true,
)
from sqlmodel import Field, UniqueConstraint

from bot.store.tables.base import Id, Json, Table, Utc, identity, partial


class Counter(Table, table=True):
    """The last incident number that a workspace used."""

    __tablename__ = "counters"

    team_id: str = Field(primary_key=True)
    last_number: int = 0


class IncidentRow(Table, table=True):
    """An incident: its whole state as a document, and the columns that queries look for.

    Attributes:
        severity: copied from the state, to find the worst. The state is what counts.
        private: copied likewise. Where nobody said, an incident is kept to itself.
    """

    __tablename__ = "incidents"
    __table_args__ = (
        UniqueConstraint("team_id", "number"),
        partial(
            "ix_incidents_open",
            *("team_id", "severity", "number", "private"),
            where="NOT closed",
            on_sqlite="closed = 0",
        ),
        partial("ix_incidents_look", "team_id", "next_look_at", where="next_look_at IS NOT NULL"),
    )

    id: int | None = identity()
    team_id: str
    number: int
    version: int
    closed: bool = False
    severity: int = Field(sa_column_kwargs={"server_default": text("1")})
    private: bool = Field(sa_column_kwargs={"server_default": true()})
    next_look_at: datetime | None = Field(default=None, sa_type=Utc)
    state: dict[str, Any] = Field(sa_type=Json)


class MemberRow(Table, table=True):
    """Somebody who belongs to an open incident. When it is closed, its rows go.

    Attributes:
        responds: whether they hold a role or are asked to take command.
    """

    __tablename__ = "members"
    __table_args__ = (Index("ix_members_person", "team_id", "person", "responds"),)

    incident_id: int = Field(sa_type=Id, primary_key=True, foreign_key="incidents.id")
    person: str = Field(primary_key=True)
    team_id: str
    responds: bool


class EntryRow(Table, table=True):
    """A fact of the timeline."""

    __tablename__ = "timeline"
    __table_args__ = (Index("ix_timeline_at", "incident_id", "at", "seq"),)

    incident_id: int = Field(sa_type=Id, primary_key=True, foreign_key="incidents.id")
    seq: int = Field(primary_key=True)
    team_id: str
    kind: str
    at: datetime = Field(sa_type=Utc)
    recorded_at: datetime = Field(sa_type=Utc)
    by: str
    payload: dict[str, Any] = Field(sa_type=Json)
