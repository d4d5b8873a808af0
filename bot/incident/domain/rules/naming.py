"""The rule that corrects title and summary."""

from datetime import datetime

from bot.core.decision import Refused
from bot.incident.domain import facts
from bot.incident.domain.incident import Incident
from bot.incident.domain.kinds import Kind, kind_of_title, titled
from bot.incident.domain.rules.decision import Decision
from bot.incident.domain.rules.limits import TITLE_MAX, too_long


def rename(incident: Incident, title: str, *, by: str, now: datetime, summary: str | None = None) -> Decision:
    """Correct the title and, if it is given, the summary; also of a closed incident, for the review.

    The title of a drill goes on saying that it is one. A title that begins with `Drill:` makes it one.
    """
    checked = checked_title(title)
    if not isinstance(checked, Refused) and incident.is_drill:
        checked = checked_title(titled(checked, Kind.DRILL))
    if isinstance(checked, Refused):
        return checked
    new = incident.summary if summary is None else summary.strip()
    if refused := too_long(new, "summary"):
        return refused
    if (checked, new) == (incident.title, incident.summary):
        return Refused(f"That is what {incident.reference} is called already.", field="title")
    renamed = facts.Renamed(
        at=now, by=by, title=checked, old_title=incident.title, summary=new, old_summary=incident.summary
    )
    if incident.is_drill or checked == incident.title or kind_of_title(checked) is Kind.INCIDENT:
        return (renamed,)
    return renamed, facts.KindChanged(at=now, by=by, new=Kind.DRILL, old=Kind.INCIDENT)


def set_kind(incident: Incident, kind: Kind, *, by: str, now: datetime) -> Decision:
    """Correct whether it is a drill or a real incident, also after its end. The title follows."""
    old = Kind.DRILL if incident.is_drill else Kind.INCIDENT
    if kind is old:
        return Refused(f"{incident.reference} is {kind.phrase} already.")
    title = checked_title(titled(incident.title, kind))
    if isinstance(title, Refused):
        return title
    changed = facts.KindChanged(at=now, by=by, new=kind, old=old)
    if title == incident.title:
        return (changed,)
    summary = incident.summary
    renamed = facts.Renamed(
        at=now, by=by, title=title, old_title=incident.title, summary=summary, old_summary=summary
    )
    return renamed, changed


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
