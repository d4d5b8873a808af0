"""`/incident update`: post a status update, or answer a reminder."""

from datetime import timedelta
from functools import partial

from bot.core.blocks import View
from bot.core.decision import Refused
from bot.core.dedup import same_press, same_words
from bot.incident.commands.registry import INCIDENT, button, command, form
from bot.incident.commands.request import ChangeIncident, KeepDraft, OpenForm, Outcome, Request, Wants
from bot.incident.domain import rules
from bot.incident.domain.audiences import EVERYBODY, Audience
from bot.incident.domain.facts import UpdatePosted
from bot.incident.domain.incident import Incident
from bot.incident.domain.permissions import Capability
from bot.incident.domain.vocabulary import Severity, Status
from bot.incident.views import modals, previews
from bot.incident.views.modals.updates import TEXTS
from bot.incident.views.updates import UpdateText

_DIGITS = 4  # of the minutes until the next update


@command(
    "update",
    "update [what is happening]",
    "Post a status update; without text a form asks for conditions, actions and needs",
    "In the form you can change severity and status in the same go, choose whom the update is for, promise the next one "
    "sooner than the policy asks, and see a preview.",
    about=INCIDENT,
    may=Capability.CHANGE,
    wants=Wants.DRAFT,
    free_text=True,
    synonyms={"news": "", "post": "", "status-update": ""},
)
def update(request: Request) -> Outcome:
    """Post the update at once, or open the form."""
    if not request.text.strip():
        return update_button(request)
    return ChangeIncident(
        lambda incident: rules.post_update(incident, request.text, by=request.actor, now=request.now),
        dedup_keys=(same_words(f"update:{request.about.number}", request.actor, request.text),),
    )


@button("update", about=INCIDENT, may=Capability.CHANGE, wants=Wants.DRAFT)
def update_button(request: Request) -> Outcome:
    """Open the form for an update, with what was typed in it before and not posted."""
    return rules.closed(request.about) or OpenForm(
        modals.update(
            request.about, request.policy, typed=request.draft, is_overtaken=request.draft_is_overtaken
        )
    )


@button("conditions", about=INCIDENT, may=Capability.CHANGE)
@button("actions", about=INCIDENT, may=Capability.CHANGE)
@button("needs", about=INCIDENT, may=Capability.CHANGE)
def typed(request: Request) -> Outcome:
    """Keep what has been typed in the form so far."""
    return KeepDraft({name: str(request.fields[name]) for name in TEXTS if name in request.fields})


@button("preview_update", about=INCIDENT, may=Capability.CHANGE, wants=Wants.MENTIONED | Wants.TEMPLATES)
def preview(request: Request) -> Outcome:
    """Show over the form how the update will look, or why it cannot be posted like this."""
    incident, report = request.about, _report(request)
    decision = rules.post_report(incident, report, request.policy, by=request.actor, now=request.now)
    if isinstance(decision, Refused):
        shown = previews.refused(decision)
    else:
        shown = previews.update(incident, decision, request.policy, request.wording, request.names)
    return OpenForm(modals.preview(shown), on_top=True)


@form("update", about=INCIDENT, may=Capability.CHANGE, wants=Wants.MENTIONED | Wants.TEMPLATES)
def submit(request: Request) -> Outcome:
    """Post the update, from the form."""
    report = _report(request)
    return ChangeIncident(
        partial(_decide, request=request, report=report),
        next_page=partial(_public_draft, request, report) if Audience.PUBLIC in report.audiences else None,
    )


@button("no_change", about=INCIDENT, may=Capability.CHANGE, wants=Wants.DRAFT)
def no_change(request: Request) -> Outcome:
    """Answer a reminder: nothing is new. If there is no update yet, open the form for the first one."""
    if not request.about.update:
        return update_button(request)
    return ChangeIncident(
        partial(rules.no_change, by=request.actor, now=request.now),
        dedup_keys=(same_press(f"no_change:{request.about.number}"),),
    )


def _decide(incident: Incident, *, request: Request, report: rules.Report) -> rules.Decision:
    return rules.post_report(incident, report, request.policy, by=request.actor, now=request.now)


def _public_draft(request: Request, report: rules.Report, after: Incident) -> View:
    said = UpdatePosted(
        at=request.now,
        by=request.actor,
        conditions=report.conditions,
        actions=report.actions,
        needs=report.needs,
    )
    text = UpdateText(said, (), after, request.policy, request.wording, request.names)
    return modals.public_draft(after, text.public())


def _report(request: Request) -> rules.Report:
    """The report in the form. A form of a release before 0.4.0 has only the texts."""
    fields, opened = request.fields, _opened(request)
    severity = Severity.parse(str(fields.get("severity", "")))
    status = Status.parse(str(fields.get("status", "")))
    chosen = [str(each) for each in fields.get("audiences", ())]
    within = str(fields.get("next_in", ""))
    is_time = within.isdecimal() and len(within) <= _DIGITS
    return rules.Report(
        conditions=str(fields.get("conditions", "")),
        actions=str(fields.get("actions", "")),
        needs=str(fields.get("needs", "")),
        severity=severity if opened is None or severity is not opened.severity else None,
        status=status if opened is None or status is not opened.status else None,
        audiences=tuple(each for each in Audience if each.value in chosen) if opened else EVERYBODY,
        next_by=request.now + timedelta(minutes=int(within)) if is_time else None,
    )


def _opened(request: Request) -> modals.Opened | None:
    """What the form showed when it was opened; None if it is not ours, or of an older release."""
    severity = Severity.parse(str(request.metadata.get("severity", "")))
    status = Status.parse(str(request.metadata.get("status", "")))
    return modals.Opened(severity, status) if severity and status else None
