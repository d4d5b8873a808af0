"""The rules of near misses. Each returns facts, or one sentence that says why not."""

from collections.abc import Sequence
from datetime import datetime

from bot.core.decision import Refused
from bot.followup.domain import near_miss_facts as facts
from bot.followup.domain.near_miss import NearMiss
from bot.incident.domain.vocabulary import reference as incident_reference

TEXT_MAX = 1000  # characters of each field
ANSWER_MAX = 1500

Decision = Sequence[facts.Fact] | Refused


def report(
    number: int, title: str, summary: str, *, similar: Sequence[int] = (), by: str, now: datetime
) -> Decision:
    """Report that something nearly went wrong. `by` is empty if the reporter does not give their name."""
    refused = unfit(title, "title", "Say what happened, in a sentence.") or _too_long(summary, "summary")
    if refused:
        return refused
    reported = facts.NearMissReported(
        at=now, by=by, number=number, title=title.strip(), summary=summary.strip(), similar=tuple(similar)
    )
    return (reported,)


def change(item: NearMiss, title: str, summary: str, *, by: str, now: datetime) -> Decision:
    """Say it better. Only the reporter may, which the command decides."""
    refused = (
        withdrawn(item)
        or unfit(title, "title", "Say what happened, in a sentence.")
        or _too_long(summary, "summary")
    )
    if refused:
        return refused
    if (title.strip(), summary.strip()) == (item.title, item.summary):
        return Refused("Nothing is changed: both texts are as they were.", field="title")
    return (facts.NearMissChanged(at=now, by=by, title=title.strip(), summary=summary.strip()),)


def answer(item: NearMiss, text: str, *, by: str, now: datetime) -> Decision:
    """Say what is done about it, or why nothing is. A later answer takes the place of an earlier one."""
    if refused := withdrawn(item) or unfit(
        text, "answer", "Say what is done about it, or why nothing is.", ANSWER_MAX
    ):
        return refused
    if text.strip() == item.answer:
        return Refused(f"{item.reference} has that answer already.", field="answer")
    return (facts.NearMissAnswered(at=now, by=by, answer=text.strip()),)


def promote(item: NearMiss, incident: int, *, by: str, now: datetime) -> Decision:
    """It became the incident with this number."""
    return not_promotable(item) or (facts.NearMissPromoted(at=now, by=by, incident=incident),)


def withdraw(item: NearMiss, *, by: str, now: datetime) -> Decision:
    """Take it back: it was reported by mistake, or names somebody."""
    if item.promoted_to is not None:
        return Refused(
            f"{item.reference} became {incident_reference(item.promoted_to)}, so it stays. What is wrong can be corrected there."
        )
    return withdrawn(item) or (facts.NearMissWithdrawn(at=now, by=by),)


def restore(item: NearMiss, *, by: str, now: datetime) -> Decision:
    """It counts after all."""
    if not item.is_withdrawn:
        return Refused(f"{item.reference} was not taken back: it counts.")
    return (facts.NearMissRestored(at=now, by=by),)


def withdrawn(item: NearMiss) -> Refused | None:
    """The refusal of what only one that counts allows; None if it counts."""
    if item.is_withdrawn:
        return Refused(f"{item.reference} was taken back.")
    return None


def not_promotable(item: NearMiss) -> Refused | None:
    """The refusal if it cannot become an incident; None if it can."""
    if item.promoted_to is not None:
        return Refused(f"{item.reference} is {incident_reference(item.promoted_to)} already.")
    return withdrawn(item)


def unfit(text: str, field: str, ask: str, limit: int = TEXT_MAX) -> Refused | None:
    """The refusal of a text that says nothing, or too much; None if it fits."""
    if not any(letter.isprintable() and not letter.isspace() for letter in text):
        return Refused(ask, field=field)
    return _too_long(text, field, limit)


def _too_long(text: str, field: str, limit: int = TEXT_MAX) -> Refused | None:
    if len(text.strip()) > limit:
        return Refused(f"That has {len(text.strip())} characters; at most {limit} fit.", field=field)
    return None
