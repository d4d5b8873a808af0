"""User groups, as Slack last described them."""

from datetime import datetime

from sqlmodel import Field

from bot.engine.store.tables.base import Json, Table, Utc


class UserGroupRow(Table, table=True):
    """A user group that decides who may do what.

    Attributes:
        handle: what people type after `@`; empty if Slack did not tell it.
        members: the ids of its people; empty if they cannot be read.
        read_at: when they were last read, or changed by an event; None if they never were.
        read_again_at: when they are read next.
        trouble: why they cannot be read; empty if they can.
    """

    __tablename__ = "user_groups"

    team_id: str = Field(primary_key=True)
    group_id: str = Field(primary_key=True)
    handle: str = ""
    members: list[str] = Field(default_factory=list, sa_type=Json)
    read_at: datetime | None = Field(default=None, sa_type=Utc)
    read_again_at: datetime = Field(sa_type=Utc)
    trouble: str = ""
