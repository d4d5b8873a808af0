"""The rule that corrects title and summary."""

from datetime import datetime

from bot.core.decision import Refused
from bot.incident.domain import facts
from bot.incident.domain.incident import Incident
from bot.incident.domain.rules.decision import Decision
from bot.incident.domain.rules.limits import TITLE_MAX, too_long


def rename(incident: Incident, title: str, *, by: str, now: datetime, summary: str | None = None) -> Decision:
    """Correct the title and, if it is given, the summary; also of a closed incident, for the review."""
    checked = checked_title(title)
    if isinstance(checked, Refused):
        return checked
    new = incident.summary if summary is None else summary.strip()
    if refused := too_long(new, "summary"):
        return refused
    if (checked, new) == (incident.title, incident.summary):
        return Refused(f"That is what {incident.reference} is called already.", field="title")
    return (
        facts.Renamed(
            at=now, by=by, title=checked, old_title=incident.title, summary=new, old_summary=incident.summary
        ),
    )


def checked_title(typed: str) -> str | Refused:
    """A title as it is stored, on one line; or the refusal of one that nobody could read."""
    title = " ".join(typed.split())
    if not any(character.isprintable() and not character.isspace() for character in title):
        return Refused("Say in a few words what is failing: that becomes the title.", field="title")
    if len(title) > TITLE_MAX:
        return Refused(
            f"A title has at most {TITLE_MAX} characters and this one has {len(title)}: "
            "shorten it and put the rest in the summary.",
            field="title",
        )
    return title
