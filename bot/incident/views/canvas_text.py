"""Text for Slack's canvases, which have a Markdown of their own.

In a canvas `![](@U1)` mentions a person, which notifies them, `<…>` is refused, and so is a line that begins a list
inside of something else. So what people typed becomes plain words on one line; people and channels are shown by name.
Source: Slack docs, "Canvases".
"""

import re
from collections.abc import Mapping
from urllib.parse import quote

from bot.core.text import clip
from bot.core.tokens import Kind, Token, split, words_of

OWN_WORDS = "warroom keeps"  # begin the words by which a paragraph of ours is found: nobody else may use them
_JOINER = "\u2060"  # invisible: it parts what would be read together
_SPECIAL = re.compile(r"([\\`*_~\[\]<>|#&])")
_LIVE = re.compile(r"([@#])(?=\w)")  # what may begin a mention
_OWN = re.compile(rf"({OWN_WORDS.split(maxsplit=1)[0]})(?=\s)", re.IGNORECASE)


def plain(text: str, names: Mapping[str, str], most: int) -> str:
    """Raw text as words on one line, in which only links are live.

    Args:
        text: text with tokens.
        names: people's names by id.
        most: characters that are shown at most; what is longer ends with an ellipsis.
    """
    parts: list[str] = []
    for piece in split(text):
        is_link = isinstance(piece, Token) and piece.kind is Kind.LINK
        words = _words(piece, names) if isinstance(piece, Token) else piece
        if isinstance(piece, Token) and is_link and len(piece.value) <= most:
            words = piece.value  # the label could hide where it leads
            parts.append(f"[{literal(words)}]({target(words)})")
        else:
            parts.append(literal(clip(words, max(most, 1))))
        most -= len(words)
        if most <= 0:
            break
    return " ".join("".join(parts).split())


def link(label: str, address: str) -> str:
    """A link with a label of ours; only the label if it is no web address."""
    token = next(split(f"<{address}>"), "")
    is_link = isinstance(token, Token) and token.kind is Kind.LINK and token.value == address
    return f"[{label}]({target(address)})" if is_link else label


def _words(token: Token, names: Mapping[str, str]) -> str:
    """One token in words. People have no `@`: nobody is mentioned."""
    words = words_of(token, names)
    return words.removeprefix("@") if token.kind is Kind.PERSON else words


def literal(text: str) -> str:
    """Words in which nothing is markup, and nobody is mentioned."""
    apart = _OWN.sub(rf"\1{_JOINER}", _LIVE.sub(rf"\1{_JOINER}", text))
    return _SPECIAL.sub(r"\\\1", apart)


def target(address: str) -> str:
    """An address in which nothing ends the link or is markup; what is encoded already stays so."""
    return quote(address, safe="%/:?#@!$&'+,;=~-._")
