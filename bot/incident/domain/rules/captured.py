"""The rules for notes that are messages in Slack: they follow what becomes of the message."""

from datetime import datetime

from bot.core.actor import machine
from bot.core.decision import Refused
from bot.core.text import clip
from bot.incident.domain import facts
from bot.incident.domain.corrections import Shown
from bot.incident.domain.incident import Incident
from bot.incident.domain.rules.corrections import not_correctable, restore, strike
from bot.incident.domain.rules.decision import Decision
from bot.incident.domain.rules.limits import SLACK_LENGTH_MAX, TEXT_MAX, slack_length

SLACK = machine("Slack")
NO_TEXT = "(a message without text)"


def as_note(text: str) -> str:
    """The text of a message as a note: never empty, and cut if it is longer than a note may be."""
    text = clip(text.strip() or NO_TEXT, TEXT_MAX)
    while slack_length(text) > SLACK_LENGTH_MAX:
        text = clip(text, len(text) * SLACK_LENGTH_MAX // slack_length(text) - 1)
    return text


def message_edited(incident: Incident, entry: Shown, text: str, *, by: str, now: datetime) -> Decision:
    """The message was edited: the note follows, unless somebody has corrected its text by hand."""
    del incident  # also a closed one's timeline follows
    if refused := not_correctable(entry):
        return refused
    by_hand = [each.fact for each in entry.history if isinstance(each.fact, facts.EntryCorrected)]
    if any(each.text and not each.by_edit for each in by_hand):
        return Refused(f"#{entry.number} was corrected by hand.")
    if as_note(text) == entry.text:
        return Refused(f"That is what #{entry.number} says already.")
    return (facts.EntryCorrected(at=now, by=by, entry=entry.number, text=as_note(text), by_edit=True),)


def message_deleted(incident: Incident, entry: Shown, *, now: datetime) -> Decision:
    """The message was deleted: the note is struck. Slack does not say who did it."""
    return strike(incident, entry, by=SLACK, now=now, why="deleted in Slack")


def reaction_removed(incident: Incident, entry: Shown, *, by: str, now: datetime) -> Decision:
    """The last reaction that marks the message was taken back: the note is struck."""
    return strike(incident, entry, by=by, now=now, why="the reaction was taken back")


def marked_again(incident: Incident, entry: Shown, text: str, *, by: str, now: datetime) -> Decision:
    """The message was marked again: the note that was struck counts again, with the message's present text."""
    restored = restore(incident, entry, by=by, now=now)
    if isinstance(restored, Refused) or as_note(text) == entry.text:
        return restored
    return (
        *restored,
        facts.EntryCorrected(at=now, by=by, entry=entry.number, text=as_note(text), by_edit=True),
    )
