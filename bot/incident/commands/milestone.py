"""`/incident milestone`: show when impact started, was detected and so on, and correct one of these times."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from bot.core import times
from bot.core.decision import Refused
from bot.incident.commands.registry import INCIDENT, button, command, form
from bot.incident.commands.request import ChangeIncident, OpenForm, Outcome, Reply, Request, Wants, moment
from bot.incident.domain import rules
from bot.incident.domain.incident import Incident
from bot.incident.domain.permissions import Capability
from bot.incident.domain.vocabulary import Milestone
from bot.incident.views import milestones, modals

NAMES = ", ".join(Milestone)
WHEN = "Write the time and, if you like, a few words after it: `/incident milestone {} 14:05 first alert`."


@command(
    "milestone",
    "milestone [which] [14:05]",
    "Show the milestones with who set them, or correct one",
    f"The milestones: {NAMES}. Times are written as for `note`: `14:05`, `yesterday 23:50`, `10 min ago`. The old time "
    "and who had set it stay on the timeline.",
    about=INCIDENT,
    may=Capability.CHANGE,
    wants=Wants.PEOPLE,
    synonyms={"milestones": "", "started": "started", "detected": "detected", "acknowledged": "acknowledged"},
)
def milestone(request: Request) -> Outcome:
    """Show all, open the form for one, or correct it at once."""
    name, _, rest = request.text.strip().partition(" ")
    if not name:
        return Reply(milestones.overview(request.about))
    which = Milestone.parse(name)
    if which is None:
        return Refused(f"“{name[:50]}” is not a milestone. The milestones are {NAMES}.")
    rest = rest.strip()
    if not rest:
        return OpenForm(modals.milestone(request.about, which))
    timed = times.parse(rest[3:] if rest.lower().startswith("at ") else rest, request.now, request.zone)
    if timed is None:
        return Refused(WHEN.format(which))
    if isinstance(timed, times.Unclear):
        return Refused(timed.why)
    return ChangeIncident(
        _decide(request, which, timed.at, timed.rest, sure=request.sure),
        done=partial(milestones.recorded, which) if request.about.is_closed else None,
    )


@button("milestone", about=INCIDENT, may=Capability.CHANGE)
def milestone_button(request: Request) -> Outcome:
    """Open the form that corrects one."""
    return OpenForm(modals.milestone(request.about))


@button("milestone_started", about=INCIDENT, may=Capability.CHANGE)
def started_button(request: Request) -> Outcome:
    """Open the form for the start of impact."""
    return OpenForm(modals.milestone(request.about, Milestone.STARTED))


@button("milestone_detected", about=INCIDENT, may=Capability.CHANGE)
def detected_button(request: Request) -> Outcome:
    """Open the form for the detection."""
    return OpenForm(modals.milestone(request.about, Milestone.DETECTED))


@form("milestone", about=INCIDENT, may=Capability.CHANGE)
def submit(request: Request) -> Outcome:
    """Correct one, from the form."""
    which = Milestone.parse(str(request.fields.get("milestone", "")))
    at, reason = moment(request, "at"), str(request.fields.get("reason", ""))
    if which is None or at is None:
        return Refused("Choose a milestone and its time.", field="at" if which else "milestone")
    return ChangeIncident(
        _decide(request, which, at, reason, sure=bool(request.fields.get("sure"))),
        ask_again=lambda doubt: modals.milestone(
            request.about, which, at=at, reason=reason, doubt=doubt.message
        ),
    )


def _decide(
    request: Request, which: Milestone, at: datetime, reason: str, *, sure: bool
) -> Callable[[Incident], rules.Decision]:
    decide = partial(rules.set_milestone, milestone=which, when=at, reason=reason, sure=sure)
    return partial(decide, by=request.actor, now=request.now)
