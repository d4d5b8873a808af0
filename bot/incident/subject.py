"""The incident, as the machinery takes it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from bot.engine.acts.acts import Acts
from bot.engine.acts.subject import Subject
from bot.engine.clock.due import Dated
from bot.engine.delivery.outgoing import Outgoing
from bot.engine.store.database import Database
from bot.incident.domain import facts
from bot.incident.domain.cadence import look
from bot.incident.domain.decider import INCIDENT
from bot.incident.domain.incident import Incident
from bot.incident.domain.policy import Policy
from bot.incident.domain.react import react_all
from bot.incident.due import Reminders
from bot.incident.effects.house import House
from bot.incident.effects.registry import EFFECTS
from bot.incident.effects.scenes import gather_for, preload
from bot.incident.effects.writer import Incidents
from bot.incident.store.following import Following, named
from bot.incident.store.incidents import INCIDENTS


@dataclass(frozen=True, slots=True)
class IncidentSubject:
    """What `app.py` takes of it.

    Attributes:
        acts: carries out people's acts.
        outgoing: what delivery takes of it.
        dated: what the clock takes of it.
    """

    acts: Incidents
    outgoing: Outgoing
    dated: Dated


def incidents_under(policy: Policy) -> Subject[Incident, facts.Fact]:
    """Incidents under a team's promises."""

    def next_look(incident: Incident, now: datetime) -> datetime | None:
        nudges, ahead = look(incident, policy, now)
        return now if nudges else ahead  # what is due this moment and not yet claimed must not be overlooked

    return Subject(
        decider=INCIDENT,
        kinds=EFFECTS,
        react=react_all,
        next_look=next_look,
        named=named,
        follow=Following(policy).follow,
    )


def make(database: Database, house: House, committed: Callable[[], None]) -> IncidentSubject:
    """Build it.

    Args:
        database: where incidents are kept.
        house: policy, templates and channels.
        committed: called after each commit that left effects.
    """
    acts = Acts(database, incidents_under(house.policy), committed)
    reminders = Reminders(house.policy, has_channel=bool(house.incidents_channel))
    return IncidentSubject(
        acts=acts,
        outgoing=Outgoing(registry=EFFECTS, acts=acts, gather=partial(gather_for, house), preload=preload),
        dated=Dated(EFFECTS, INCIDENTS, reminders.record),
    )
