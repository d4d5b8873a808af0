"""What people have typed in forms and not sent yet."""

from datetime import datetime
from typing import Any

from sqlmodel import Field

from bot.engine.store.tables.base import Json, Table, Utc


class DraftRow(Table, table=True):
    """What a person has typed in the update form of an incident.

    Attributes:
        number: the incident's.
        fields: the texts by field name.
    """

    __tablename__ = "drafts"

    team_id: str = Field(primary_key=True)
    person: str = Field(primary_key=True)
    number: int = Field(primary_key=True)
    fields: dict[str, Any] = Field(sa_type=Json)
    typed_at: datetime = Field(sa_type=Utc)
