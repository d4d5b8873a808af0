"""Parse what was typed after `action`: a person, a day and what is to be done, in any order."""

import re
from dataclasses import dataclass
from datetime import date

from bot.core import dates_ahead
from bot.core.dates_ahead import NoSuchDay

ME = "me"

_PERSON = re.compile(
    r"(?:(?<!\S)(?:for|to|owner:?|assign(?:ed)?(?:\s+to)?)\s+)?(?P<person><@[^>]*>|(?<![^\s(])@\S+)[:,]?",
    re.IGNORECASE,
)
_ME = re.compile(r"\s*(?:(?:for|to)\s+)?(?:me|myself)\b\s*[:,]?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Arguments:
    """The text, parsed.

    Attributes:
        title: what is to be done; empty if there is nothing.
        person: the mention, `me`, or the text in the place of a person; empty if it names nobody.
        due_on: None if it names no day.
    """

    title: str
    person: str
    due_on: date | None


def parse(text: str, today: date | None) -> Arguments | NoSuchDay:
    """Parse it. `today` is the writer's own day; None if their time zone is unknown."""
    person, rest = _without_person(text)
    dated = dates_ahead.parse(rest, today)
    if isinstance(dated, NoSuchDay):
        return dated
    if dated:
        rest = dated.rest
    if not person:  # `by friday me: …`
        person, rest = _without_person(rest)
    return Arguments(" ".join(rest.split()).strip(" ,;:"), person, dated.day if dated else None)


def _without_person(text: str) -> tuple[str, str]:
    """The person, or an empty text, and the text without them."""
    if found := _ME.match(text):
        return ME, text[found.end() :]
    if found := _PERSON.search(text):
        return found["person"].rstrip(":,"), f"{text[: found.start()]} {text[found.end() :]}"
    return "", text
