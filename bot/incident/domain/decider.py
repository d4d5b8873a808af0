"""The incident, as the machinery knows it."""

from typing import get_args

from bot.core.decider import Decider, ListColumns
from bot.incident.domain import facts
from bot.incident.domain.incident import SHAPE, Incident, evolve, fold
from bot.incident.domain.vocabulary import reference


def _listed(incident: Incident) -> ListColumns:
    return ListColumns(closed=incident.is_closed, rank=incident.severity, private=incident.private)


INCIDENT: Decider[Incident, facts.Fact] = Decider(
    subject="incident",
    shape=SHAPE,
    state=Incident,
    facts={kind.__name__: kind for kind in get_args(facts.Fact)},
    evolve=evolve,
    fold=fold,
    list_columns=_listed,
    reference=reference,
    rewritten=facts.EntriesRewritten,
)
