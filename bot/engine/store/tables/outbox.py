"""The outbox: the effects that Slack must show."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Text,
    literal_column,
    text,
)
from sqlmodel import Field, col

from bot.engine.store.kinds import WARN
from bot.engine.store.tables.base import Json, Table, Utc, id_column, partial_index, stream_id_column
from bot.engine.store.tables.streams import FIRST


class EffectState(StrEnum):
    """The state of an effect's delivery."""

    WAITING = "waiting"
    LEASED = "leased"
    DELIVERED = "delivered"
    DEAD = "dead"
    DROPPED = "dropped"


_PENDING = "state IN ('waiting', 'leased')"
_DEAD = "state = 'dead'"
_DONE = "state IN ('delivered', 'dropped')"
_WARNING = f"kind = '{WARN}'"


class EffectRow(Table, table=True):
    """Something that Slack must show.

    Attributes:
        key: the idempotency key in the message's metadata, by which a message in doubt is found again.
        subject: the name of the stream's subject, which can read the effect.
        lane: effects of one lane are delivered in the order of their ids.
        yields_to: the lane that is delivered first, whatever the ids; None if there is none.
        needs: the place that must exist first.
        needs_until: when it is delivered without that place; None if it waits for ever.
        due_at: the time before which it is not tried; for a leased one, the end of the lease.
        doubt: whether an earlier try may have reached Slack.
        unexpected: how many tries ended in a way that nobody planned for: an invalid answer, or a bug.
        progress: what an earlier step has left for the next one, such as the id of the uploaded file.
    """

    __tablename__ = "effects"
    __table_args__ = (
        partial_index("ix_effects_turn", "team_id", "id", where=_PENDING),
        partial_index("ix_effects_lane", "lane", "id", where=_PENDING),
        partial_index("ix_effects_dead", "team_id", "id", where=_DEAD),
        partial_index("ix_effects_warnings", "lane", where=_WARNING),
        partial_index("ix_effects_done", "team_id", "done_at", where=_DONE),
    )

    id: int | None = id_column()
    team_id: str
    stream_id: int = stream_id_column()
    subject: str = Field(default=FIRST, sa_column_kwargs={"server_default": FIRST})
    kind: str
    payload: dict[str, Any] = Field(sa_type=Json)
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
        default_factory=dict, sa_type=Json, sa_column_kwargs={"server_default": text("'{}'")}
    )
    due_at: datetime = Field(sa_type=Utc)
    created_at: datetime = Field(sa_type=Utc)
    done_at: datetime | None = Field(default=None, sa_type=Utc)
    leased_by: str = ""
    error: str = ""


def is_pending(row: type[EffectRow]) -> ColumnElement[bool]:
    """The condition for effects that are neither shown nor given up, as the partial indexes have it."""
    states = (EffectState.WAITING, EffectState.LEASED)
    return col(row.state).in_([literal_column(f"'{state}'") for state in states])


def is_done(row: type[EffectRow]) -> ColumnElement[bool]:
    """The condition for effects that were shown, or are no longer wanted, as their partial index has it."""
    states = (EffectState.DELIVERED, EffectState.DROPPED)
    return col(row.state).in_([literal_column(f"'{state}'") for state in states])


def is_dead(row: type[EffectRow]) -> ColumnElement[bool]:
    """The condition for dead effects, as their partial index has it."""
    return col(row.state) == literal_column(f"'{EffectState.DEAD}'")


def is_warning(row: type[EffectRow]) -> ColumnElement[bool]:
    """The condition for warnings about refused effects, as their partial index has it."""
    return col(row.kind) == literal_column(f"'{WARN}'")
