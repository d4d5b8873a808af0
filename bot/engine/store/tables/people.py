"""People, as Slack last described them."""

from datetime import datetime

from sqlalchemy import (
    false,
    true,
)
from sqlmodel import Field

from bot.engine.store.tables.base import Table, Utc


class PersonRow(Table, table=True):
    """A person's name and time zone, as Slack last told them.

    Attributes:
        is_guest: whether they are a guest of the workspace, of one channel or of several.
        is_active: whether their account is active; false if it was deactivated.
        is_admin: whether they are an admin or owner of the workspace; None if a release that did not ask has stored them.
    """

    __tablename__ = "people"

    team_id: str = Field(primary_key=True)
    user_id: str = Field(primary_key=True)
    name: str
    zone: str = ""
    is_bot: bool = False
    is_guest: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    is_active: bool = Field(default=True, sa_column_kwargs={"server_default": true()})
    is_admin: bool | None = None
    seen_at: datetime = Field(sa_type=Utc)
