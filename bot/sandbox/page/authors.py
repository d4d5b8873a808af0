"""Who a message is from, as drawn beside it."""

from dataclasses import dataclass

from bot.sandbox.page.reader import Reader
from bot.sandbox.text import emoji

_HUES = 8


@dataclass(frozen=True, slots=True)
class Author:
    """Who a message is from, as drawn beside it.

    Attributes:
        hue: number of the avatar's colour.
        icon: an emoji instead of the initials; may be empty.
    """

    id: str
    name: str
    initials: str
    hue: int
    icon: str
    is_app: bool


def author_of(user_id: str, reader: Reader, *, name: str = "", icon: str = "", app: bool = False) -> Author:
    """The author with this id; an app may post under another name and icon."""
    user = reader.users.get(user_id, {})
    shown = name or reader.user_name(user_id)
    initials = "".join(word[0] for word in shown.split()[:2] if word).upper() or "?"
    known = list(reader.users)  # in the workspace's order, so that the first few colours all differ
    hue = known.index(user_id) % _HUES if user_id in reader.users else 0
    symbol = emoji.character(icon.strip(":")) if icon else None
    return Author(user_id, shown, initials, hue, symbol or "", app or bool(user.get("is_bot")))
