"""The way of the postmortem: to review, approved or changed, published; or closed without one."""

from collections.abc import Callable
from functools import partial

from bot.core.blocks import Message
from bot.core.decision import Refused
from bot.core.text import md
from bot.incident.commands.postmortem_canvas import read_then
from bot.incident.commands.registry import INCIDENT, button, form
from bot.incident.commands.request import ChangeIncident, OpenForm, Outcome, Request
from bot.incident.domain import rules
from bot.incident.domain.incident import Incident
from bot.incident.domain.permissions import Capability
from bot.incident.domain.rules.postmortem_canvas import PUBLISH, REVIEW
from bot.incident.views import modals


def needed_to_close(request: Request) -> tuple[Capability]:
    """Whoever gives up a postmortem that is owed ends the incident in another way."""
    owed = request.incident is not None and request.incident.postmortem.due_at is not None
    return (Capability.CLOSE if owed else Capability.CHANGE,)


@button("postmortem_send", about=INCIDENT, may=Capability.CHANGE)
def send(request: Request) -> Outcome:
    """Send the draft to review."""
    reviewers = request.policy.postmortem.reviewers
    send_to_review = partial(rules.send_to_review, reviewers=reviewers, by=request.actor, now=request.now)
    return _read_canvas_first(request, send_to_review, REVIEW) or ChangeIncident(send_to_review)


@button("postmortem_approve", about=INCIDENT, may=Capability.CHANGE)
def approve(request: Request) -> Outcome:
    """Approve it."""
    return ChangeIncident(partial(rules.approve_postmortem, by=request.actor, now=request.now))


@button("postmortem_changes", about=INCIDENT, may=Capability.CHANGE)
def changes(request: Request) -> Outcome:
    """Ask for changes at once, or open the form that asks which."""
    if request.text.strip():
        return _want(request, request.text)
    return rules.not_in_review(request.about) or OpenForm(modals.postmortem_changes(request.about))


@form("postmortem_changes", about=INCIDENT, may=Capability.CHANGE)
def submit_changes(request: Request) -> Outcome:
    """Ask for changes, from the form."""
    return _want(request, str(request.fields.get("text", "")))


@button("postmortem_take_over", about=INCIDENT, may=Capability.CHANGE)
def take_over(request: Request) -> Outcome:
    """Take what has become new on the timeline into the document."""
    rule = partial(rules.take_over_entries, by=request.actor, now=request.now)
    return ChangeIncident(rule, done=_taken_over)


@button("postmortem_publish", about=INCIDENT, may=Capability.CLOSE)
def publish(request: Request) -> Outcome:
    """Publish it."""
    reviewers = request.policy.postmortem.reviewers
    rule = partial(rules.publish_postmortem, reviewers=reviewers, by=request.actor, now=request.now)
    return _read_canvas_first(request, rule, PUBLISH) or ChangeIncident(rule)


def _read_canvas_first(
    request: Request, rule: Callable[[Incident], rules.Decision], wanted: str
) -> Outcome | None:
    """Take over from the canvas before; None if there is none, or if what is wanted is refused whatever is in it."""
    document = request.about.postmortem
    is_refused = isinstance(rule(request.about), Refused)
    may_go_on = not is_refused or (not document.is_written and not rules.not_over(request.about))
    return read_then(request, wanted) if document.canvas and may_go_on else None


@button("postmortem_none", about=INCIDENT, may=Capability.CHANGE, needs=needed_to_close)
def none(request: Request) -> Outcome:
    """Close it without a postmortem at once, or open the form that asks why."""
    if request.text.strip():
        return _close(request, request.text)
    return rules.not_over(request.about) or OpenForm(modals.postmortem_none(request.about))


@form("postmortem_none", about=INCIDENT, may=Capability.CHANGE, needs=needed_to_close)
def submit_none(request: Request) -> Outcome:
    """Close it without a postmortem, from the form."""
    return _close(request, str(request.fields.get("reason", "")))


def _want(request: Request, text: str) -> Outcome:
    return ChangeIncident(partial(rules.want_changes, text=text, by=request.actor, now=request.now))


def _close(request: Request, reason: str) -> Outcome:
    rule = partial(rules.close_without_postmortem, reason=reason, by=request.actor, now=request.now)
    return ChangeIncident(rule)


def _taken_over(incident: Incident) -> Message:
    return Message.of(
        md("The postmortem of {} has everything that is on the timeline now.", incident.reference)
    )
