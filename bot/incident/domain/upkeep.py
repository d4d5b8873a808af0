"""What Slack must show of facts about the record and the war room."""

from bot.incident.domain import facts
from bot.incident.domain.effects import Announce, Effect, RenameRoom, SetTopic, ShowCard
from bot.incident.domain.incident import Incident
from bot.incident.domain.timeline import Entry


def upkeep_effects(entry: Entry, incident: Incident) -> tuple[Effect, ...]:
    """What Slack must show of such a fact; `incident` is the state after it.

    Slack itself posts a line for a new channel name and for a new topic, so nothing else is posted.
    """
    fact = entry.fact
    if not isinstance(fact, facts.Renamed):
        return ()
    announced = () if incident.private else (Announce(),)
    renamed = (RenameRoom(entry.seq), SetTopic()) if fact.title != fact.old_title else ()
    return (*renamed, ShowCard(), *announced)
