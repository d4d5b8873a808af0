"""The rule that puts notes on the timeline."""

from datetime import datetime

from bot.core.decision import Refused
from bot.incident.domain import facts
from bot.incident.domain.incident import Incident
from bot.incident.domain.rules.decision import Decision
from bot.incident.domain.rules.limits import long_before, too_long


def note(
    incident: Incident,
    text: str,
    *,
    by: str,
    now: datetime,
    at: datetime | None = None,
    author: str | None = None,
    app: str = "",
    link: str = "",
    from_message: bool = False,
    channel: str = "",
    ts: str = "",
    by_reaction: bool = False,
    sure: bool = False,
) -> Decision:
    """Put a note on the timeline, at its own time. A closed incident still takes notes, because reviews need them.

    A time long before the declaration is accepted only if the person is `sure`.
    """
    if not text.strip():
        return Refused("Write what happened, in a sentence.", field="text")
    if refused := too_long(text, "text"):
        return refused
    happened = at or now
    if happened > now:
        return Refused("That time is in the future: a note says what has happened.", field="at")
    if refused := long_before(incident, happened, "at", sure=sure):
        return refused
    return (
        facts.Noted(
            at=happened,
            by=by,
            text=text.strip(),
            author="" if app else author or by,
            app=app,
            link=link,
            from_message=from_message,
            channel=channel,
            ts=ts,
            by_reaction=by_reaction,
            noted_at=now if happened != now else None,
        ),
    )
