"""`/incident park`: keep a thought about the cause for the postmortem."""

from functools import partial

from bot.core.dedup import same_words
from bot.incident.commands.registry import INCIDENT, command
from bot.incident.commands.request import ChangeIncident, Outcome, Reply, Request
from bot.incident.domain import rules
from bot.incident.views import parking


@command(
    "park",
    "park [thought]",
    "Keep a thought about the cause for the postmortem; alone it lists them",
    "Restoring the service comes first. What is parked is not lost: the postmortem draft opens with it.",
    about=INCIDENT,
    free_text=True,
    synonyms={"parked": "", "parking": "", "parking-lot": ""},
)
def park(request: Request) -> Outcome:
    """Park the thought, or list what is parked to this person only."""
    if not request.text.strip():
        return Reply(parking.parking_lot(request.about))
    return ChangeIncident(
        partial(rules.park, text=request.text, by=request.actor, now=request.now),
        dedup_keys=(same_words(f"park:{request.about.number}", request.actor, request.text),),
    )
