"""`/incident severity`: change how badly customers are hit."""

import re
from functools import partial

from bot.core.decision import Refused
from bot.incident.commands.registry import INCIDENT, button, command, form
from bot.incident.commands.request import ChangeIncident, OpenForm, Outcome, Request
from bot.incident.domain import rules
from bot.incident.domain.permissions import Capability
from bot.incident.domain.vocabulary import Severity
from bot.incident.views import modals
from bot.incident.views.modals.impact import ANSWERED, field_of
from bot.incident.views.replies import no_such_severity

_LEVEL = r"(?P<level>(?:severity|sev|s)?[- ]?\d+)(?!\w)"
_SEVERITY = re.compile(rf"(?:to\s+)?{_LEVEL}(?:[\s:,;-]+(?P<reason>.*))?", re.IGNORECASE | re.DOTALL)


@command(
    "severity",
    "severity [sev1…sev4] [why]",
    "Change the severity",
    "Severity says how badly customers are hit. Unsure between two? Take the worse one.",
    about=INCIDENT,
    synonyms={
        "sev": "",
        "priority": "",
        "prio": "",
        "upgrade": "",
        "downgrade": "",
        "sev1": "sev1",
        "sev2": "sev2",
        "sev3": "sev3",
        "sev4": "sev4",
    },
    may=Capability.CHANGE,
)
def severity(request: Request) -> Outcome:
    """Change the severity at once, or open the form."""
    if not request.text.strip():
        return severity_button(request)
    found = _SEVERITY.fullmatch(request.text.strip())
    new = Severity.parse(found["level"]) if found else None
    if found is None or new is None:
        return Refused(no_such_severity(request.text.split(maxsplit=1)[0]))
    return _change(request, new, found["reason"] or "")


@button("severity", about=INCIDENT, may=Capability.CHANGE)
def severity_button(request: Request) -> Outcome:
    """Open the form for the new severity."""
    return rules.closed(request.about) or OpenForm(modals.severity(request.about, request.policy))


@button(ANSWERED, about=INCIDENT, may=Capability.CHANGE)
def propose(request: Request) -> Outcome:
    """Show in the open form which severity the answers propose."""
    return OpenForm(modals.severity(request.about, request.policy, _answers(request)))


@form("severity", about=INCIDENT, may=Capability.CHANGE)
def submit(request: Request) -> Outcome:
    """Change the severity, from the form. What the person chose counts; the answers are recorded with it."""
    chosen = Severity(int(request.fields.get("severity", request.about.severity)))
    impact = request.policy.impact_words(_answers(request))
    return _change(request, chosen, str(request.fields.get("reason", "")), impact)


def _answers(request: Request) -> dict[int, int]:
    """The number of the chosen answer, by the number of its question."""
    chosen = {at: str(request.fields.get(field_of(at), "")) for at, _ in enumerate(request.policy.questions)}
    return {at: int(answer) for at, answer in chosen.items() if answer.isdecimal()}


def _change(request: Request, new: Severity, reason: str, impact: tuple[str, ...] = ()) -> Outcome:
    decide = partial(rules.change_severity, severity=new, reason=reason, impact=impact)
    return ChangeIncident(partial(decide, by=request.actor, now=request.now))
