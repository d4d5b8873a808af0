"""Emoji by Slack's names, as characters: no pictures are loaded."""

from __future__ import annotations

from pathlib import Path

_TABLE = Path(__file__).with_name("emoji.txt")


def _read(table: str) -> dict[str, str]:
    """Parse lines of `character name [other names]`; lines that start with `#` are headings."""
    found: dict[str, str] = {}
    for line in table.splitlines():
        character, *names = line.split()
        if character != "#":
            found.update(dict.fromkeys(names, character))
    return found


CHARACTERS: dict[str, str] = _read(_TABLE.read_text(encoding="utf-8"))
"""Character by name; a second name of the same character follows the first."""


def character(name: str) -> str | None:
    """The emoji called `name`, with any `::skin-tone-N` suffix left out; None if it is not in the table."""
    return CHARACTERS.get(name.split("::", 1)[0])
