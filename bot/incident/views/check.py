"""Try every template when the bot starts, so that a broken one is reported then and not during an incident."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from bot.core.templates import Templates
from bot.incident.domain import facts
from bot.incident.domain.cadence import EscalationStep, Promise
from bot.incident.domain.incident import fold
from bot.incident.domain.policy import Policy
from bot.incident.domain.postmortem import draft
from bot.incident.domain.timeline import Entry
from bot.incident.domain.vocabulary import Role, Severity
from bot.incident.views import duties
from bot.incident.views.postmortem import postmortem
from bot.incident.views.reminders import ReminderText

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
    )
    incident = fold(happened)
    entries = [Entry(seq, fact) for seq, fact in enumerate(happened, start=1)]
    reminder_text = ReminderText(incident, policy, templates, _AT + timedelta(minutes=7))
    for promise in Promise:
        for step in EscalationStep:
            reminder_text.prose(promise, step)
    for role in policy.roles.all:
        duties.prose(role.key, incident, policy.roles, templates)
    postmortem(draft(incident, entries, _AT), {}, templates)
