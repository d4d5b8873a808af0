"""The list of action items in Slack, and its rows."""

from datetime import datetime

from sqlmodel import Field

from bot.engine.store.tables.base import REMOVED, Json, Table, Utc, stream_id_column


class SlackListRow(Table, table=True):
    """The list of a workspace, as far as it is known.

    Attributes:
        list_id: its id; empty until it is created, and after it was deleted.
        columns: the ids of its columns, by their keys.
        shared_in: the id of the channel that it is shared with; empty if with none yet.
        created_at: when it was created; None if there is none.
        next_at: when it is looked after next; whoever does so puts it off first.
        trouble: why Slack does not take it as things are; empty if it does.
    """

    __tablename__ = "slack_lists"

    team_id: str = Field(primary_key=True)
    list_id: str = ""
    columns: dict[str, str] = Field(default_factory=dict, sa_type=Json)
    shared_in: str = ""
    created_at: datetime | None = Field(default=None, sa_type=Utc)
    next_at: datetime = Field(sa_type=Utc)
    trouble: str = ""


class SlackListItemRow(Table, table=True):
    """The row of an action item.

    Attributes:
        list_id: the list that it is in.
        row: its id there; empty if it is not there.
        version: the version of the item that it shows.
        trouble: why Slack did not take the last change of it; empty if it did.
    """

    __tablename__ = "slack_list_items"

    stream_id: int = stream_id_column(primary_key=True)
    team_id: str
    list_id: str = ""
    row: str = ""
    version: int = 0
    trouble: str = Field(default="", sa_column_kwargs={"info": {REMOVED: True}})
