"""What stands at the head of a stream's own channel, and what a workspace does not allow there."""

from datetime import datetime

from sqlmodel import Field

from bot.engine.store.tables.base import Table, Utc, stream_id_column


class HeadItemRow(Table, table=True):
    """A bookmark, the canvas, or a section of it, as it was last shown.

    Attributes:
        name: which one, such as `bookmark:card` or `canvas:tasks`.
        item: its id in Slack; for the postmortem draft, its address. Empty if it is not there, or has none.
        digest: a hash of what it shows.
        error: why Slack did not show this; empty if it did.
    """

    __tablename__ = "head_items"

    stream_id: int = stream_id_column(primary_key=True)
    name: str = Field(primary_key=True)
    team_id: str
    item: str = ""
    digest: str = ""
    error: str = ""


class RefusedFeatureRow(Table, table=True):
    """Something that a workspace does not allow, so that it is not tried for each stream.

    Attributes:
        feature: `bookmarks` or `canvas`.
        reason: Slack's error code.
        at: when Slack last refused it (UTC).
    """

    __tablename__ = "refused_features"

    team_id: str = Field(primary_key=True)
    feature: str = Field(primary_key=True)
    reason: str
    at: datetime = Field(sa_type=Utc)
