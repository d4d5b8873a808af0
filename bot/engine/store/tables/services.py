"""Which incidents affect which services."""

from sqlmodel import Field

from bot.engine.store.tables.base import Table, stream_id_column


class AffectedServiceRow(Table, table=True):
    """A service that an incident affects: a copy from the state, for queries.

    Attributes:
        service: its key in the policy, or one that the policy had then.
    """

    __tablename__ = "affected_services"

    team_id: str = Field(primary_key=True)
    service: str = Field(primary_key=True)
    stream_id: int = stream_id_column(primary_key=True)
