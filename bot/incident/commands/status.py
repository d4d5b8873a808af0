"""`/incident status`: change the status."""

from bot.core.decision import Refused
from bot.incident.commands.registry import INCIDENT, button, command, form
from bot.incident.commands.request import ChangeIncident, OpenForm, Outcome, Request
from bot.incident.domain import rules
from bot.incident.domain.permissions import Capability
from bot.incident.domain.vocabulary import Status
from bot.incident.views import modals

STATUSES = ", ".join(status for status in Status if not status.is_set_aside)


def _needed(request: Request) -> tuple[Capability]:
    """As for the word that does the same: whoever may not resolve it cannot make it resolved here either."""
    match Status.parse(str(request.fields.get("status", request.text)).strip()):
        case Status.RESOLVED:
            return (Capability.RESOLVE,)
        case Status.REVIEWED:
            return (Capability.CLOSE,)
        case _:
            return (Capability.CHANGE,)


@command(
    "status",
    "status [status]",
    "Change the status",
    f"In their usual order: {STATUSES}.",
    about=INCIDENT,
    may=Capability.CHANGE,
    needs=_needed,
    synonyms={
        "triage": "triage",
        "mitigating": "mitigating",
        "mitigated": "mitigated",
        "reviewed": "reviewed",
    },
)
def status(request: Request) -> Outcome:
    """Change the status at once, or open the form."""
    typed = request.text.strip()
    if not typed:
        return status_button(request)
    new = Status.parse(typed)
    return (
        _change(request, new)
        if new
        else Refused(f"“{typed[:50]}” is not a status. The statuses are {STATUSES}.")
    )


@button("status", about=INCIDENT, may=Capability.CHANGE)
def status_button(request: Request) -> Outcome:
    """Open the form for the new status."""
    return rules.closed(request.about) or OpenForm(modals.status(request.about))


@form("status", about=INCIDENT, may=Capability.CHANGE, needs=_needed)
def submit(request: Request) -> Outcome:
    """Change the status, from the form."""
    return _change(request, Status(request.fields.get("status", request.about.status)))


def _change(request: Request, new: Status) -> Outcome:
    return ChangeIncident(
        lambda incident: rules.change_status(incident, new, by=request.actor, now=request.now)
    )
