"""An error of a person as the explanation: "human error", "operator error", "a fat finger"."""

from bot.incident.domain.blame.finding import Advice, Kind
from bot.incident.domain.blame.grammar import is_denied, text_at
from bot.incident.domain.blame.people import People
from bot.incident.domain.blame.rule import Rule, Span
from bot.incident.domain.blame.sentences import Sentence
from bot.incident.domain.blame.vocabulary import words

_WHOSE = words("operator user manual pilot admin administrator engineer employee personnel")
_COUNTED = words(
    """
    rate rates message messages page pages log logs code codes count counts budget handling handler screen
    report reports response responses type field class counter metric event events state
    """
)
_SLIPS = words("pebkac fat-finger fat-fingered fatfingered fat-fingering fat-fingers")
_ANYBODY = frozenset({"someone's", "somebody's"})


def _find(sentence: Sentence, index: int, _people: People) -> Span | None:
    text, before = sentence[index].text, text_at(sentence, index - 1)
    begin = index
    if text in _SLIPS:
        pass
    elif text in ("finger", "fingers", "fingered"):
        if before not in ("fat", "finger"):
            return None
        begin = index - 1
    elif before in ("human", *_ANYBODY) or (
        text == "error" and before in _WHOSE and text_at(sentence, index + 1) not in _COUNTED
    ):
        begin = index - 1
    else:
        return None
    return None if is_denied(sentence, begin) else (begin, index)


RULE = Rule(
    Kind.HUMAN_ERROR,
    Advice(
        "“Human error” ends the search where it should begin.",
        "What made this action look right, and what let it through?",
    ),
    frozenset({"error", "errors", "mistake", "mistakes", "finger", "fingers", "fingered", *_SLIPS}),
    _find,
)
