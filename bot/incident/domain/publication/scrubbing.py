"""Takes out of a text what must not be published: names, addresses, links."""

import re
from collections.abc import Callable, Mapping
from functools import partial

from bot.core.tokens import Kind, split
from bot.incident.domain.publication.labels import UNKNOWN, Labels

NO_LINK, NO_ADDRESS, NO_NUMBER, NO_CHANNEL = (
    "(link removed)",
    "(address removed)",
    "(number removed)",
    "(channel)",
)
_MAIL = re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+")
_LINK = re.compile(r"\b(?:[a-z][a-z0-9+.-]*://|www\.)\S+", re.IGNORECASE)
_NUMBER = re.compile(r"\+\d[\d ()/.-]{5,}\d")
_ID = re.compile(r"\b[UW](?=[A-Z0-9]*\d)[A-Z0-9]{8,}\b")  # of a person, as Slack writes it
_PART = 3  # letters; shorter parts of a name are words too

Scrub = Callable[[str], str]


def names_scrubbed(labels: Labels, names: Mapping[str, str]) -> Scrub:
    """A function that puts people's labels in the place of their names, as they are written in full or in part.

    Args:
        labels: of those who took part.
        names: by id. Of somebody who took no part, only a name of several words is found.
    """
    called: dict[str, str] = {}
    for person, name in names.items():
        label = labels[person]
        if person in labels or " " in name.strip():
            called[name.strip().casefold()] = label
        if person in labels:
            called |= {part.casefold(): label for part in name.split() if len(part) >= _PART}
    called = {name: label for name, label in called.items() if name}
    if not called:
        return lambda text: text
    longest_first = sorted(called, key=len, reverse=True)
    pattern = re.compile(rf"@?(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)", re.IGNORECASE)
    return partial(_outside_tokens, pattern=pattern, called=called)


def _outside_tokens(text: str, pattern: re.Pattern[str], called: Mapping[str, str]) -> str:
    def label(match: re.Match[str]) -> str:
        return called.get(match[0].removeprefix("@").casefold(), UNKNOWN)

    pieces = split(text)
    return "".join(
        pattern.sub(label, piece)
        if isinstance(piece, str)
        else f"<@{piece.value}>"
        if piece.kind is Kind.PERSON
        else piece.typed
        for piece in pieces
    )


def without_addresses(text: str) -> str:
    """The text without links, e-mail addresses, telephone numbers, channels, and ids of people that are not mentions."""
    return "".join(
        _plain(piece) if isinstance(piece, str) else _token(piece.kind, piece.value) for piece in split(text)
    )


def _plain(text: str) -> str:
    text = _LINK.sub(NO_LINK, _MAIL.sub(NO_ADDRESS, text))
    return _ID.sub(UNKNOWN, _NUMBER.sub(NO_NUMBER, text))


def _token(kind: Kind, value: str) -> str:
    match kind:
        case Kind.PERSON:
            return f"<@{value}>"
        case Kind.LINK:
            return NO_LINK
        case Kind.MAIL:
            return NO_ADDRESS
        case Kind.PHONE:
            return NO_NUMBER
        case Kind.CHANNEL:
            return NO_CHANNEL
        case Kind.TIME:
            return f"<!date^{value}^{{time}}>"
        case _:
            return "(a group)"
