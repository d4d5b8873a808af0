"""Action items, as queries find them, and the reminders of them that Slack shows."""

from datetime import date, datetime

from sqlalchemy import Column, ForeignKey, Index
from sqlmodel import Field

from bot.engine.store.tables.base import Id, Table, Utc, partial_index, stream_id_column


class ActionItemRow(Table, table=True):
    """What lists and reminders ask of an action item: a copy of parts of its state, which counts.

    Attributes:
        of_incident: the stream of the incident that it comes from.
        owner: the id of the person who does it.
        due_on: by the end of which day.
        is_open: whether it is still to be done.
    """

    __tablename__ = "action_items"
    __table_args__ = (
        partial_index(
            "ix_action_items_open",
            "team_id",
            "due_on",
            "stream_id",
            where="is_open",
            on_sqlite="is_open = 1",
        ),
        partial_index(
            "ix_action_items_owner", "team_id", "owner", "due_on", where="is_open", on_sqlite="is_open = 1"
        ),
        Index("ix_action_items_of", "of_incident"),
    )

    stream_id: int = stream_id_column(primary_key=True)
    team_id: str
    of_incident: int = Field(sa_column=Column(Id, ForeignKey("incidents.id"), nullable=False))
    owner: str
    due_on: date
    is_open: bool


class ActionReminderRow(Table, table=True):
    """The latest reminder of what a person has to do, of which there is one.

    Attributes:
        day: the person's own day on which it was recorded: there is at most one a day.
        channel: where it is shown; empty until it is.
    """

    __tablename__ = "action_reminders"

    team_id: str = Field(primary_key=True)
    person: str = Field(primary_key=True)
    day: date
    at: datetime = Field(sa_type=Utc)
    channel: str = ""
    ts: str = ""
