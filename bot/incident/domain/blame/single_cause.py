"""One cause for everything: "the root cause", "the real cause"."""

from bot.incident.domain.blame.finding import Advice, Kind
from bot.incident.domain.blame.grammar import is_denied, text_at
from bot.incident.domain.blame.people import People
from bot.incident.domain.blame.rule import Rule, Span
from bot.incident.domain.blame.sentences import Sentence

_ONLY = frozenset({"root", "sole", "single", "real", "ultimate", "only", "true"})
_PRACTICE = frozenset({"analysis", "analyses", "analysed", "workshop", "template"})


def _find(sentence: Sentence, index: int, _people: People) -> Span | None:
    begin = index
    if sentence[index].text == "cause":
        if text_at(sentence, index - 1) not in _ONLY:
            return None
        begin = index - 1
    if text_at(sentence, index + 1) in _PRACTICE or is_denied(sentence, begin):
        return None
    return begin, index


RULE = Rule(
    Kind.SINGLE_CAUSE,
    Advice(
        "There is never just one cause, and whoever has found “the” cause stops looking.",
        "What else had to be true for this to happen, and what made it worse or hard to see?",
    ),
    frozenset({"cause", "root-cause"}),
    _find,
)
