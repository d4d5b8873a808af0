"""`/incident snooze`: be reminded of the update later."""

from bot.incident.commands.registry import INCIDENT, button, command, form
from bot.incident.commands.request import ChangeIncident, OpenForm, Outcome, Request
from bot.incident.domain import rules
from bot.incident.domain.permissions import Capability
from bot.incident.views import modals


@command(
    "snooze",
    "snooze [why]",
    "Be reminded of the update later, at most twice between two updates",
    about=INCIDENT,
    may=Capability.CHANGE,
    free_text=True,
    synonyms={"later": "", "postpone": "", "defer": ""},
)
def snooze(request: Request) -> Outcome:
    """Snooze at once, or ask why."""
    return _snooze(request, request.text) if request.text.strip() else snooze_button(request)


@button("snooze", about=INCIDENT, may=Capability.CHANGE)
def snooze_button(request: Request) -> Outcome:
    """Answer a reminder: ask why there is no update yet."""
    return rules.may_snooze(request.about) or OpenForm(modals.snooze(request.about, request.policy))


@form("snooze", about=INCIDENT, may=Capability.CHANGE)
def submit(request: Request) -> Outcome:
    """Snooze, from the form."""
    return _snooze(request, str(request.fields.get("reason", "")))


def _snooze(request: Request, reason: str) -> Outcome:
    return ChangeIncident(
        lambda incident: rules.snooze(
            incident, request.policy.snooze, by=request.actor, now=request.now, reason=reason
        )
    )
