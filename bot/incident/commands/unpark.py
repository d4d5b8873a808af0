"""`/incident unpark`: take a thought out of the parking lot."""

import re
from functools import partial

from bot.core.decision import Refused
from bot.incident.commands.registry import INCIDENT, button, command
from bot.incident.commands.request import ChangeIncident, Outcome, Reply, Request
from bot.incident.domain import rules
from bot.incident.domain.permissions import Capability
from bot.incident.views import parking

_NUMBER = re.compile(r"(?:p|#)?(\d{1,9})", re.IGNORECASE)
NO_SUCH_THOUGHT = "Name it by its number: `/incident unpark P2`. `/incident park` lists them."


@command(
    "unpark",
    "unpark P2",
    "Take a thought out of the parking lot",
    "The postmortem does not ask about it then. The answer has a button that puts it back.",
    about=INCIDENT,
    may=Capability.CHANGE,
)
def unpark(request: Request) -> Outcome:
    """Take it out, or list what is parked."""
    typed = request.text.strip()
    if not typed:
        return Reply(parking.parking_lot(request.about))
    found = _NUMBER.fullmatch(typed)
    return _take_out(request, int(found[1])) if found else Refused(NO_SUCH_THOUGHT)


@button("unpark", about=INCIDENT, may=Capability.CHANGE)
def unpark_button(request: Request) -> Outcome:
    """Take it out, from the list."""
    number = _parked(request)
    return Refused(NO_SUCH_THOUGHT) if number is None else _take_out(request, number)


@button("repark", about=INCIDENT, may=Capability.CHANGE)
def repark_button(request: Request) -> Outcome:
    """Put it back."""
    number = _parked(request)
    if number is None:
        return Refused(NO_SUCH_THOUGHT)
    return ChangeIncident(
        partial(rules.repark, number=number, by=request.actor, now=request.now),
        done=lambda _: parking.put_back(number),
    )


def _take_out(request: Request, number: int) -> Outcome:
    return ChangeIncident(
        partial(rules.unpark, number=number, by=request.actor, now=request.now),
        done=lambda incident: parking.taken_out(incident, number),
    )


def _parked(request: Request) -> int | None:
    """The number of the thought that a button is about; None if the button is not ours."""
    number = request.metadata.get("parked")
    return number if type(number) is int else None
