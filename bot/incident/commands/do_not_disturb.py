"""Taking command from a commander who is in do-not-disturb, with the button of the message that says so."""

from functools import partial

from bot.incident.commands.registry import INCIDENT, button
from bot.incident.commands.request import ChangeIncident, Outcome, Request
from bot.incident.domain import rules
from bot.incident.domain.permissions import Capability
from bot.incident.views.do_not_disturb import TAKE_OVER


@button(TAKE_OVER, about=INCIDENT, may=Capability.COMMAND)
def take_over(request: Request) -> Outcome:
    """Take command; the timeline records that it was taken without an offer."""
    person = str(request.metadata.get("person", ""))
    return ChangeIncident(
        partial(rules.take_over_in_do_not_disturb, person=person, by=request.actor, now=request.now)
    )
