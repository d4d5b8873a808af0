"""The forms for severity, status, resolving and reopening."""

from collections.abc import Mapping
from datetime import datetime

from bot.core.blocks import (
    Block,
    View,
    field_block,
    moment_picker,
    option,
    radio,
    text_input,
)
from bot.core.newer import alert
from bot.core.text import interval, md
from bot.incident.domain.incident import Incident
from bot.incident.domain.policy import Policy
from bot.incident.domain.rules import TEXT_MAX
from bot.incident.domain.vocabulary import Severity, Status
from bot.incident.views.modals.fields import doubted, form, severities
from bot.incident.views.modals.impact import NO_ANSWERS, impact

STATUS_HINTS = {
    Status.TRIAGE: "Finding out what is wrong and how bad",
    Status.MITIGATING: "Stopping the impact on customers",
    Status.MITIGATED: "No impact now, but it may come back",
    Status.RESOLVED: "Over; it will not come back",
}


def severity(incident: Incident, policy: Policy, answers: Mapping[int, int] = NO_ANSWERS) -> View:
    """Change the severity. The policy's questions about the impact propose one, as soon as one is answered.

    Args:
        incident: the state.
        policy: the questions, and what each severity means.
        answers: the number of the chosen answer, by the number of its question.
    """
    return form(
        incident,
        "severity",
        "Change severity",
        *_if_raised(incident, policy),
        *impact(policy, answers),
        field_block(
            "severity",
            "How badly are customers hit?",
            radio(severities(policy), str(int(incident.severity))),
        ),
        field_block("reason", "Why", text_input(max_length=TEXT_MAX), optional=True),
    )


def _if_raised(incident: Incident, policy: Policy) -> list[Block]:
    """What follows if the severity is raised; nothing if it cannot be."""
    if incident.severity is Severity.SEV1:
        return []
    told = "only the war room is" if incident.private else "the war room and the incidents channel are"
    worst = interval(policy.cadence(Severity.SEV1, mitigated=False))
    calls = " The policy calls people in." if _calls_if_raised(incident, policy) else ""
    text = md("If you raise it, {} told. At SEV1 an update is due every {}.{}", told, worst, calls)
    return [alert(text, "info")]


def _calls_if_raised(incident: Incident, policy: Policy) -> bool:
    worse = [severity for severity in Severity if severity < incident.severity]
    return not incident.private and any(policy.call(severity) for severity in worse)


def status(incident: Incident) -> View:
    """Change the status."""
    choices = [option(each.value.capitalize(), each.value, STATUS_HINTS[each]) for each in STATUS_HINTS]
    return form(
        incident,
        "status",
        "Change status",
        field_block("status", "What is the status now?", radio(choices, incident.status.value)),
    )


def resolve(
    incident: Incident,
    *,
    summary: str = "",
    started: datetime | None = None,
    detected: datetime | None = None,
    doubt: str = "",
) -> View:
    """Resolve the incident, and say when impact started. With a `doubt`, the form asks whether a value is right."""
    return form(
        incident,
        "resolve",
        "Resolve",
        *_left_open(incident),
        field_block(
            "summary",
            "What fixed it for customers?",
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


def _left_open(incident: Incident) -> list[Block]:
    """What is not finished, although the incident is to be resolved."""
    tasks = len(incident.open_tasks)
    undecided = sum(each.state.is_undecided for each in incident.decisions)
    parts = [
        f"{tasks} task{'s are' if tasks > 1 else ' is'} still open" if tasks else "",
        f"{undecided} decision{'s are' if undecided > 1 else ' is'} not taken" if undecided else "",
    ]
    if not any(parts):
        return []
    return [alert(md("{}. You can resolve it all the same.", " and ".join(part for part in parts if part)))]


def reopen(incident: Incident) -> View:
    """Open the incident again, with a reason."""
    return form(
        incident,
        "reopen",
        "Reopen",
        field_block("reason", "Why is it open again?", text_input(multiline=True, max_length=TEXT_MAX)),
        submit="Reopen",
    )
