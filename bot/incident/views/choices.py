"""Questions that are answered with a button: which incident is meant, and whether an unusual value is right."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from bot.core.blocks import BUTTON_VALUE_MAX, Block, Message, actions, button, context, preformatted, section
from bot.core.text import Mrkdwn, clip, md
from bot.core.tokens import in_words
from bot.incident.domain.incident import Incident
from bot.incident.views.card import mark

CHOSEN = "chosen"
CHOICES_MAX = 5
_NO_OTHERS: Mapping[int, Mapping[str, Any]] = {}
TYPED_MAX = 9000  # of a message's total limit; the rest is for the text above it


def which_incident(
    question: Mrkdwn,
    verb: str,
    choices: Sequence[Incident],
    about: Mapping[str, Any],
    otherwise: Mapping[int, Mapping[str, Any]] = _NO_OTHERS,
) -> Message:
    """Ask which of several incidents is meant. Each has a button that continues the original act.

    Args:
        question: the question.
        verb: what the button does to the incident.
        choices: the incidents, the likeliest first.
        about: the act to continue, as `Request.metadata` reads it back. If it is too long there are no buttons.
        otherwise: the act to continue instead, by the number of the chosen incident.
    """
    shown = choices[:CHOICES_MAX]
    carried = ((incident, otherwise.get(incident.number, about)) for incident in shown)
    rows = [row for incident, what in carried if (row := _row(incident, verb, what))]
    return Message(text=question, blocks=[section(question), *rows])


def confirm_value(doubt: str, verb: str, incident: Incident, about: Mapping[str, Any]) -> Message:
    """Ask whether an unusual value is right; the button confirms it."""
    text = md(":grey_question: {}", doubt)
    value = _value(incident, {**about, "sure": True})
    again = [actions(button(verb, CHOSEN, value, style="primary"))] if value else []
    return Message.of(text, *again)


def with_typed(message: Message, typed: str, label: str = "You typed") -> Message:
    """The same message with what the person typed below it, so that they need not type it again.

    Nothing in a preformatted text becomes a mention. So people and channels are in words, as they are typed.
    """
    shown = preformatted(clip(in_words(typed, {}), TYPED_MAX))
    return Message(text=message.text, blocks=[*message.blocks, context(md("{}:", label)), shown])


def _row(incident: Incident, verb: str, about: Mapping[str, Any]) -> Block | None:
    value = _value(incident, about)
    if not value:
        return None
    text = md("{} *{}* {}", mark(incident), incident.reference, incident.title)
    label = f"{verb} {incident.reference}"
    return section(text) | {"block_id": incident.reference, "accessory": button(label, CHOSEN, value)}


def _value(incident: Incident, about: Mapping[str, Any]) -> str:
    """The button's value; empty if it is too long."""
    value = json.dumps({**about, "number": incident.number}, ensure_ascii=False, separators=(",", ":"))
    return value if len(value) <= BUTTON_VALUE_MAX else ""
