"""Which entry of the timeline an act is about."""

import re
from dataclasses import dataclass

from bot.core.decision import Refused
from bot.incident.commands.request import Request
from bot.incident.domain.corrections import Shown, find

_NUMBERED = re.compile(r"#?(?P<number>\d{1,9})(?!\w)\s*[:,]?\s*(?P<rest>.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class NamedEntry:
    """An entry that was named, and the text after its number."""

    entry: Shown
    rest: str


def named(request: Request, text: str, usage: str) -> NamedEntry | Refused:
    """The entry whose number the text begins with.

    Args:
        request: the act, with the timeline.
        text: what was typed.
        usage: how the command is typed, for an answer to a text without a number.
    """
    match = _NUMBERED.fullmatch(text.strip())
    if match is None:
        return Refused(f"Say which entry: `/incident {usage}`. `/incident timeline` shows the numbers.")
    entry = numbered(request, int(match["number"]))
    return entry if isinstance(entry, Refused) else NamedEntry(entry, match["rest"].strip())


def chosen(request: Request) -> Shown | Refused:
    """The entry that a button or a form is about."""
    number = request.metadata.get("entry")
    return numbered(request, number if isinstance(number, int) else 0)


def numbered(request: Request, number: int) -> Shown | Refused:
    """The entry with this number."""
    return find(request.timeline, number) or Refused(
        f"There is no entry #{number} in {request.about.reference}. `/incident timeline` shows the numbers."
    )
