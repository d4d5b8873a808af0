"""When two acts count as one: a double click, or the same words typed again because Slack said that they had failed."""

import hashlib
from dataclasses import dataclass
from datetime import timedelta

MOMENT = timedelta(seconds=60)  # within this time nobody intends the same act twice


@dataclass(frozen=True, slots=True)
class DedupKey:
    """What makes two acts count as one.

    Attributes:
        key: acts with the same key count as one.
        within: for how long after the first act; None for ever.
    """

    key: str
    within: timedelta | None = MOMENT


def same_words(what: str, by: str, words: str) -> DedupKey:
    """The same person does the same with the same words. Case and white space are ignored."""
    said = " ".join(words.casefold().split())
    return DedupKey(f"{what}:{by}:{digest(said)}")


def same_press(what: str) -> DedupKey:
    """The same button is pressed, by anybody."""
    return DedupKey(what)


def same_message(place: str) -> DedupKey:
    """An incident is declared from the same message (`channel:ts`), by anybody."""
    return DedupKey(f"declared_from:{place}", within=None)


def digest(text: str) -> str:
    """A hash of the text: 32 hexadecimal digits."""
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()[:32]
