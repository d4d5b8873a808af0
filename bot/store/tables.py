"""The tables. A row is written by the functions beside this file; nothing else knows the columns."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    ColumnElement,
    DateTime,
    Dialect,
    Index,
    Integer,
    MetaData,
    Text,
    TypeDecorator,
    false,
    literal_column,
    text,
    true,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel, UniqueConstraint, col

from bot.incident.domain.effects import Warn


class Table(SQLModel):
    """What every table is made of: constraints get names, so that Alembic can change them on SQLite too."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class Utc(TypeDecorator[datetime]):
    """An aware UTC time. SQLite forgets zones; a naive time is refused rather than guessed at."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse naive times."""
        del dialect
        if value is not None and value.tzinfo is None:
            raise ValueError(f"naive time {value!r}: every time in warroom is aware")
        return value.astimezone(UTC) if value is not None else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give SQLite's times their zone back."""
        del dialect
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


_Json = JSON().with_variant(JSONB(), "postgresql")
_Id = BigInteger().with_variant(Integer(), "sqlite")  # SQLite autoincrements INTEGER only


def _partial(name: str, *columns: str, where: str, on_sqlite: str = "") -> Index:
    """An index of only the rows that are looked for, so that it does not grow with what is over and done.

    A query meets it only where it says the same `where` in so many words: not with a bound parameter.
    """
    return Index(name, *columns, postgresql_where=text(where), sqlite_where=text(on_sqlite or where))


def _id() -> Any:
    return Field(default=None, sa_column=Column(_Id, primary_key=True, autoincrement=True))


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
        _partial(
            "ix_incidents_open",
            *("team_id", "severity", "number", "private"),
            where="NOT closed",
            on_sqlite="closed = 0",
        ),
        _partial("ix_incidents_look", "team_id", "next_look_at", where="next_look_at IS NOT NULL"),
    )

    id: int | None = _id()
    team_id: str
    number: int
    version: int
    closed: bool = False
    severity: int = Field(sa_column_kwargs={"server_default": text("1")})
    private: bool = Field(sa_column_kwargs={"server_default": true()})
    next_look_at: datetime | None = Field(default=None, sa_type=Utc)
    state: dict[str, Any] = Field(sa_type=_Json)


class MemberRow(Table, table=True):
    """Somebody who belongs to an open incident. When it is closed, its rows go.

    Attributes:
        responds: whether they hold a role or are asked to take command.
    """

    __tablename__ = "members"
    __table_args__ = (Index("ix_members_person", "team_id", "person", "responds"),)

    incident_id: int = Field(sa_type=_Id, primary_key=True, foreign_key="incidents.id")
    person: str = Field(primary_key=True)
    team_id: str
    responds: bool


class EntryRow(Table, table=True):
    """A fact of the timeline."""

    __tablename__ = "timeline"
    __table_args__ = (Index("ix_timeline_at", "incident_id", "at", "seq"),)

    incident_id: int = Field(sa_type=_Id, primary_key=True, foreign_key="incidents.id")
    seq: int = Field(primary_key=True)
    team_id: str
    kind: str
    at: datetime = Field(sa_type=Utc)
    recorded_at: datetime = Field(sa_type=Utc)
    by: str
    payload: dict[str, Any] = Field(sa_type=_Json)


class RoomMemberRow(Table, table=True):
    """Somebody who is, or was, in the war room of an incident, as Slack last told.

    Attributes:
        present: whether they are in it; somebody who has left stays on record, so that nobody lets them in again
            unawares.
        changed_at: when Slack told so (UTC): what it told earlier and comes later does not count.
    """

    __tablename__ = "room_members"

    incident_id: int = Field(sa_type=_Id, primary_key=True, foreign_key="incidents.id")
    person: str = Field(primary_key=True)
    team_id: str
    present: bool
    changed_at: datetime = Field(sa_type=Utc)


class PlaceRow(Table, table=True):
    """Where in Slack a part of the incident stands. `ts` is empty for the war room itself.

    Attributes:
        looked_at: of a war room, when its members were last read (UTC); None where they never were.
        look_at: of a war room, when they are to be read next.
    """

    __tablename__ = "places"
    __table_args__ = (
        Index("ix_places_channel", "team_id", "channel", "name"),
        _partial("ix_places_look", "team_id", "look_at", where="look_at IS NOT NULL"),
    )

    incident_id: int = Field(sa_type=_Id, primary_key=True, foreign_key="incidents.id")
    name: str = Field(primary_key=True)
    team_id: str
    channel: str
    ts: str = ""
    looked_at: datetime | None = Field(default=None, sa_type=Utc)
    look_at: datetime | None = Field(default=None, sa_type=Utc)


class EffectState(StrEnum):
    """How far an effect has come."""

    WAITING = "waiting"
    LEASED = "leased"
    DELIVERED = "delivered"
    DEAD = "dead"
    DROPPED = "dropped"


_PENDING = "state IN ('waiting', 'leased')"
_DEAD = "state = 'dead'"
_WARNING = "kind = 'Warn'"


class EffectRow(Table, table=True):
    """Something that Slack must show.

    Attributes:
        key: travels in the message's metadata, so that an in-doubt message is found again.
        lane: effects of one lane are delivered in the order of their ids.
        yields_to: the lane that goes first, whatever the ids; None where there is none.
        needs: the place that must exist first.
        needs_until: when it is done without; None where it waits for ever.
        due_at: not to be tried before then; of a leased one, when the lease is over.
        doubt: whether an earlier try may have reached Slack.
        unexpected: how many tries ended in a way that is nobody's plan: an answer that is none, a bug.
        progress: what an earlier step of it left behind, such as the id of the file that was uploaded.
    """

    __tablename__ = "effects"
    __table_args__ = (
        _partial("ix_effects_turn", "team_id", "id", where=_PENDING),
        _partial("ix_effects_lane", "lane", "id", where=_PENDING),
        _partial("ix_effects_dead", "team_id", "id", where=_DEAD),
        _partial("ix_effects_warnings", "lane", where=_WARNING),
    )

    id: int | None = _id()
    team_id: str
    incident_id: int = Field(sa_type=_Id, foreign_key="incidents.id")
    kind: str
    payload: dict[str, Any] = Field(sa_type=_Json)
    key: str = Field(unique=True)
    lane: str
    yields_to: str | None = None
    needs: str | None = None
    needs_until: datetime | None = Field(default=None, sa_type=Utc)
    state: EffectState = Field(default=EffectState.WAITING, sa_type=Text)
    attempts: int = 0
    doubt: bool = False
    unexpected: int = Field(default=0, sa_column_kwargs={"server_default": text("0")})
    progress: dict[str, str] = Field(
        default_factory=dict, sa_type=_Json, sa_column_kwargs={"server_default": text("'{}'")}
    )
    due_at: datetime = Field(sa_type=Utc)
    created_at: datetime = Field(sa_type=Utc)
    done_at: datetime | None = Field(default=None, sa_type=Utc)
    leased_by: str = ""
    error: str = ""


def is_pending(row: type[EffectRow]) -> ColumnElement[bool]:
    """Neither shown nor given up, in the words of the partial indexes."""
    states = (EffectState.WAITING, EffectState.LEASED)
    return col(row.state).in_([literal_column(f"'{state}'") for state in states])


def is_dead(row: type[EffectRow]) -> ColumnElement[bool]:
    """Given up, in the words of its partial index."""
    return col(row.state) == literal_column(f"'{EffectState.DEAD}'")


def is_warning(row: type[EffectRow]) -> ColumnElement[bool]:
    """Tells people of what Slack refused, in the words of its partial index."""
    return col(row.kind) == literal_column(f"'{Warn.__name__}'")


class ReminderRow(Table, table=True):
    """A nudge that was recorded, once; where it stands in Slack; how it was answered.

    Attributes:
        slot: from when it stands.
        answered_at: since when it stands no more: answered, replaced by a newer one, or never posted by itself.
        answered_seq: the fact that answered it; None where it was replaced.
    """

    __tablename__ = "reminders"
    __table_args__ = (UniqueConstraint("incident_id", "promise", "slot", "rung"),)

    id: int | None = _id()
    team_id: str
    incident_id: int = Field(sa_type=_Id, foreign_key="incidents.id")
    promise: str
    slot: datetime = Field(sa_type=Utc)
    rung: int
    fired_at: datetime = Field(sa_type=Utc)
    broadcast: bool = False
    channel: str = ""
    ts: str = ""
    answered_at: datetime | None = Field(default=None, sa_type=Utc)
    answered_by: str = ""
    answered_seq: int | None = None


class PersonRow(Table, table=True):
    """A person's name and time zone, as Slack last told them.

    Attributes:
        is_guest: whether they are a guest of the workspace, of one channel or of several.
        is_active: whether their account is; false of those who were deactivated.
    """

    __tablename__ = "people"

    team_id: str = Field(primary_key=True)
    user_id: str = Field(primary_key=True)
    name: str
    zone: str = ""
    is_bot: bool = False
    is_guest: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    is_active: bool = Field(default=True, sa_column_kwargs={"server_default": true()})
    seen_at: datetime = Field(sa_type=Utc)


class ActRow(Table, table=True):
    """The trace of an act that was carried out: a second delivery of the same one changes nothing.

    Attributes:
        digest: of what was asked for, where an act with the same id may ask for something else; empty elsewhere.
        permanent: whether it counts for ever, and not only as long as Slack may deliver it again.
    """

    __tablename__ = "acts"
    __table_args__ = (
        _partial("ix_acts_at", "team_id", "at", where="NOT permanent", on_sqlite="permanent = 0"),
    )

    team_id: str = Field(primary_key=True)
    act_id: str = Field(primary_key=True)
    incident_id: int = Field(sa_type=_Id, foreign_key="incidents.id")
    at: datetime = Field(sa_type=Utc)
    permanent: bool = Field(default=False, sa_column_kwargs={"server_default": true()})
    digest: str = Field(default="", sa_column_kwargs={"server_default": ""})
