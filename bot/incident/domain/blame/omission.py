"""What a person failed to do, forgot, overlooked, ignored or skipped."""

from bot.incident.domain.blame.finding import Advice, Kind
from bot.incident.domain.blame.grammar import Subject, after_adverbs, has_near, person_after, subject, text_at
from bot.incident.domain.blame.people import People
from bot.incident.domain.blame.rule import Rule, Span
from bot.incident.domain.blame.sentences import Sentence
from bot.incident.domain.blame.vocabulary import words

_BASE = words(  # what only people do, and what reviews reproach them with
    """
    check test verify validate double-check follow read review escalate communicate inform tell ask think
    consider bother monitor document announce look understand realise realize coordinate act respond warn report
    update acknowledge plan prepare notice declare mention care hand pay
    """
)
_REPROACHED = _BASE - {
    "notice",
    "realise",
    "realize",
    "understand",
    "acknowledge",
    "declare",
    "hand",
    "pay",
    "care",
    "act",
}
_DONE = words(
    """
    checked tested verified validated double-checked followed read reviewed escalated communicated informed told
    asked thought considered bothered monitored documented announced looked warned reported updated
    """
)
_GOALS = words(
    """
    slo slos sla target targets objective objectives goal goals update updates meeting
    """
)
_WARNINGS = words("alert alerts warning warnings page pages advice ticket tickets")
_FORGOTTEN = frozenset({"forgotten", "overlooked", "neglected", "ignored"})
_NEVER = frozenset({"did", "didn't", "never", "had", "hadn't"})
_DOING = words(
    "checking testing looking reading asking telling informing verifying reviewing thinking considering waiting "
    "consulting following double-checking"
)


def _find(sentence: Sentence, index: int, people: People) -> Span | None:
    text = sentence[index].text
    match text:
        case "failed":
            return _failed(sentence, index, people)
        case "failure":
            return _failure(sentence, index, people)
        case "did" | "didn't" | "never" | "had" | "hadn't":
            return _did_not(sentence, index, people)
        case "without":
            return _without(sentence, index, people)
        case "left":
            return _by_person(sentence, index, people) if text_at(sentence, index + 1) == "out" else None
        case "missed":
            is_goal = has_near(sentence, index + 1, _GOALS, 5)
            return None if is_goal else _by_person(sentence, index, people)
        case "forgot" | "neglected" | "overlooked" | "ignored" | "skipped" | "forgotten":
            return _by_person(sentence, index, people) or _passive(sentence, index, people)
        case _:
            return _nobody(sentence, index, people)


def _by_person(sentence: Sentence, index: int, people: People) -> Span | None:
    return (index, index) if subject(sentence, index, people) is Subject.PERSON else None


def _failed(sentence: Sentence, index: int, people: People) -> Span | None:
    """Failed to do something, said of a person."""
    does = text_at(sentence, index + 2)
    if text_at(sentence, index + 1) != "to" or not does:
        return None
    they = text_at(sentence, index - 1) in ("they", "which", "that")  # programs, as often as not
    if they and does not in _BASE:
        return None
    return (index, index + 2) if subject(sentence, index, people) is Subject.PERSON else None


def _failure(sentence: Sentence, index: int, people: People) -> Span | None:
    """Failure to follow; the failure of the team to communicate."""
    after = text_at(sentence, index + 1)
    if after == "of" and person_after(sentence, index + 2, people):
        to = next(
            (at for at in range(index + 3, min(len(sentence), index + 9)) if sentence[at].text == "to"), None
        )
        return (index, to + 1) if to and to + 1 < len(sentence) else None
    return (index, index + 2) if after == "to" and text_at(sentence, index + 2) in _BASE else None


def _did_not(sentence: Sentence, index: int, people: People) -> Span | None:
    """Did not check; never tested."""
    text = sentence[index].text
    at = index + 1
    if text in ("did", "had"):
        if text_at(sentence, at) != "not":
            return None
        at += 1
    at = after_adverbs(sentence, at)
    known = _REPROACHED if text.startswith("did") else _DONE
    if text_at(sentence, at) not in known or subject(sentence, index, people) is not Subject.PERSON:
        return None
    return index, at


def _without(sentence: Sentence, index: int, people: People) -> Span | None:
    """Approved it without reading it."""
    is_known = text_at(sentence, index + 1) in _DOING
    return (index, index + 1) if is_known and subject(sentence, index, people) is Subject.PERSON else None


def _not_followed(sentence: Sentence, index: int) -> Span | None:
    """The checklist was not followed, which only people can do."""
    before = [text_at(sentence, at) for at in range(index - 3, index)]
    denied = "not" in before and ("was" in before or "were" in before)
    return (index - 1, index) if denied or "wasn't" in before or "weren't" in before else None


def _passive(sentence: Sentence, index: int, people: People) -> Span | None:
    """The second region was forgotten; the warning was ignored."""
    text, before = sentence[index].text, text_at(sentence, index - 1)
    if text not in _FORGOTTEN or before not in ("was", "were", "been"):
        return None
    if text_at(sentence, index + 1) == "by" and not person_after(sentence, index + 2, people):
        return None
    if text == "ignored" and not any(each.text in _WARNINGS for each in sentence[max(0, index - 5) : index]):
        return None
    return index - 1, index


def _nobody(sentence: Sentence, index: int, people: People) -> Span | None:
    """Nobody tested; neither of the approvers read."""
    if sentence[index].text == "followed" and (span := _not_followed(sentence, index)):
        return span
    if subject(sentence, index, people) is Subject.NOBODY:
        return index - 1, index
    for at in range(index - 1, max(-1, index - 6), -1):
        if sentence[at].text in ("neither", "none"):
            return (at, index) if subject(sentence, index, people) is Subject.PERSON else None
    return None


RULE = Rule(
    Kind.OMISSION,
    Advice(
        "This says what a person did not do, and not what happened instead.",
        "What did they do, and what in the system made the missing step easy to miss?",
    ),
    frozenset(
        {"failed", "failure", "missed", "forgot", "skipped", "without", "left", *_FORGOTTEN, *_NEVER, *_DONE}
    ),
    _find,
)
