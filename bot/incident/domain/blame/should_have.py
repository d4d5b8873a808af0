"""What a person should have done, or what should have been done by one."""

from bot.incident.domain.blame.finding import Advice, Kind
from bot.incident.domain.blame.grammar import Subject, after_adverbs, has_near, person_after, subject, text_at
from bot.incident.domain.blame.people import People
from bot.incident.domain.blame.rule import Rule, Span
from bot.incident.domain.blame.sentences import Sentence
from bot.incident.domain.blame.vocabulary import is_participle, words

_BY_PROGRAMS = words(  # "the alert should have been sent": what programs do, not people
    """
    fired triggered sent delivered retried replicated routed logged emitted scraped evicted promoted rotated
    expired received cached queued processed limited throttled rejected dropped compressed encrypted
    """
)
_AT_ALL = frozenset({"gone", "happened", "reached", "left", "made", "shipped"})  # should never have gone out
_OBVIOUS = frozenset({"obvious", "clear", "evident"})
_ALONE = frozenset({"automatically", "itself"})


def _find(sentence: Sentence, index: int, people: People) -> Span | None:
    text = sentence[index].text
    if text == "supposed":
        return _supposed(sentence, index, people)
    have = index if text == "should've" else _have(sentence, index)
    if have is None:
        return None
    does = after_adverbs(sentence, have + 1)
    if not is_participle(text_at(sentence, does)):
        return None
    who = subject(sentence, index, people)
    if who is Subject.PERSON:
        return index, does
    if who is Subject.THING and text_at(sentence, does) == "been":
        return _been(sentence, index, does, people)
    if text_at(sentence, does) in _AT_ALL and any(each.text == "never" for each in sentence[index:have]):
        return index, does
    return None


def _have(sentence: Sentence, index: int) -> int | None:
    """Where `have` stands after should or ought; None if it does not."""
    at = after_adverbs(sentence, index + 1)
    if sentence[index].text == "ought":
        if text_at(sentence, at) != "to":
            return None
        at = after_adverbs(sentence, at + 1)
    return at if text_at(sentence, at) == "have" else None


def _been(sentence: Sentence, begin: int, been: int, people: People) -> Span | None:
    """Should have been tested: by a person, unless it says otherwise."""
    done = after_adverbs(sentence, been + 1)
    text = text_at(sentence, done)
    if text in _OBVIOUS:
        return begin, done
    if not is_participle(text) or text in _BY_PROGRAMS or has_near(sentence, been, _ALONE):
        return None
    for at in range(done + 1, min(len(sentence), done + 4)):
        if sentence[at].text == "by" and not person_after(sentence, at + 1, people):
            return None
    return begin, done


def _supposed(sentence: Sentence, index: int, people: People) -> Span | None:
    """Was supposed to."""
    if text_at(sentence, index - 1) not in ("was", "were", "not") or text_at(sentence, index + 1) != "to":
        return None
    return (index, index + 2) if subject(sentence, index, people) is Subject.PERSON else None


RULE = Rule(
    Kind.SHOULD_HAVE,
    Advice(
        "“Should have” judges with what is known only now.",
        "What did it look like at the time, and what would make the other way the easy one?",
    ),
    frozenset({"should", "shouldn't", "should've", "ought", "oughtn't", "supposed"}),
    _find,
)
