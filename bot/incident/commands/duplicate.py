"""`/incident duplicate of INC-7`: another incident is about the same problem."""

from functools import partial

from bot.core.decision import Refused
from bot.incident.commands import parsing
from bot.incident.commands.registry import INCIDENT, button, command, form
from bot.incident.commands.request import ChangeBoth, OpenForm, Outcome, Request, Wants
from bot.incident.domain import rules
from bot.incident.domain.permissions import Capability
from bot.incident.views import modals
from bot.incident.views.replies import no_such_incident

WHICH = "Name the other incident, for example `/incident duplicate of INC-7`. `/incident list` shows the open ones."
_WANTS = Wants.OPEN | Wants.OTHER


@command(
    "duplicate",
    "duplicate [of INC-7]",
    "Close this incident because another one is about the same problem",
    "The other incident gets the timeline of this one, its people are brought over, and this war room and the "
    "announcement lead there. Either both are private or neither. `/incident reopen why` undoes it.",
    about=INCIDENT,
    may=Capability.CLOSE,
    wants=_WANTS,
    names_another=True,
    synonyms={"dup": "", "dupe": "", "duplicates": "", "merge": ""},
)
def duplicate(request: Request) -> Outcome:
    """Close it as a duplicate at once, or open the form that asks of which incident."""
    if not request.text.strip():
        return duplicate_button(request)
    return _merge(request)


@button("duplicate", about=INCIDENT, may=Capability.CLOSE, wants=_WANTS)
def duplicate_button(request: Request) -> Outcome:
    """Open the form that asks of which incident."""
    return rules.closed(request.about) or OpenForm(modals.duplicate(request.about, request.open_incidents))


@form("duplicate", about=INCIDENT, may=Capability.CLOSE, wants=Wants.OTHER)
def submit(request: Request) -> Outcome:
    """Close it as a duplicate, from the form."""
    return _merge(request, str(request.fields.get("reason", "")))


def _merge(request: Request, reason: str = "") -> Outcome:
    number, other = parsing.named_other(request), request.other
    if number is None:
        return Refused(WHICH, field="reference")
    if number == request.about.number:
        return Refused(rules.ITSELF, field="reference")
    if other is None:
        return Refused(no_such_incident(number), field="reference")
    decide = partial(
        rules.mark_duplicate, room=other.channel or "", reason=reason, by=request.actor, now=request.now
    )
    return ChangeBoth(number, decide)
