"""A person as the grammatical cause of damage."""

from bot.incident.domain.blame import damage
from bot.incident.domain.blame.finding import Advice, Kind
from bot.incident.domain.blame.grammar import REACH, Subject, is_denied, person_after, subject, text_at
from bot.incident.domain.blame.people import People
from bot.incident.domain.blame.rule import Rule, Span
from bot.incident.domain.blame.sentences import Sentence
from bot.incident.domain.blame.vocabulary import PAST, is_adverb, is_participle, words

_MISTAKES = words(
    """
    mistake mistakes error errors typo typos oversight slip misconfiguration blunder carelessness negligence
    misunderstanding failure
    """
)
_DAMAGE = words(
    """
    outage incident downtime breakage failure mistake error disruption damage problem mess crash
    """
)
_PASSIVE = frozenset({"was", "were", "been", "be", "is", "are", "got", "being"})
_BY_ONE = frozenset({"introduced", "triggered"})


def _find(sentence: Sentence, index: int, people: People) -> Span | None:
    text = sentence[index].text
    if text == "responsible":
        return _responsible(sentence, index, people)
    if text in _MISTAKES and index and people.is_owner(sentence, index - 1):
        return None if is_denied(sentence, index - 1) else (index - 1, index)
    if (
        text in _MISTAKES
        and text_at(sentence, index + 1) == "by"
        and person_after(sentence, index + 2, people)
    ):
        return None if is_denied(sentence, index) else (index, index + 1)
    if text in damage.ADVERBS:
        index += 1
        text = text_at(sentence, index)
        if not is_participle(text) and text not in PAST:
            return None
    elif text not in damage.VERBS:
        return None
    before = index - 1
    while before >= 0 and is_adverb(sentence[before].text):
        before -= 1
    if text_at(sentence, before) in _PASSIVE:
        return _passive(sentence, index, people)
    if not damage.is_damage(sentence, index):
        return None
    if subject(sentence, index, people) is Subject.PERSON:
        return index, _end(sentence, index)
    return _work_of(sentence, before, index, people)


def _end(sentence: Sentence, index: int) -> int:
    """The last word of a verb of two words, such as `took down`."""
    return index + 1 if text_at(sentence, index + 1) in ("down", "up") else index


def _passive(sentence: Sentence, index: int, people: People) -> Span | None:
    """Was dropped by the engineer."""
    by = next((at for at in _near(sentence, index) if _is_by(sentence, at)), None)
    if by is None or not person_after(sentence, by + 1, people) or is_denied(sentence, index):
        return None
    text = sentence[index].text
    did = text in damage.ALWAYS | damage.BROKE | _BY_ONE or damage.is_damage(sentence, index)
    did = did or (
        text == "made" and any(each.text in _MISTAKES for each in sentence[max(0, index - 5) : index])
    )
    live = text in damage.REMOVING and any(
        each.text in ("production", "prod") for each in sentence[max(0, index - REACH) : index]
    )
    return (index, by) if did or live else None


def _near(sentence: Sentence, index: int) -> range:
    return range(index + 1, min(len(sentence), index + 6))


def _is_by(sentence: Sentence, at: int) -> bool:
    return sentence[at].text == "by" and text_at(sentence, at + 1) not in ("mistake", "accident")


def _work_of(sentence: Sentence, end: int, index: int, people: People) -> Span | None:
    """The deployment by the new developer broke something; Alice's change broke something."""
    for at in range(end, max(-1, end - 6), -1):
        word = sentence[at]
        if word.is_stop and word.text != "@":
            return None
        if word.text == "by":
            return (at, index) if person_after(sentence[:index], at + 1, people) else None
        if word.owner and people.is_owner(sentence, at):
            return at, index
    return None


def _responsible(sentence: Sentence, index: int, people: People) -> Span | None:
    """Responsible for the outage; not for a service."""
    ahead = sentence[index + 1 : index + 5]
    if not ahead or ahead[0].text != "for" or not any(each.text in _DAMAGE for each in ahead):
        return None
    is_person = subject(sentence, index, people) is Subject.PERSON
    return (index, index + 1) if is_person and not is_denied(sentence, index) else None


RULE = Rule(
    Kind.PERSON_AS_CAUSE,
    Advice(
        "A person stands here as the cause, and the system disappears behind them.",
        "What allowed one action to have this effect, and what would have stopped it?",
    ),
    frozenset({"responsible", *_MISTAKES, *damage.VERBS, *damage.ADVERBS}),
    _find,
)
