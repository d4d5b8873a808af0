"""Who follows what without being in its channel."""

from sqlalchemy import Index
from sqlmodel import Field

from bot.engine.store.tables.base import Table


class SubscriptionRow(Table, table=True):
    """What a person follows, or no longer wants to hear of.

    Attributes:
        number: the incident's; 0 if the row is about all incidents of a severity or worse.
        severity: that severity; 0 if the row is about one incident.
        stopped: whether they want to hear nothing of this incident, although they follow its severity.
    """

    __tablename__ = "subscriptions"
    __table_args__ = (Index("ix_subscriptions_of", "team_id", "number", "severity"),)

    team_id: str = Field(primary_key=True)
    person: str = Field(primary_key=True)
    number: int = Field(primary_key=True)
    severity: int
    stopped: bool


class ServiceSubscriptionRow(Table, table=True):
    """A service whose incidents a person follows.

    Attributes:
        service: its key in the policy.
    """

    __tablename__ = "service_subscriptions"
    __table_args__ = (Index("ix_service_subscriptions_of", "team_id", "service"),)

    team_id: str = Field(primary_key=True)
    person: str = Field(primary_key=True)
    service: str = Field(primary_key=True)
