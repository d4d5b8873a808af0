"""What was forgotten, and what the retention has redacted."""

from datetime import datetime

from sqlmodel import Field

from bot.engine.store.tables.base import Table, Utc, stream_id_column


class ForgettingRow(Table, table=True):
    """A person was forgotten. Nothing in it leads to them once it is finished.

    Attributes:
        number: counted within the workspace; a part of the pseudonym.
        person: their id until it is finished, so that a forgetting that was interrupted goes on with the same pseudonym; then
            empty.
        entries: how many entries of timelines were rewritten; 0 until it is finished.
    """

    __tablename__ = "forgettings"

    team_id: str = Field(primary_key=True)
    number: int = Field(primary_key=True)
    person: str
    started_at: datetime = Field(sa_type=Utc)
    finished_at: datetime | None = Field(default=None, sa_type=Utc)
    entries: int = 0


class RedactionRow(Table, table=True):
    """The retention has redacted a stream.

    Attributes:
        version: how many facts the stream had then, with the one that says so: what was added later is redacted later.
        at: when (UTC).
    """

    __tablename__ = "redactions"

    stream_id: int = stream_id_column(primary_key=True)
    team_id: str
    version: int
    at: datetime = Field(sa_type=Utc)
