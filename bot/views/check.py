"""Tries every template at the start, so that a broken one is told then and not at three in the morning."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from bot.domain.cadence import Promise, Rung
from bot.domain.events import Declared, Entry, Fact, Noted, RoleAssigned
from bot.domain.incident import fold
from bot.domain.policy import Policy
from bot.domain.postmortem import draft
from bot.domain.vocabulary import Role, Severity
from bot.views.postmortem import postmortem
from bot.views.reminders import Written
from bot.views.templates import Templates

_AT = datetime(2026, 1, 1, 12, 0, tzinfo=UTC)


def check_templates(templates: Templates, policy: Policy) -> None:
    """Render each template with a made-up incident.

    Raises:
        TemplateBrokenError: one does not render; the message says which, where and why.
    """
    facts: Sequence[Fact] = (
        Declared(
            at=_AT, by="U1", number=1, title="Checkout is failing", severity=Severity.SEV1, private=True
        ),
        RoleAssigned(at=_AT, by="U1", role=Role.COMMANDER, person="U1"),
        Noted(at=_AT, by="U1", author="U1", text="Errors began", link="https://example.com"),
    )
    incident = fold(facts)
    entries = [Entry(seq, fact) for seq, fact in enumerate(facts, start=1)]
    written = Written(incident, policy, templates, _AT + timedelta(minutes=7))
    for promise in Promise:
        for rung in Rung:
            written.prose(promise, rung)
    postmortem(draft(incident, entries, _AT), {}, templates)
