"""The answers to nudges: doing what they ask for, or saying why not. Each is a button; none is a word of its own."""

from functools import partial

from bot.core.decision import Refused
from bot.incident.commands.registry import INCIDENT, button, form
from bot.incident.commands.request import ChangeIncident, OpenForm, Outcome, Request
from bot.incident.domain import rules
from bot.incident.domain.nudge_kinds import NudgeKind
from bot.incident.domain.permissions import Capability
from bot.incident.domain.vocabulary import Severity
from bot.incident.views import modals, replies
from bot.incident.views.nudges import DECLINE

_STILL_OPEN = "Recorded on the timeline: still open, “{}”. An update stays due."
_UNKNOWN = "This question is not asked any more."


@button("keep_severity", about=INCIDENT, may=Capability.CHANGE)
def keep_severity(request: Request) -> Outcome:
    """Confirm the severity that the nudge names."""
    severity = Severity.parse(str(request.metadata.get("severity", "")))
    if severity is None:
        return Refused(_UNKNOWN)
    return ChangeIncident(partial(rules.keep_severity, severity=severity, by=request.actor, now=request.now))


@button("become_scribe", about=INCIDENT, may=Capability.COMMAND)
def become_scribe(request: Request) -> Outcome:
    """Take the scribe's role, if nobody has it by now."""
    return ChangeIncident(
        partial(rules.become_scribe, by=request.actor, now=request.now, roles=request.policy.roles)
    )


@button(DECLINE, about=INCIDENT, may=Capability.CHANGE)
def decline_button(request: Request) -> Outcome:
    """Ask why not."""
    kind = _kind(request)
    if kind is None:
        return Refused(_UNKNOWN)
    return rules.may_decline(request.about, kind) or OpenForm(modals.decline_nudge(request.about, kind))


@form(DECLINE, about=INCIDENT, may=Capability.CHANGE)
def decline(request: Request) -> Outcome:
    """Record why not."""
    kind, reason = _kind(request), str(request.fields.get("reason", ""))
    if kind is None:
        return Refused(_UNKNOWN)
    # A reminder of an update asks this too, stays, and only loses the question: it does not show the reason.
    told = replies.answer(_STILL_OPEN.format(reason.strip())) if kind is NudgeKind.FORGOTTEN else None
    return ChangeIncident(
        partial(rules.decline_nudge, kind=kind, reason=reason, by=request.actor, now=request.now),
        done=(lambda _: told) if told else None,
    )


def _kind(request: Request) -> NudgeKind | None:
    """The kind that the button or the form names; None if this release does not know it."""
    named = str(request.metadata.get("nudge", ""))
    return NudgeKind(named) if named in set(NudgeKind) else None
