"""Where people are reminded of action items, and when they are away."""

from datetime import date

from sqlmodel import Field

from bot.engine.store.tables.base import Table


class ActionPreferenceRow(Table, table=True):
    """What a person has chosen about reminders; without a row, nothing.

    Attributes:
        channel: the id of the channel in the place of direct messages; empty for these.
        away_from: the first day on which they are away; the next is the last one. Both are None if they have not said.
        shown_in: the channel where their latest reminder in a channel is; empty if there is none.
        shown_ts: its time stamp.
    """

    __tablename__ = "action_preferences"

    team_id: str = Field(primary_key=True)
    person: str = Field(primary_key=True)
    channel: str = ""
    away_from: date | None = None
    away_until: date | None = None
    shown_in: str = ""
    shown_ts: str = ""
