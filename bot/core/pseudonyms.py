"""Puts pseudonyms in the place of people, in anything that is stored: ids, mentions in text and, if wanted, names as words."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from bot.core.actor import former

_ID = r"(?<![A-Za-z0-9])(?P<id>{})(?![A-Za-z0-9])"
_MENTION = r"<@(?P<mentioned>{})(?:\|[^<>]*)?>"


@dataclass(frozen=True)  # without slots: the patterns are made once
class Pseudonyms:
    """Replaces people.

    Attributes:
        names: the pseudonym of each person, by their id.
        words: what a person is called in plain words, with the pseudonym for it; compared without case.
    """

    names: Mapping[str, str]
    words: Mapping[str, str]

    def actor(self, actor: str) -> str:
        """The id of a person, replaced if it is one of these."""
        return former(self.names[actor]) if actor in self.names else actor

    def text(self, text: str) -> str:
        """A text that people read, with the pseudonyms in it."""
        found = self._ids.sub(lambda match: self.names[match["mentioned"] or match["id"]], text)
        return self.plain_words(found)

    def plain_words(self, text: str) -> str:
        """A text in which only the names are replaced that stand there as words."""
        if self._said is None:
            return text
        return self._said.sub(lambda match: self.words[match[0].removeprefix("@").casefold()], text)

    def count_words(self, document: Any, texts: Collection[str] | None = None) -> int:
        """How often the names stand as words in a document, whatever its shape. `texts` is as that of `document`."""
        if self._said is None:
            return 0
        return sum(len(self._said.findall(each)) for each in _strings(document, texts))

    def document(self, document: Any, texts: Collection[str] | None = ()) -> Any:
        """A JSON document with the pseudonyms in it.

        Args:
            document: the document; keys are replaced too, because states have people as keys.
            texts: the names of its fields that people read, at any depth; None if all of them may be.
        """
        match document:
            case dict():
                return {
                    self._string(key): self._read(value)
                    if texts is not None and key in texts
                    else self.document(value, texts)
                    for key, value in document.items()
                }
            case list():
                return [self.document(each, texts) for each in document]
            case str():
                return (
                    self._string(document) if texts is not None else self.plain_words(self._string(document))
                )
            case _:
                return document

    def _read(self, value: Any) -> Any:
        match value:
            case str():
                return self.text(value)
            case list():
                return [self._read(each) for each in value]
            case _:
                return self.document(value)

    def _string(self, value: str) -> str:
        """A string that may be an id, or have one in it, such as `dm:U1`."""
        if value in self.names:
            return former(self.names[value])
        return self._ids.sub(self._within, value)

    def _within(self, match: re.Match[str]) -> str:
        name = self.names[match["mentioned"] or match["id"]]
        return name if match["mentioned"] else name.lower().replace(" ", "-")

    @cached_property
    def _ids(self) -> re.Pattern[str]:
        people = "|".join(map(re.escape, sorted(self.names, key=len, reverse=True))) or r"(?!)"
        return re.compile(f"{_MENTION.format(people)}|{_ID.format(people)}")

    @cached_property
    def _said(self) -> re.Pattern[str] | None:
        if not self.words:
            return None
        longest_first = sorted(self.words, key=len, reverse=True)
        return re.compile(rf"@?(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)", re.IGNORECASE)


def called(names: Iterable[str], pseudonym: str) -> dict[str, str]:
    """The words of `Pseudonyms` for one person with these names."""
    return {name.strip().casefold(): pseudonym for name in names if name.strip()}


def _strings(document: Any, texts: Collection[str] | None) -> Iterable[str]:
    match document:
        case dict():
            for key, value in document.items():
                if texts is None:
                    yield key
                yield from _strings(value, None if texts is not None and key in texts else texts)
        case list():
            for each in document:
                yield from _strings(each, texts)
        case str() if texts is None:
            yield document
        case _:
            return
