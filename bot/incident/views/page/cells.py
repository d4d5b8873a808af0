"""Cells of tables on a small screen."""

_LONG = 22  # letters: what does not fit beside three other columns on a phone


def has_long_word(text: str) -> bool:
    """Whether the text has a word that must be broken to fit."""
    return any(len(word) > _LONG for word in text.split())
