"""As much grammar as the rules need: the subject of a verb, the head of a noun phrase, denials."""

from enum import Enum

from bot.incident.domain.blame.people import NOBODY, People
from bot.incident.domain.blame.sentences import Sentence
from bot.incident.domain.blame.vocabulary import (
    AUXILIARIES,
    CONJUNCTIONS,
    DETERMINERS,
    NEGATIONS,
    PAST,
    PREPOSITIONS,
    is_adverb,
    words,
)

REACH = (
    16  # how many words the rules look around: what is further away is not understood, and no rule gets slow
)
_RELATIVE = frozenset({"who", "which", "that", "being", "as", "too", "like", "however", "then", "together"})
_QUANTITIES = words("one two three some any none neither both each all most many several few either")


class Subject(Enum):
    """What does what a verb says."""

    PERSON = "person"
    NOBODY = "nobody"
    THING = "thing"


def subject(sentence: Sentence, verb: int, people: People) -> Subject:
    """The subject of the verb (or of its first auxiliary) at this place."""
    end = _before_verb(sentence, verb)
    for _ in range(3):  # and … and …: the subject stands before the first of the verbs
        if end < 0:
            return Subject.THING
        if sentence[end].text in ("who", "whoever"):
            return Subject.PERSON
        if sentence[end].text in ("that", "which") and end:
            return _meaning(sentence, end - 1, people)
        if sentence[end].text in ("and", "or", "but", "then", ","):
            end -= 1
            end -= end >= 0 and sentence[end].text == ","
            begin = _clause(sentence, end, people)
            head = _head(sentence, begin, end, people)
            if head == end + 1:
                end = begin - 1
                continue
            return _meaning(sentence, head, people)
        begin = _clause(sentence, end, people)
        relative = text_at(sentence, begin - 1)
        if relative in ("who", "that", "which") and begin > 1 and _begins_with_verb(sentence, begin):
            # the engineer who was on duty should have …
            return Subject.PERSON if relative == "who" else _meaning(sentence, begin - 2, people)
        return _meaning(sentence, _head(sentence, begin, end, people), people)
    return Subject.THING


def _begins_with_verb(sentence: Sentence, begin: int) -> bool:
    """Whether a relative clause has no subject of its own."""
    first = text_at(sentence, after_adverbs(sentence, begin))
    return first in AUXILIARIES or first in PAST or first.endswith(("ed", "s"))


def _before_verb(sentence: Sentence, verb: int) -> int:
    """The last word of the subject: adverbs, auxiliaries and what stands between commas are skipped."""
    at = verb - 1
    while at >= 0 and (is_adverb(sentence[at].text) or sentence[at].text in AUXILIARIES):
        at -= 1
    if at > 0 and sentence[at].text == ",":
        for back in range(at - 1, max(-1, at - REACH), -1):
            if sentence[back].text == ",":
                return back - 1 if sentence[back + 1].text in _RELATIVE else at
    return at


def _clause(sentence: Sentence, end: int, people: People) -> int:
    """Where the clause begins that ends at `end`."""
    at = end
    while at >= 0 and at > end - REACH:
        word = sentence[at]
        if word.is_stop and word.text != "@":
            break
        if word.text in CONJUNCTIONS and word.text not in PREPOSITIONS and not people.is_name(word):
            break
        at -= 1
    return at + 1


def _head(sentence: Sentence, begin: int, end: int, people: People) -> int:
    """The head of the subject between two places, both included. Past the end if there is none."""
    at = begin
    while at <= end and (is_adverb(sentence[at].text) or sentence[at].text in AUXILIARIES):
        at += 1  # auxiliaries, too: had Tom …, should we …
    if at <= end and (sentence[at].text in PREPOSITIONS or sentence[at].text.endswith("ing")):
        at = _last_phrase(sentence, at, end, people)
    return phrase_head(sentence, at, end, people)


def _last_phrase(sentence: Sentence, begin: int, end: int, people: People) -> int:
    """Where the last noun phrase begins, as in `During the handover | the outgoing on-call forgot`."""
    for at in range(end, begin, -1):
        word = sentence[at]
        if (
            word.text in DETERMINERS
            or people.is_name(word)
            or word.text in ("i", "we", "he", "she", "they", "you")
        ):
            return at
    return end


def phrase_head(sentence: Sentence, begin: int, end: int, people: People) -> int:
    """The head of the noun phrase that begins here: its last noun before a preposition, a verb or a stop mark."""
    at, head = begin, end + 1
    while at <= end:
        word = sentence[at]
        if head <= end and sentence[head].text in _QUANTITIES and word.text == "of":
            head, at = end + 1, at + 1
            continue
        if word.text in PREPOSITIONS or (word.is_stop and word.text != "@") or word.text in AUXILIARIES:
            break
        if word.text in CONJUNCTIONS:
            break
        if head <= end and _is_verb(sentence, at, head):
            break
        head = at
        at += 1
        if people.is_name(word) and at <= end and not sentence[at].is_capital:
            break
    return head


def _is_verb(sentence: Sentence, at: int, head: int) -> bool:
    """Whether the word after the noun at `head` looks like a verb."""
    text = sentence[at].text
    looks_so = text in PAST or text.endswith(("ed", "ing"))
    return looks_so and sentence[head].text not in DETERMINERS


def _meaning(sentence: Sentence, head: int, people: People) -> Subject:
    if not 0 <= head < len(sentence):
        return Subject.THING
    text = sentence[head].text
    if text in NOBODY or (text in ("one", "person") and head and sentence[head - 1].text == "no"):
        return Subject.NOBODY
    if head and sentence[head - 1].text in ("no", "neither") and people.is_person(sentence, head):
        return Subject.NOBODY
    return Subject.PERSON if people.is_person(sentence, head) else Subject.THING


def person_after(sentence: Sentence, begin: int, people: People) -> bool:
    """Whether the noun phrase that begins here means a person, as after `by`."""
    end = min(len(sentence) - 1, begin + REACH)
    return _meaning(sentence, phrase_head(sentence, begin, end, people), people) is Subject.PERSON


def is_denied(sentence: Sentence, index: int) -> bool:
    """Whether the words before this place, in the same clause, deny it: not, nobody, rather than."""
    for at in range(index - 1, max(-1, index - 9), -1):
        word = sentence[at]
        if (word.is_stop and word.text != "@") or word.text in ("but", "because", "that's"):
            return False
        if word.text in NEGATIONS:
            return True
        after = sentence[at + 1].text
        if (word.text, after) in (("rather", "than"), ("instead", "of")):
            return True
    return False


def text_at(sentence: Sentence, index: int) -> str:
    """The word at this place; empty outside of the sentence."""
    return sentence[index].text if 0 <= index < len(sentence) else ""


def after_adverbs(sentence: Sentence, index: int) -> int:
    """The first place from `index` on whose word is no adverb."""
    while is_adverb(text_at(sentence, index)):
        index += 1
    return index


def has_near(sentence: Sentence, begin: int, words: frozenset[str], reach: int = REACH) -> bool:
    """Whether one of these words comes within `reach` words from `begin` on, in the same clause."""
    for at in range(begin, min(len(sentence), begin + reach)):
        if sentence[at].text in (";", ":", "."):
            return False
        if sentence[at].text in words:
            return True
    return False
