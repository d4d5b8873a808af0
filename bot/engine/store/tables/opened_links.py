"""Links to pages that were opened."""

from datetime import datetime

from sqlmodel import Field

from bot.engine.store.tables.base import Table, Utc


class OpenedLinkRow(Table, table=True):
    """A link that was opened, so that it cannot be opened again. Whose it was is not stored.

    Attributes:
        id: that of the link.
    """

    __tablename__ = "opened_links"

    team_id: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    opened_at: datetime = Field(sa_type=Utc)
