"""The issues of action items in a tracker, and how far we have read what changes there."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field

from bot.engine.store.tables.base import REMOVED, Table, Utc, stream_id_column


class TrackedIssueRow(Table, table=True):
    """The issue of an action item: where it is, and how it was when we last heard of it.

    Attributes:
        tracker: the key of the tracker.
        place: the repository, or the key of the project.
        issue: its number or key there; empty until it is created.
        key: the mark that the issue carries, by which it is found again if it is in doubt whether it was created.
        url: its address; empty until it is created, and when the retention has removed it.
        wanted_at: since when it is wanted: no issue of an earlier try is older.
        state: what had become of it there; empty until it is created.
        at: when it was changed last, by the tracker's clock; None if that is not known.
        heard: what was heard of that very moment, so that nothing counts twice.
        trouble: why the tracker does not take the last change; empty if it does.
        told: whether the owner was told of that.
    """

    __tablename__ = "tracked_issues"
    __table_args__ = (Index("ix_tracked_issues_issue", "team_id", "tracker", "issue"),)

    stream_id: int = stream_id_column(primary_key=True)
    team_id: str
    tracker: str
    place: str
    issue: str = ""
    key: str
    url: str = Field(default="", sa_column_kwargs={"info": {REMOVED: True}})
    wanted_at: datetime = Field(sa_type=Utc)
    state: str = ""
    at: datetime | None = Field(default=None, sa_type=Utc)
    heard: str = ""
    trouble: str = Field(default="", sa_column_kwargs={"info": {REMOVED: True}})
    told: bool = False


class TrackerPollRow(Table, table=True):
    """How far we have read what changes at a place, where the tracker cannot call us.

    Attributes:
        next_at: when it is asked next; whoever asks puts it off first.
        since: from when on changes are asked for.
        etag: the tag of the last answer; empty if it had none.
        trouble: why it could not be asked; empty if it could.
    """

    __tablename__ = "tracker_polls"

    team_id: str = Field(primary_key=True)
    tracker: str = Field(primary_key=True)
    place: str = Field(primary_key=True)
    next_at: datetime = Field(sa_type=Utc)
    since: datetime = Field(sa_type=Utc)
    etag: str = ""
    trouble: str = ""
