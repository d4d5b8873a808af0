"""The types of blocks that workspaces refuse."""

from datetime import datetime

from sqlmodel import Field

from bot.engine.store.tables.base import Table, Utc


class RefusedBlockRow(Table, table=True):
    """A workspace has refused a type of block.

    Attributes:
        kind: the type, as Slack names it.
        refused_at: the last time.
    """

    __tablename__ = "refused_blocks"

    team_id: str = Field(primary_key=True)
    kind: str = Field(primary_key=True)
    refused_at: datetime = Field(sa_type=Utc)
