"""How bad it is, how far the work is, and its end."""

from datetime import datetime

from bot.core.blocks import (
    View,
    field_block,
    moment_picker,
    option,
    radio,
    text_input,
)
from bot.incident.domain.incident import Incident
from bot.incident.domain.policy import Policy
from bot.incident.domain.rules import TEXT_MAX
from bot.incident.domain.vocabulary import Status
from bot.incident.views.modals.fields import doubted, form, severities

_STATUS_HINTS = {
    Status.TRIAGE: "Finding out what is wrong and how bad",
    Status.MITIGATING: "Making it stop hurting customers",
    Status.MITIGATED: "Customers are well; not yet safe",
    Status.RESOLVED: "Over, and it will stay so",
}


def severity(incident: Incident, policy: Policy) -> View:
    """Change the severity."""
    return form(
        incident,
        "severity",
        "Change severity",
        field_block(
            "severity",
            "How badly are customers hit?",
            radio(severities(policy), str(int(incident.severity))),
        ),
        field_block("reason", "Why", text_input(max_length=TEXT_MAX), optional=True),
    )


def status(incident: Incident) -> View:
    """Change the status."""
    choices = [option(each.value.capitalize(), each.value, _STATUS_HINTS[each]) for each in _STATUS_HINTS]
    return form(
        incident,
        "status",
        "Change status",
        field_block("status", "Where does the work stand?", radio(choices, incident.status.value)),
    )


def resolve(
    incident: Incident,
    *,
    summary: str = "",
    started: datetime | None = None,
    detected: datetime | None = None,
    doubt: str = "",
) -> View:
    """Say that it is over, and when it began. A `doubt` about what was submitted is asked back."""
    return form(
        incident,
        "resolve",
        "Resolve",
        field_block(
            "summary",
            "What brought customers back?",
            text_input(
                initial=summary, multiline=True, max_length=TEXT_MAX, placeholder="Rolled back release 214"
            ),
            optional=True,
        ),
        field_block("started", "When did impact start?", moment_picker(started), optional=True),
        field_block("detected", "When was it first detected?", moment_picker(detected), optional=True),
        *doubted(doubt),
        submit="Resolve",
    )


def reopen(incident: Incident) -> View:
    """Open it again, with a reason."""
    return form(
        incident,
        "reopen",
        "Reopen",
        field_block("reason", "Why is it open again?", text_input(multiline=True, max_length=TEXT_MAX)),
        submit="Reopen",
    )
