"""What a rule is: the words at which it looks closer, and what it then finds."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.incident.domain.blame.finding import Advice, Kind
from bot.incident.domain.blame.people import People
from bot.incident.domain.blame.sentences import Sentence

Span = tuple[int, int]  # the first and the last of the words that are marked
Find = Callable[[Sentence, int, People], Span | None]


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of phrase.

    Attributes:
        triggers: the words at which `find` is called, with their place in the sentence.
        find: the words to mark; None if the trigger is innocent here. It looks at most `grammar.REACH` words around.
    """

    kind: Kind
    advice: Advice
    triggers: frozenset[str]
    find: Find
