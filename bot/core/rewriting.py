"""Why recorded entries of a timeline were rewritten, and which: the one exception to what is recorded stays."""

import re
from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from itertools import groupby

_BEGIN, _END = "(removed on ", ", retention)"
_REMOVED = re.compile(rf"{re.escape(_BEGIN)}\d{{4}}-\d\d-\d\d{re.escape(_END)}")


class Why(StrEnum):
    """Why entries were rewritten."""

    FORGOTTEN = "forgotten"  # a person was replaced by a pseudonym
    RETENTION = "retention"  # people, words and links were removed after the time that the policy allows


def ranges(numbers: Iterable[int]) -> str:
    """The numbers of entries, short: `1-4, 7`."""
    runs: list[list[int]] = []
    for _, run in groupby(enumerate(sorted(set(numbers))), key=lambda each: each[1] - each[0]):
        runs.append([number for _, number in run])
    return ", ".join(f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)


def rewritten_sentence(why: Why, count: int) -> str:
    """What happened, for the timeline: why so many entries were rewritten."""
    entries = "1 entry" if count == 1 else f"{count} entries"
    if why is Why.FORGOTTEN:
        return f"A person was forgotten: {entries} {'has' if count == 1 else 'have'} a pseudonym instead (warroom forget)"
    return f"People, words and links were removed from {entries} (retention)"


def removed_on(day: date) -> str:
    """What stands in the place of words that the retention has removed."""
    return f"{_BEGIN}{day.isoformat()}{_END}"


def is_removed(text: str) -> bool:
    """Whether it stands in the place of words that were removed."""
    return _REMOVED.fullmatch(text) is not None


def without_removed(text: str) -> str:
    """A text without what stands in the place of removed words: nobody has written that."""
    return _REMOVED.sub("", text)
