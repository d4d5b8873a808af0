"""Nudges."""

from datetime import datetime

from sqlmodel import Field, UniqueConstraint

from bot.engine.store.tables.base import Table, Utc, id_column, stream_id_column


class NudgeRow(Table, table=True):
    """A nudge that was recorded, once: its message in Slack, and how it ended.

    Attributes:
        kind: what it is about, as the subject names it.
        slot: the time from which it applies.
        closed_at: since when it is over: answered, overtaken, or replaced by a newer one.
        closed_seq: the fact that ended it; None if it was replaced.
    """

    __tablename__ = "nudges"
    __table_args__ = (UniqueConstraint("stream_id", "kind", "slot"),)

    id: int | None = id_column()
    team_id: str
    stream_id: int = stream_id_column()
    kind: str
    slot: datetime = Field(sa_type=Utc)
    fired_at: datetime = Field(sa_type=Utc)
    channel: str = ""
    ts: str = ""
    closed_at: datetime | None = Field(default=None, sa_type=Utc)
    closed_seq: int | None = None
