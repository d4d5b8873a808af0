"""Whether a new incident is about what an open action item was going to prevent."""

from collections.abc import Collection, Iterable

from bot.core.rewriting import without_removed
from bot.incident.domain.listing import telling_words

IN_COMMON = 2  # telling words: with one alone, too many would match that have nothing to do with it
_BEGINNING = 5  # letters by which two forms of a word are known: `replica`, `replicas`


def words_of(*texts: str) -> tuple[str, ...]:
    """The telling words of these texts, each once; a text that the retention has removed has none."""
    return tuple(dict.fromkeys(word for text in texts for word in telling_words(without_removed(text))))


def is_about_the_same(item_title: str, incident_words: Collection[str]) -> bool:
    """Whether at least two telling words are in both, as they are or in another form."""
    theirs = words_of(item_title)
    common = [word for word in incident_words if any(is_same(word, other) for other in theirs)]
    return len(common) >= IN_COMMON


def keys_of(words: Iterable[str]) -> set[str]:
    """By which an index finds these words: two words that are the same in another form have a key in common."""
    found = set()
    for word in words:
        found.add(_singular(word))
        if len(word) >= _BEGINNING:
            found.add(word[:_BEGINNING])
    return found


def _singular(word: str) -> str:
    """Without the `s` of a plural: `lags`. Nobody reads it, so it may be no word."""
    return word.removesuffix("s")


def is_same(word: str, other: str) -> bool:
    """Whether these are one word, as it is or in another form."""
    if _singular(word) == _singular(other):
        return True
    return min(len(word), len(other)) >= _BEGINNING and (word.startswith(other) or other.startswith(word))
