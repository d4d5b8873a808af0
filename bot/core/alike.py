"""When two acts of people count as one: a double click, or words typed anew because Slack said that they had failed."""

import hashlib
from dataclasses import dataclass
from datetime import timedelta

MOMENT = timedelta(seconds=60)  # nobody means the same thing twice within it


@dataclass(frozen=True, slots=True)
class Alike:
    """What makes acts one.

    Attributes:
        key: the same for all of them.
        within: for how long after the first; None for ever.
    """

    key: str
    within: timedelta | None = MOMENT


def same_words(what: str, by: str, words: str) -> Alike:
    """The same person does the same with the same words; case and white space do not count."""
    said = " ".join(words.casefold().split())
    return Alike(f"{what}:{by}:{digest(said)}")


def same_press(what: str) -> Alike:
    """Somebody presses the same, whoever it is."""
    return Alike(what)


def same_message(place: str) -> Alike:
    """An incident is declared from the same message (`channel:ts`), whoever does it."""
    return Alike(f"declared_from:{place}", within=None)


def digest(text: str) -> str:
    """A text's fingerprint."""
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()[:32]
