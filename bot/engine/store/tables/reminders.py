"""Reminders."""

from datetime import datetime

from sqlmodel import Field, UniqueConstraint

from bot.engine.store.tables.base import Table, Utc, id_column, stream_id_column


class ReminderRow(Table, table=True):
    """A reminder that was recorded, once: its message in Slack, and its answer.

    Attributes:
        slot: the time from which it applies.
        answered_at: since when it is over: answered, replaced by a newer one, or never posted by itself.
        answered_seq: the fact that answered it; None if it was replaced.
    """

    __tablename__ = "reminders"
    __table_args__ = (UniqueConstraint("stream_id", "promise", "slot", "rung"),)

    id: int | None = id_column()
    team_id: str
    stream_id: int = stream_id_column()
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
