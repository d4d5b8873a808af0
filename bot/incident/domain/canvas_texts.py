"""When the text of a canvas is the same as a stored one.

Slack keeps a document and writes it down anew when it is read, so the same text comes back in other marks. Two texts are
the same if their words and their lines are: the kind of a list's mark, spaces, empty lines, and whether an address is
written as a link do not count.
"""

import re
import unicodedata

from bot.core.dedup import digest

_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u2060\ufeff"))
_ITEM = re.compile(r"^(?:[-*+\u2022]\s+)+(?=\S)")
_LINK = re.compile(r"<(https?://[^\s|<>]+)(?:\|([^<>]*))?>")


def normal(text: str) -> str:
    """The text as it is compared."""
    lines = (_line(each) for each in unicodedata.normalize("NFC", text).translate(_INVISIBLE).splitlines())
    return "\n".join(each for each in lines if each)


def mark(text: str) -> str:
    """A hash by which the same text is known again; empty if there is none."""
    same = normal(text)
    return digest(same) if same else ""


def _line(line: str) -> str:
    words = " ".join(_LINK.sub(_link, line).split())
    return _ITEM.sub("- ", words)


def _link(match: re.Match[str]) -> str:
    address, label = match[1], match[2] or ""
    bare = address.split("://", 1)[-1].rstrip("/")
    is_own = not label.strip() or label.split("://", 1)[-1].rstrip("/") == bare
    return address if is_own else f"{label} {address}"
