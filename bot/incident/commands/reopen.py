"""`/incident reopen`: open a closed incident again."""

from functools import partial

from bot.core.decision import Refused
from bot.incident.commands.registry import INCIDENT, button, command, form
from bot.incident.commands.request import ChangeBoth, ChangeIncident, OpenForm, Outcome, Request, Wants
from bot.incident.domain import rules
from bot.incident.domain.permissions import Capability
from bot.incident.views import modals
from bot.incident.views.archiving import archived_room


@command(
    "reopen",
    "reopen why",
    "Open a closed incident again, with a reason; that also undoes `cancel` and `duplicate`",
    about=INCIDENT,
    wants=Wants.ROOM,
    may=Capability.RESOLVE,
    free_text=True,
    asks_if_ambiguous=True,
    closed_only=True,
    synonyms={"re-open": "", "reopened": "", "unresolve": "", "reactivate": ""},
)
def reopen(request: Request) -> Outcome:
    """Reopen the incident at once, or open the form that asks why."""
    if not request.text.strip():
        return reopen_button(request)
    return _reopen(request, request.text)


@button("reopen", about=INCIDENT, may=Capability.RESOLVE)
def reopen_button(request: Request) -> Outcome:
    """Open the form that asks why."""
    if not request.about.is_closed:
        return Refused(f"{request.about.reference} is already open ({request.about.status}).")
    return OpenForm(modals.reopen(request.about))


@form("reopen", about=INCIDENT, may=Capability.RESOLVE, wants=Wants.ROOM)
def submit(request: Request) -> Outcome:
    """Reopen the incident, from the form."""
    return _reopen(request, str(request.fields.get("reason", "")))


def _reopen(request: Request, reason: str) -> Outcome:
    original = request.about.duplicate_of
    if original is not None:
        return ChangeBoth(
            original, partial(rules.reopen_duplicate, reason=reason, by=request.actor, now=request.now)
        )
    is_archived = request.about.archived_at is not None
    return ChangeIncident(
        lambda incident: rules.reopen(incident, reason, by=request.actor, now=request.now),
        done=partial(archived_room, request.room) if is_archived else None,
    )
