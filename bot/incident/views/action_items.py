"""Action items, as an incident shows them: in the postmortem draft, and to a war room that one would have helped."""

from collections.abc import Mapping, Sequence

from bot.core.blocks import Message
from bot.core.text import Mrkdwn, day, lines, md
from bot.core.tokens import in_words
from bot.incident.domain.action_lines import ActionLine

NOBODY = "nobody"
_WAS_TO = {
    "prevent": "This was going to be prevented by",
    "detect": "This was going to be noticed sooner by",
    "mitigate": "This was going to do less harm by",
    "learn": "This was going to be understood by",
}


def would_have_helped(items: Sequence[ActionLine], names: Mapping[str, str]) -> Message:
    """The message to the war room of an incident that open action items are about; it notifies nobody."""
    return Message.of(lines(*(_would_have_helped(each, names) for each in items)))


def _would_have_helped(item: ActionLine, names: Mapping[str, str]) -> Mrkdwn:
    return md(
        ":hourglass: {} *{}* of {}: {} ({}, due {})",
        _WAS_TO.get(item.kind, _WAS_TO["prevent"]),
        item.reference,
        item.incident,
        in_words(item.title, names),
        item.owner or NOBODY,
        day(item.due_on),
    )
