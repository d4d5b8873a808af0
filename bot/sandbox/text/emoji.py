"""Emoji: from Slack's names to characters and back. No pictures are loaded."""

import re
from pathlib import Path

_TABLE = Path(__file__).with_name("emoji.txt")
_SHOWN_AS_PICTURE = "\ufe0f"
_TONE = "[\U0001f3fb-\U0001f3ff]"
_ONE = rf"[\u00a9\u00ae\u203c-\u3299\U0001f000-\U0001faff]\ufe0f?(?:{_TONE})?"

# The possible emoji: a keycap, a pair of regional letters, or symbols that are joined to one picture.
SYMBOL = (
    r"[0-9#*]\ufe0f?\u20e3"
    r"|[\U0001f1e6-\U0001f1ff]{2}"
    rf"|{_ONE}(?:\u200d{_ONE}|[\U000e0020-\U000e007f])*"
)
_SYMBOLS = re.compile(SYMBOL)


def _read(table: str) -> dict[str, str]:
    """Parse lines of `character name [other names]`; lines that start with `# ` are headings."""
    found: dict[str, str] = {}
    for line in table.splitlines():
        if not line.startswith("# "):
            character, *names = line.split()
            found.update(dict.fromkeys(names, character))
    return found


# Character by name; a second name of the same character follows the first.
CHARACTERS: dict[str, str] = _read(_TABLE.read_text(encoding="utf-8"))


def _bare(symbol: str) -> str:
    """The symbol without its presentation selector and skin tone."""
    return re.sub(rf"\ufe0f|{_TONE}", "", symbol)


_NAMES = {_bare(symbol): name for name, symbol in reversed(CHARACTERS.items())}


def character(name: str) -> str | None:
    """The emoji called `name`, without any `::skin-tone-N` suffix; None if it is not in the table."""
    return CHARACTERS.get(name.split("::", 1)[0])


def name_of(symbol: str) -> str | None:
    """Slack's name of an emoji, with its `::skin-tone-N`; None if it is not an emoji or unknown.

    A character that is text by default, such as `©`, is an emoji only with an emoji presentation selector.
    """
    name = _NAMES.get(_bare(symbol))
    if name is None or (symbol + _SHOWN_AS_PICTURE == CHARACTERS[name]):
        return None
    tone = re.search(_TONE, symbol)
    return f"{name}::skin-tone-{ord(tone[0]) - 0x1F3F9}" if tone else name


def named(text: str) -> str:
    """The text as Slack stores it: each emoji as `:name:`. Unknown ones stay as they were typed."""

    def name(found: re.Match[str]) -> str:
        known = name_of(found[0])
        return f":{known}:" if known else found[0]

    return _SYMBOLS.sub(name, text)
