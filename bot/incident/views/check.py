"""Try every template when the bot starts, so that a broken one is reported then and not during an incident."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.core.templates import Templates
from bot.incident.domain import facts
from bot.incident.domain.cadence import EscalationStep, Promise
from bot.incident.domain.incident import fold
from bot.incident.domain.policy import Policy
from bot.incident.domain.postmortem import draft
from bot.incident.domain.timeline import Entry
from bot.incident.domain.vocabulary import Role, Severity, Status
from bot.incident.views import role_duties
from bot.incident.views.postmortem import postmortem
from bot.incident.views.reminders import ReminderText
from bot.incident.views.subscribers import SubscriberText
from bot.incident.views.updates import UpdateText

_AT = datetime(2026, 1, 1, 12, 0, tzinfo=UTC)


def check_templates(templates: Templates, policy: Policy) -> None:
    """Render each template with a made-up incident.

    Raises:
        TemplateBrokenError: a template does not render; the message says which, where and why.
    """
    happened: Sequence[facts.Fact] = (
        facts.Declared(
            at=_AT, by="U1", number=1, title="Checkout is failing", severity=Severity.SEV1, private=True
        ),
        facts.RoleAssigned(at=_AT, by="U1", role=Role.COMMANDER, person="U1"),
        facts.Noted(at=_AT, by="U1", author="U1", text="Errors began", link="https://example.com"),
        facts.TaskAdded(at=_AT, by="U1", number=1, text="Check replica lag", assignee="U1"),
    )
    incident = fold(happened)
    entries = [Entry(seq, fact) for seq, fact in enumerate(happened, start=1)]
    reminder_text = ReminderText(incident, policy, templates, _AT + timedelta(minutes=7))
    for promise in Promise:
        for step in EscalationStep:
            reminder_text.prose(promise, step)
    posted = facts.UpdatePosted(
        at=_AT, by="U1", conditions="Half fail", actions="Rolling back", needs="A DBA"
    )
    after = fold((*happened, posted))
    raised = facts.SeverityChanged(at=_AT, by="U1", old=Severity.SEV2, new=Severity.SEV1)
    mitigated = facts.StatusChanged(at=_AT, by="U1", old=Status.TRIAGE, new=Status.MITIGATED)
    for update in (posted, replace(posted, actions="", needs="", unchanged=True)):
        for act in ((update,), (raised, mitigated, update)):
            UpdateText(update, act, after, policy, templates, {}).check()
    for said in ((posted,), (happened[0], raised), (raised, replace(posted, actions="", unchanged=True))):
        SubscriberText(said, after, policy, templates, "C1").check()
    for role in policy.roles.all:
        role_duties.prose(role.key, incident, policy.roles, templates)
    postmortem(draft(incident, entries, policy, _AT), {}, templates)
