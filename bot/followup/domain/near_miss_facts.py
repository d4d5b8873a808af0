"""What happens to a near miss. Facts are stored under the names of their classes for ever.

Of a near miss that was sent without a name, no fact says who did it: `by` is `NOBODY` (docs/decisions, 0034).
"""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from bot.core.rewriting import Why

NOBODY = ""  # in the place of a person's id: they did not want to give their name


@dataclass(frozen=True, slots=True, kw_only=True)
class BaseFact:
    """The base of all facts.

    Attributes:
        words: the names of the fields that hold what somebody typed or wrote.
        actors: the names of the fields that hold the ids of people or machines.
        links: the names of the fields that lead to a message.
        at: when it happened (UTC).
        by: the id of the person who did it; `NOBODY` if they did not give their name.
    """

    words: ClassVar[tuple[str, ...]] = ()
    actors: ClassVar[tuple[str, ...]] = ("by",)
    links: ClassVar[tuple[str, ...]] = ()

    at: datetime
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NearMissReported(BaseFact):
    """Somebody has reported that something nearly went wrong.

    Attributes:
        title: what happened. The database finds a stream by the words of its title and its summary.
        summary: what caught it; empty if nobody said.
        due_at: by when it is to be answered (UTC); None until the policy has said so.
        similar: the numbers of earlier ones with similar words, the most similar first.
    """

    words: ClassVar[tuple[str, ...]] = ("title", "summary")

    number: int
    title: str
    summary: str
    due_at: datetime | None = None
    similar: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NearMissChanged(BaseFact):
    """Its reporter has said it better."""

    words: ClassVar[tuple[str, ...]] = ("title", "summary")

    title: str
    summary: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NearMissAnswered(BaseFact):
    """Somebody has said what is done about it. A later answer takes the place of an earlier one."""

    words: ClassVar[tuple[str, ...]] = ("answer",)

    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NearMissPromoted(BaseFact):
    """It became an incident.

    Attributes:
        incident: the incident's number.
    """

    incident: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NearMissWithdrawn(BaseFact):
    """It was taken back: it was reported by mistake, or names somebody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NearMissRestored(BaseFact):
    """It counts after all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntriesRewritten(BaseFact):
    """Recorded entries were rewritten: a person was forgotten, or the time for which words are kept is over.

    Attributes:
        why: which of these, as a `Why`.
        entries: the numbers of the entries, such as `1-4, 7`.
        count: how many they are.
    """

    why: Why
    entries: str
    count: int


Change = (
    NearMissChanged
    | NearMissAnswered
    | NearMissPromoted
    | NearMissWithdrawn
    | NearMissRestored
    | EntriesRewritten
)
Fact = NearMissReported | Change
