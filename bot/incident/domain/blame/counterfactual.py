"""A better end that did not happen: "could have been avoided", "if we had …"."""

from bot.incident.domain.blame.finding import Advice, Kind
from bot.incident.domain.blame.grammar import REACH, Subject, after_adverbs, person_after, subject, text_at
from bot.incident.domain.blame.people import CUSTOMERS, People
from bot.incident.domain.blame.rule import Rule, Span
from bot.incident.domain.blame.sentences import Sentence
from bot.incident.domain.blame.vocabulary import NEGATIONS, is_participle, words

_MODALS = words("would could might wouldn't couldn't would've could've might've")
_BETTER = words(
    """
    prevented avoided averted caught stopped detected spotted noticed found shown revealed saved shortened
    limited reduced contained mitigated resolved recovered fixed restored warned enough shorter smaller faster
    quicker sooner earlier safe safer better easier back helped identified flagged blocked discovered minimised
    minimized lower less alerted known seen
    """
)
_WORSE = words(
    """
    happened occurred failed lost affected crashed broken broke expired reached gone overflowed corrupted
    dropped missed exposed deleted worse longer bigger damaged leaked killed overwritten filled dangerous
    started propagated escaped spread read been
    """
) - {"been"}
_HAD = frozenset({"had", "hadn't"})


def _find(sentence: Sentence, index: int, people: People) -> Span | None:
    text = sentence[index].text
    if text == "if":
        return _if_only(sentence, index)
    have = index if text.endswith("'ve") else after_adverbs(sentence, index + 1)
    if have != index and text_at(sentence, have) != "have":
        return None
    does = after_adverbs(sentence, have + 1)
    if text_at(sentence, does) == "been":
        does = after_adverbs(sentence, does + 1)
    who = subject(sentence, index, people)
    denied = _is_denied(sentence, index, does) or who is Subject.NOBODY
    verdict = _verdict(sentence, have + 1, does)
    if verdict is None:
        return _by_person(sentence, index, does, who, people) if not denied else None
    if verdict is denied or _is_of_customers(sentence, index):
        return None
    return index, min(does, len(sentence) - 1)


def _is_denied(sentence: Sentence, index: int, does: int) -> bool:
    """Whether the modal or its subject is denied: would not have, none of this would have."""
    if any(each.text in NEGATIONS for each in sentence[index:does]):
        return True
    for at in range(index - 1, max(-1, index - 5), -1):
        if sentence[at].is_stop:
            return False
        if sentence[at].text in ("nothing", "nobody", "none", "neither", "no"):
            return True
    return False


def _verdict(sentence: Sentence, begin: int, does: int) -> bool | None:
    """Whether the end is better (True) or worse (False) than the real one; None if the words do not tell."""
    for at, each in enumerate(sentence[begin : does + 4], begin):
        if each.is_stop or each.text in ("if", "had", "because"):
            return None
        if each.text in _BETTER:
            return True
        if each.text in _WORSE and (each.text, text_at(sentence, at + 1)) != ("failed", "over"):
            return False
    return None


def _is_of_customers(sentence: Sentence, index: int) -> bool:
    """How much customers saw of it is an estimate of the impact."""
    return any(each.text in CUSTOMERS for each in sentence[max(0, index - 3) : index])


def _by_person(sentence: Sentence, index: int, does: int, who: Subject, people: People) -> Span | None:
    """What a person could have done; what would have been if a person had done something."""
    if not is_participle(text_at(sentence, does)):
        return None
    may = sentence[index].text.startswith(("could", "might"))
    if who is Subject.PERSON and may:
        return index, does
    return (index, does) if _has_condition(sentence, index, people) else None


def _has_condition(sentence: Sentence, index: int, people: People) -> bool:
    """Whether the sentence has a condition that a person did not meet: if we had read it, had Alice looked."""
    for at in range(max(0, index - REACH), min(len(sentence), index + REACH)):
        if sentence[at].text not in _HAD:
            continue
        if at == 0 or sentence[at - 1].is_stop:
            if person_after(sentence, at + 1, people):
                return True
        elif any(each.text == "if" for each in sentence[max(0, at - 6) : at]):
            return subject(sentence, at, people) is Subject.PERSON
    return False


def _if_only(sentence: Sentence, index: int) -> Span | None:
    """If only somebody had."""
    if text_at(sentence, index + 1) != "only":
        return None
    for at in range(index + 2, min(len(sentence), index + 8)):
        if sentence[at].text in _HAD or sentence[at].text.endswith("'d"):
            return index, at
    return None


RULE = Rule(
    Kind.COUNTERFACTUAL,
    Advice(
        "This tells of an incident that did not happen; it does not explain the one that did.",
        "What happened instead, and why did it make sense at that moment?",
    ),
    frozenset({"if", *_MODALS}),
    _find,
)
