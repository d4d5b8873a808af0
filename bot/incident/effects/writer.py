"""The only writer of incidents."""

from bot.engine.acts.acts import Acts
from bot.incident.domain import facts
from bot.incident.domain.incident import Incident

Incidents = Acts[Incident, facts.Fact]
