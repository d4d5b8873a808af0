"""The outbox: what Slack must show."""

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
from bot.engine.store.tables.base import Json, Table, Utc, identity, of_stream, partial
from bot.engine.store.tables.streams import FIRST


class EffectState(StrEnum):
    """How far an effect has come."""

    WAITING = "waiting"
    LEASED = "leased"
    DELIVERED = "delivered"
    DEAD = "dead"
    DROPPED = "dropped"


_PENDING = "state IN ('waiting', 'leased')"
_DEAD = "state = 'dead'"
_WARNING = f"kind = '{WARN}'"


class EffectRow(Table, table=True):
    """Something that Slack must show.

    Attributes:
        key: travels in the message's metadata, so that an in-doubt message is found again.
        subject: of the stream, by which the effect is understood.
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
        partial("ix_effects_turn", "team_id", "id", where=_PENDING),
        partial("ix_effects_lane", "lane", "id", where=_PENDING),
        partial("ix_effects_dead", "team_id", "id", where=_DEAD),
        partial("ix_effects_warnings", "lane", where=_WARNING),
    )

    id: int | None = identity()
    team_id: str
    stream_id: int = of_stream()
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
    """Neither shown nor given up, in the words of the partial indexes."""
    states = (EffectState.WAITING, EffectState.LEASED)
    return col(row.state).in_([literal_column(f"'{state}'") for state in states])


def is_dead(row: type[EffectRow]) -> ColumnElement[bool]:
    """Given up, in the words of its partial index."""
    return col(row.state) == literal_column(f"'{EffectState.DEAD}'")


def is_warning(row: type[EffectRow]) -> ColumnElement[bool]:
    """Tells people of what Slack refused, in the words of its partial index."""
    return col(row.kind) == literal_column(f"'{WARN}'")
