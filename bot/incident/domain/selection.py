"""Which entries of a timeline somebody wants to see: of one topic, of one person, or those that were struck."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import get_args

from bot.incident.domain import facts
from bot.incident.domain.corrections import Shown, timeline
from bot.incident.domain.timeline import Entry

_OTHER_WORDS = dict.fromkeys(
    ("status", "statuses", "severity", "severities", "milestone", "milestones", "duplicate", "duplicates"),
    "lifecycle",
) | {"parked": "parking"}
_SAME_TOPIC = {
    "bridge": "lifecycle",
    "ending": "lifecycle",
    "takeover": "roles",
    "postmortem_canvas": "postmortem",
    "upkeep": "lifecycle",
    "nudges": "lifecycle",
    "services": "lifecycle",
    "do_not_disturb": "roles",
}  # files whose facts people look for under another name


@dataclass(frozen=True, slots=True)
class Selection:
    """What is selected; without values, everything that counts.

    Attributes:
        topic: one of `TOPICS`.
        person: the id of the person who did it, said it, or is named by it.
        struck: only the entries that do not count.
    """

    topic: str = ""
    person: str = ""
    struck: bool = False

    def of(self, entries: Iterable[Entry]) -> list[Shown]:
        """The selected entries, in the order in which things happened."""
        return [each for each in timeline(entries) if self._has(each)]

    def _has(self, shown: Shown) -> bool:
        fact = shown.entry.fact
        return (
            (shown.struck is not None) is self.struck
            and self.topic in ("", topic(fact))
            and (not self.person or self.person in (fact.by, *facts.people_in(fact)))
        )


def topic(fact: facts.Fact) -> str:
    """The topic of a fact: the name of the file of `facts/` that it stands in."""
    return _topic_of(type(fact))


def _topic_of(kind: type[facts.BaseFact]) -> str:
    name = kind.__module__.rpartition(".")[2]
    return _SAME_TOPIC.get(name, name)


TOPICS: tuple[str, ...] = tuple(
    dict.fromkeys(_topic_of(kind) for kind in get_args(facts.Fact) if not issubclass(kind, facts.EntryFact))
)


def parse_topic(word: str) -> str:
    """The topic that a word means, in the singular or the plural; empty if it means none."""
    word = word.lower()
    singular = word.removesuffix("s")
    return _OTHER_WORDS.get(word) or next((each for each in TOPICS if each.removesuffix("s") == singular), "")
