"""A judgement on a person: careless, lazy, to blame, at fault."""

from bot.incident.domain.blame.finding import Advice, Kind
from bot.incident.domain.blame.grammar import Subject, is_denied, person_after, subject, text_at
from bot.incident.domain.blame.people import People
from bot.incident.domain.blame.rule import Rule, Span
from bot.incident.domain.blame.sentences import Sentence
from bot.incident.domain.blame.vocabulary import is_adverb, words

_ALWAYS = words(
    """
    careless carelessly carelessness negligent negligently negligence laziness sloppiness sloppily inattentive
    inattention incompetent incompetence irresponsible irresponsibly complacent complacency thoughtless
    thoughtlessly recklessly recklessness reckless unprofessional unprofessionally clueless foolish foolishly
    stupid stupidly stupidity amateurish overconfident arrogant arrogance
    """
)
_OF_PROGRAMS = words("mode modes default defaults setting flag option quorum parser algorithm")
_SOMETIMES = frozenset({"lazy", "sloppy", "dumb"})  # lazy loading, sloppy quorum, dumb terminal
_IS = words("was were is are been being be too so simply just plain")
_OF_WORK = words(
    """
    work review reviews mistake mistakes error thinking engineer engineers developer testing
    """
)
_MISTAKES = words(
    """
    rookie beginner's silly obvious avoidable elementary unforgivable inexcusable amateur
    """
)
_LACKING = words(
    """
    attention care discipline diligence skill skills judgement judgment rigour rigor concentration focus
    competence professionalism thought
    """
)
_VERY = frozenset({"quite", "so", "very", "too"})
_POOR = frozenset({"poor", "bad", "questionable"})


def _find(sentence: Sentence, index: int, people: People) -> Span | None:
    text = sentence[index].text
    span: Span | None = None
    if text in _ALWAYS:
        span = None if text_at(sentence, index + 1) in _OF_PROGRAMS else (index, index)
    elif text in _SOMETIMES:
        of_work = text_at(sentence, index + 1) in _OF_WORK
        is_said = text_at(sentence, index - 1) in _IS and not text_at(sentence, index + 1).endswith("ing")
        span = (index, index) if of_work or is_said else None
    else:
        return _PHRASES.get(text, _lacking)(sentence, index, people)
    return span and _unless_denied(sentence, span)


def _unless_denied(sentence: Sentence, span: Span) -> Span | None:
    return None if is_denied(sentence, span[0]) else span


def _lacking(sentence: Sentence, index: int, _people: People) -> Span | None:
    """Lack of attention; poor judgement; not paying attention."""
    before, far = text_at(sentence, index - 1), text_at(sentence, index - 2)
    if before == "of" and far in ("lack", "lacked", "absence"):
        return _unless_denied(sentence, (index - 2, index))
    if before in _POOR:
        return _unless_denied(sentence, (index - 1, index))
    if before in ("paying", "pay", "paid") and is_denied(sentence, index - 1):
        return index - 2, index
    return None


def _mistake(sentence: Sentence, index: int, _people: People) -> Span | None:
    if text_at(sentence, index - 1) not in _MISTAKES:
        return None
    return _unless_denied(sentence, (index - 1, index))


def _sense(sentence: Sentence, index: int, _people: People) -> Span | None:
    return (index - 1, index) if text_at(sentence, index - 1) == "common" else None


def _careful(sentence: Sentence, index: int, _people: People) -> Span | None:
    """Not careful enough."""
    enough = text_at(sentence, index + 1) == "enough"
    return (index - 1, index + enough) if is_denied(sentence, index) else None


def _blame(sentence: Sentence, index: int, people: People) -> Span | None:
    """To blame, said of a person; blame lies with a person."""
    lies = text_at(sentence, index + 1) in ("lies", "lay", "falls", "goes", "rests")
    if lies and person_after(sentence, index + 3, people):
        return _unless_denied(sentence, (index, index + 2))
    if text_at(sentence, index - 1) != "to":
        return None
    is_person = subject(sentence, index - 1, people) is Subject.PERSON
    return _unless_denied(sentence, (index - 1, index)) if is_person else None


def _fault(sentence: Sentence, index: int, people: People) -> Span | None:
    """At fault; Bob's fault; the fault of the engineer."""
    before = text_at(sentence, index - 1)
    if before == "at":
        is_person = subject(sentence, index - 1, people) is Subject.PERSON
        return _unless_denied(sentence, (index - 1, index)) if is_person else None
    if index and (people.is_owner(sentence, index - 1) or before in ("my", "our", "your", "their")):
        return _unless_denied(sentence, (index - 1, index))
    if before == "the" and text_at(sentence, index + 1) == "of" and person_after(sentence, index + 2, people):
        return _unless_denied(sentence, (index - 1, index + 1))
    return None


def _better(sentence: Sentence, index: int, _people: People) -> Span | None:
    """Ought to know better."""
    return (index - 1, index) if text_at(sentence, index - 1) in ("know", "known", "knew") else None


def _care(sentence: Sentence, index: int, people: People) -> Span | None:
    """Did not care."""
    if text_at(sentence, index - 1) not in ("not", "didn't"):
        return _lacking(sentence, index, people)
    return (index - 1, index) if subject(sentence, index, people) is Subject.PERSON else None


def _obvious(sentence: Sentence, index: int, _people: People) -> Span | None:
    """It was obvious that …; it should have been obvious."""
    at = index - 1
    while (is_adverb(text_at(sentence, at)) or text_at(sentence, at) in _VERY) and text_at(
        sentence, at
    ) != "not":
        at -= 1
    if text_at(sentence, at) not in ("was", "is", "were") or text_at(sentence, at - 1) not in (
        "it",
        "this",
        "that",
    ):
        return None
    return at - 1, index


def _competent(sentence: Sentence, index: int, _people: People) -> Span | None:
    return (index - 1, index) if text_at(sentence, index - 1) in ("any", "no") else None


def _excuse(sentence: Sentence, index: int, _people: People) -> Span | None:
    """There is no excuse."""
    return (index - 1, index) if text_at(sentence, index - 1) == "no" else None


def _panicked(sentence: Sentence, index: int, people: People) -> Span | None:
    return (index, index) if subject(sentence, index, people) is Subject.PERSON else None


def _hastily(sentence: Sentence, index: int, people: People) -> Span | None:
    return (index, index) if subject(sentence, index - 1, people) is Subject.PERSON else None


_PHRASES = {
    "mistake": _mistake,
    "mistakes": _mistake,
    "error": _mistake,
    "errors": _mistake,
    "sense": _sense,
    "careful": _careful,
    "blame": _blame,
    "fault": _fault,
    "better": _better,
    "care": _care,
    "obvious": _obvious,
    "competent": _competent,
    "hastily": _hastily,
    "excuse": _excuse,
    "panicked": _panicked,
}

RULE = Rule(
    Kind.JUDGEMENT,
    Advice(
        "This judges a person, and people who are judged stop telling what happened.",
        "What did they see and know at that moment, and what made their choice sensible?",
    ),
    frozenset({*_ALWAYS, *_SOMETIMES, *_LACKING, *_PHRASES}),
    _find,
)
