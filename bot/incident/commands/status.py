"""`/incident status`: change the status."""

from bot.core.decision import Refused
from bot.incident.commands.registry import INCIDENT, button, command, form
from bot.incident.commands.request import ChangeIncident, OpenForm, Outcome, Request
from bot.incident.domain import rules
from bot.incident.domain.permissions import Capability
from bot.incident.domain.vocabulary import Status
from bot.incident.views import modals

_OPEN = [status for status in Status if not status.is_closed]
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
        "investigating": "triage",
        "mitigating": "mitigating",
        "identified": "mitigating",
        "fixing": "mitigating",
        "mitigated": "mitigated",
        "mitigate": "mitigated",
        "monitoring": "mitigated",
        "reviewed": "reviewed",
    },
)
def status(request: Request) -> Outcome:
    """Change the status at once, or open the form."""
    typed = request.text.strip()
    if not typed:
        return status_button(request)
    new = Status.parse(typed)
    if new is None:
        return _with_words(request, typed)
    return _change(request, new)


def _with_words(request: Request, typed: str) -> Outcome:
    """Open the form that holds both, for a status and a sentence, such as `mitigated rolled back`."""
    first, _, words = typed.partition(" ")
    incident, new = request.about, Status.parse(first.rstrip(":,"))
    if new is Status.RESOLVED:
        return rules.closed(incident) or OpenForm(modals.resolve(incident, summary=words.strip()))
    if new in _OPEN:
        form = modals.update(incident, request.policy, typed={"conditions": words.strip()}, chosen=new)
        return rules.closed(incident) or OpenForm(form)
    return Refused(f"“{typed[:50]}” is not a status. The statuses are {STATUSES}.")


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
