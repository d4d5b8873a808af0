"""What people have typed in forms and not sent yet."""

from datetime import datetime
from typing import Any

from sqlmodel import Field

from bot.engine.store.tables.base import Json, Table, Utc


class DraftRow(Table, table=True):
    """What a person has typed in a form about an incident.

    Attributes:
        number: the incident's.
        form: the name under which it is kept; `update` for the update form.
        fields: the texts by field name.
    """

    __tablename__ = "form_drafts"

    team_id: str = Field(primary_key=True)
    person: str = Field(primary_key=True)
    number: int = Field(primary_key=True)
    form: str = Field(primary_key=True)
    fields: dict[str, Any] = Field(sa_type=Json)
    typed_at: datetime = Field(sa_type=Utc)
