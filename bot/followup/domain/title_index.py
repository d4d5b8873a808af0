"""Finds the titles that are about the same as an incident, among thousands: each pair of words is compared once."""

from collections import defaultdict
from collections.abc import Collection, Iterable

from bot.followup.domain.matching import is_same, keys_of, words_of


class TitleIndex:
    """An index of titles by their telling words. It finds what `matching.is_about_the_same` finds.

    Args:
        titles: the titles.
    """

    def __init__(self, titles: Iterable[str]) -> None:
        self._titles: dict[str, set[str]] = defaultdict(set)  # by a word of theirs
        self._words: dict[str, set[str]] = defaultdict(set)  # by a key of theirs
        self._found: dict[str, frozenset[str]] = {}  # what a word was found in
        for title in titles:
            for word in words_of(title):
                self._titles[word].add(title)
                for key in keys_of([word]):
                    self._words[key].add(word)

    def about_the_same(self, words: Collection[str]) -> set[str]:
        """The titles that have at least two of these telling words, as they are or in another form."""
        once: set[str] = set()
        twice: set[str] = set()
        for word in words:
            found = self._having(word)
            twice |= once & found
            once |= found
        return twice

    def _having(self, word: str) -> frozenset[str]:
        """The titles that have this word."""
        if word not in self._found:
            others = {other for key in keys_of([word]) for other in self._words.get(key, ())}
            self._found[word] = frozenset(
                title for other in others if is_same(word, other) for title in self._titles[other]
            )
        return self._found[word]
