"""`/incident takeover`: ask the sitting commander to hand over command."""

from functools import partial

from bot.incident.commands.registry import INCIDENT, button, command
from bot.incident.commands.request import ChangeIncident, Outcome, Request
from bot.incident.domain import rules
from bot.incident.domain.permissions import Capability


@command(
    "takeover",
    "takeover",
    "Ask the commander to hand over command to you",
    "The commander answers with a click, and the timeline records the answer; until then nothing changes. If nobody has "
    "command, you take it. If the commander cannot be reached: `assign me commander force`.",
    about=INCIDENT,
    synonyms={"take-over": "", "relieve": ""},
    may=Capability.COMMAND,
)
def takeover(request: Request) -> Outcome:
    """Ask for command, or take it if nobody has it."""
    return ChangeIncident(partial(rules.ask_takeover, by=request.actor, now=request.now))


@button("takeover_accept", about=INCIDENT, may=Capability.OWN)
def accept(request: Request) -> Outcome:
    """Hand command over to the person who asked for it."""
    return _answer(request, accept=True)


@button("takeover_keep", about=INCIDENT, may=Capability.OWN)
def keep(request: Request) -> Outcome:
    """Keep command; or, if the person who asked clicks, take the request back."""
    return _answer(request, accept=False)


def _answer(request: Request, *, accept: bool) -> Outcome:
    asker = str(request.metadata.get("asker", ""))
    return ChangeIncident(
        partial(rules.answer_takeover, asker=asker, accept=accept, by=request.actor, now=request.now)
    )
