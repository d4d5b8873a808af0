"""The traces of acts."""

from datetime import datetime

from sqlalchemy import (
    true,
)
from sqlmodel import Field

from bot.engine.store.tables.base import Table, Utc, partial_index, stream_id_column


class ActRow(Table, table=True):
    """The trace of an act that was carried out: a second delivery of the same one changes nothing.

    Attributes:
        digest: a digest of the contents, if an act with the same id may have others; otherwise empty.
        permanent: whether it counts for ever, and not only as long as Slack may deliver it again.
    """

    __tablename__ = "acts"
    __table_args__ = (
        partial_index("ix_acts_at", "team_id", "at", where="NOT permanent", on_sqlite="permanent = 0"),
    )

    team_id: str = Field(primary_key=True)
    act_id: str = Field(primary_key=True)
    stream_id: int = stream_id_column()
    at: datetime = Field(sa_type=Utc)
    permanent: bool = Field(default=False, sa_column_kwargs={"server_default": true()})
    digest: str = Field(default="", sa_column_kwargs={"server_default": ""})
