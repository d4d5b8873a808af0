"""Text as Slack stores it: words, and tokens in angle brackets for people, channels, groups, times and links.

Source: Slack docs, "Formatting text for app surfaces", retrieving formatted messages.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

GROUP_WITHOUT_NAME = "a user group"
_NO_TOKEN = str.maketrans("<>", "\u2039\u203a")  # a name that people chose must not become a token


class Kind(StrEnum):
    """The kind of a token."""

    PERSON = "person"
    CHANNEL = "channel"
    GROUP = "group"
    EVERYBODY = "everybody"  # @here, @channel, @everyone
    TIME = "time"
    LINK = "link"
    MAIL = "mail"
    PHONE = "phone"


@dataclass(frozen=True, slots=True)
class Token:
    """One token.

    Attributes:
        value: an id, an address, seconds since 1970, or one of `here`, `channel`, `everyone`.
        label: the text to show, if the token has one; for a time, the fallback.
        typed: the token as it is in the text.
    """

    kind: Kind
    value: str
    label: str
    typed: str


_KINDS = [(kind.value, kind) for kind in Kind]  # an enumeration's values are slow to ask for
_TOKEN = re.compile(
    r"<(?:"
    r"@(?P<person>[UW][A-Z0-9]+)"
    r"|#(?P<channel>[CGD][A-Z0-9]+)"
    r"|!subteam\^(?P<group>S[A-Z0-9]+)"
    r"|!(?P<everybody>here|channel|everyone|group)"
    r"|!date\^(?P<time>\d{1,12})\^[^|<>]*"
    r"|(?P<link>https?://[^\s\x00-\x1f\x7f|<>]+)"
    r"|mailto:(?P<mail>[^\s|<>]+@[^\s|<>]+)"
    r"|tel:(?P<phone>[^\s|<>]+)"
    r")(?:\|(?P<label>[^<>]*))?>"
)


def split(text: str) -> Iterator[str | Token]:
    """Split the text into plain words and tokens, in order."""
    end = 0
    for match in _TOKEN.finditer(text):
        if match.start() > end:
            yield text[end : match.start()]
        yield _token(match)
        end = match.end()
    if end < len(text):
        yield text[end:]


def people(text: str) -> list[str]:
    """The ids of the people who are mentioned, in order, each once."""
    found = (piece for piece in split(text) if isinstance(piece, Token))
    return list(dict.fromkeys(token.value for token in found if token.kind is Kind.PERSON))


def channel(text: str) -> str:
    """The id of the first channel that is named; empty if none is."""
    found = (piece for piece in split(text) if isinstance(piece, Token) and piece.kind is Kind.CHANNEL)
    return next((token.value for token in found), "")


def in_words(text: str, names: Mapping[str, str]) -> str:
    """The text without tokens, for places that cannot show them, such as a header.

    Args:
        text: text with tokens.
        names: people's names by id. A person without a name is shown by the token's label, or by id.
    """
    return "".join(piece if isinstance(piece, str) else words_of(piece, names) for piece in split(text))


def with_names(text: str, names: Mapping[str, str]) -> str:
    """The text with these people by name; all other tokens stay."""
    return "".join(piece if isinstance(piece, str) else _named(piece, names) for piece in split(text))


def without_mentions(text: str, names: Mapping[str, str]) -> str:
    """The text with every person by name, by the mention's label or by id; all other tokens stay."""
    return "".join(
        (names.get(piece.value) or words_of(piece, names)).translate(_NO_TOKEN)
        if isinstance(piece, Token) and piece.kind is Kind.PERSON
        else _as_typed(piece)
        for piece in split(text)
    )


def _as_typed(piece: str | Token) -> str:
    return piece if isinstance(piece, str) else piece.typed


def _named(token: Token, names: Mapping[str, str]) -> str:
    return names.get(token.value, token.typed) if token.kind is Kind.PERSON else token.typed


def words_of(token: Token, names: Mapping[str, str]) -> str:
    """One token in words. A link's label is shown only if the link leads there."""
    label = token.label
    match token.kind:
        case Kind.PERSON:
            return "@" + (names.get(token.value) or label.removeprefix("@") or token.value)
        case Kind.CHANNEL:
            return "#" + (label.removeprefix("#") or token.value)
        case Kind.GROUP:
            return "@" + label.removeprefix("@") if label else GROUP_WITHOUT_NAME
        case Kind.EVERYBODY:
            return f"@{token.value}"
        case Kind.TIME:
            return label or token.value
        case Kind.LINK:
            return label if label and label_matches_target(token) else token.value
        case _:  # an e-mail address or a number: the label may name another one
            return token.value


def label_matches_target(token: Token) -> bool:
    """Whether a link's label is its own address, as in Slack's `<http://example.com|example.com>`."""
    return token.value.split("://", 1)[-1].rstrip("/") == token.label.split("://", 1)[-1].rstrip("/")


def _token(match: re.Match[str]) -> Token:
    found = match.groupdict("")
    name, kind = next(each for each in _KINDS if found[each[0]])
    return Token(kind, found[name], found["label"], match[0])
