"""The rules of the parking lot."""

from datetime import datetime

from bot.core.decision import Refused
from bot.incident.domain import facts
from bot.incident.domain.incident import Incident
from bot.incident.domain.parking import ParkedThought, parked_label
from bot.incident.domain.rules.decision import Decision
from bot.incident.domain.rules.limits import too_long

PARKED_MAX = 100  # the whole parking lot is part of the state, which every act stores


def park(
    incident: Incident,
    text: str,
    *,
    by: str,
    now: datetime,
    author: str | None = None,
    app: str = "",
    link: str = "",
) -> Decision:
    """Keep a thought for the postmortem. It is allowed at any time: a closed incident is what reviews think about."""
    if not text.strip():
        return Refused("Write the thought or the question, in a sentence.", field="text")
    if refused := too_long(text, "text"):
        return refused
    if len(incident.parked) >= PARKED_MAX:
        return Refused(
            f"The parking lot of {incident.reference} is full: {PARKED_MAX} were parked. "
            "Put it on the timeline instead: `/incident note …`."
        )
    parked = facts.Parked(
        at=now,
        by=by,
        number=len(incident.parked) + 1,
        text=text.strip(),
        author="" if app else author or by,
        app=app,
        link=link,
    )
    return (parked,)


def unpark(incident: Incident, number: int, *, by: str, now: datetime) -> Decision:
    """Take a thought out of the parking lot, so that the postmortem does not ask about it."""
    thought = _parked(incident, number)
    if isinstance(thought, Refused):
        return thought
    if thought.taken_out:
        return Refused(f"{parked_label(number)} is not in the parking lot any more.")
    return (facts.Unparked(at=now, by=by, number=number, text=thought.text),)


def repark(incident: Incident, number: int, *, by: str, now: datetime) -> Decision:
    """Put a thought back that was taken out."""
    thought = _parked(incident, number)
    if isinstance(thought, Refused):
        return thought
    if not thought.taken_out:
        return Refused(f"{parked_label(number)} is in the parking lot already.")
    return (facts.Reparked(at=now, by=by, number=number, text=thought.text),)


def _parked(incident: Incident, number: int) -> ParkedThought | Refused:
    found = next((each for each in incident.parked if each.number == number), None)
    if found is None:
        return Refused(
            f"There is no {parked_label(number)} in the parking lot of {incident.reference}: "
            "`/incident park` lists what there is."
        )
    return found
