"""`/incident resolve`: the incident is over."""

from functools import partial

from bot.incident.commands.registry import INCIDENT, button, command, form
from bot.incident.commands.request import ChangeIncident, OpenForm, Outcome, Request, moment
from bot.incident.domain import rules
from bot.incident.domain.permissions import Capability
from bot.incident.views import modals


@command(
    "resolve",
    "resolve [what fixed it]",
    "Resolve the incident; without text a form opens",
    about=INCIDENT,
    may=Capability.RESOLVE,
    free_text=True,
    asks_if_ambiguous=True,
    synonyms={
        "close": "", "closed": "", "done": "", "fixed": "", "end": "", "finish": "", "finished": "", "resolved": "",
        "solve": "", "solved": "", "over": "", "complete": "", "completed": "",
    },
)  # fmt: skip
def resolve(request: Request) -> Outcome:
    """Resolve the incident at once, or open the form. A synonym always opens the form, filled with the text."""
    text = request.text.strip()
    if not text or request.synonym:
        return _ask(request, text)
    return ChangeIncident(partial(rules.resolve, by=request.actor, now=request.now, summary=text))


@button("resolve", about=INCIDENT, may=Capability.RESOLVE)
def resolve_button(request: Request) -> Outcome:
    """Open the form that asks what fixed it, and when impact started."""
    return _ask(request)


@form("resolve", about=INCIDENT, may=Capability.RESOLVE)
def submit(request: Request) -> Outcome:
    """Resolve the incident, from the form."""
    summary, sure = str(request.fields.get("summary", "")), bool(request.fields.get("sure"))
    started, detected = moment(request, "started"), moment(request, "detected")
    decide = partial(rules.resolve, summary=summary, started=started, detected=detected, sure=sure)
    return ChangeIncident(
        partial(decide, by=request.actor, now=request.now),
        ask_again=lambda doubt: modals.resolve(
            request.about, summary=summary, started=started, detected=detected, doubt=doubt.message
        ),
    )


def _ask(request: Request, summary: str = "") -> Outcome:
    return rules.closed(request.about) or OpenForm(modals.resolve(request.about, summary=summary))
