"""Do-not-disturb."""

from datetime import datetime

from sqlmodel import Field, Index

from bot.engine.store.tables.base import Table, Utc


class DoNotDisturbRow(Table, table=True):
    """When a person who has command is next in do-not-disturb, as Slack last told.

    Attributes:
        look_at: when to read it again; None if only an event brings news.
    """

    __tablename__ = "do_not_disturb"
    __table_args__ = (Index("ix_do_not_disturb_look_at", "team_id", "look_at"),)

    team_id: str = Field(primary_key=True)
    person: str = Field(primary_key=True)
    starts_at: datetime | None = Field(default=None, sa_type=Utc)
    ends_at: datetime | None = Field(default=None, sa_type=Utc)
    look_at: datetime | None = Field(default=None, sa_type=Utc)
