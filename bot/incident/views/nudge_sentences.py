"""What people have answered to a nudge, as the timeline and the nudge itself say it."""

from bot.incident.domain import facts
from bot.incident.domain.nudge_kinds import NudgeKind

_WHY_NOT = {
    NudgeKind.SEVERITY: "Severity not confirmed",
    NudgeKind.SCRIBE: "No scribe",
    NudgeKind.SILENCE: "Nothing to add to the timeline",
    NudgeKind.MITIGATED: "Not resolved yet",
    NudgeKind.FORGOTTEN: "Still open",
}


def nudge_answer(fact: facts.SeverityConfirmed | facts.NudgeDeclined) -> str:
    """The answer, as raw text, without the person who gave it."""
    if isinstance(fact, facts.SeverityConfirmed):
        return f"Severity {fact.severity.label} confirmed"
    return f"{_WHY_NOT[fact.nudge]}: {fact.reason}"
