"""Read a text for blame."""

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence

from bot.incident.domain.blame import (
    counterfactual,
    human_error,
    judgement,
    omission,
    person_as_cause,
    should_have,
    single_cause,
)
from bot.incident.domain.blame.action_items import ActionItem, check
from bot.incident.domain.blame.finding import Finding, Kind
from bot.incident.domain.blame.item_lines import action_items
from bot.incident.domain.blame.passages import Line, passages
from bot.incident.domain.blame.people import People
from bot.incident.domain.blame.rule import Rule, Span
from bot.incident.domain.blame.sentences import Sentence, sentences, vocabulary

SECTION = "Before you publish"  # the heading of the list of findings, which is not read itself
WORDS_MAX = 300  # characters of a sentence that a finding repeats
RULES: Sequence[Rule] = (
    human_error.RULE,
    judgement.RULE,
    should_have.RULE,
    omission.RULE,
    person_as_cause.RULE,
    single_cause.RULE,
    counterfactual.RULE,
)


def _by_trigger() -> Mapping[str, Sequence[Rule]]:
    triggers: dict[str, list[Rule]] = {}
    for rule in RULES:
        for trigger in rule.triggers:
            triggers.setdefault(trigger, []).append(rule)
    return triggers


_TRIGGERS = _by_trigger()


def read(text: str, names: Collection[str] = ()) -> list[Finding]:
    """Mark what judges a person or hides the system.

    Code, quotes, addresses and the section "Before you publish" are left alone. Each kind is marked once a sentence.

    Args:
        text: Markdown, or plain text.
        names: the names of people, as they stand in the text, beside the common given names.

    Returns:
        The findings in the order of the text.
    """
    people = People(names)
    starts = [0, *(each.end() for each in re.finditer("\n", text))]
    found: list[Finding] = []
    for begin, end in passages(text, SECTION):
        if _TRIGGERS.keys().isdisjoint(vocabulary(text, begin, end)):
            continue  # as in most entries of a timeline: no rule looks closer
        for sentence in sentences(text, begin, end):
            for rule, span in _marks(sentence, people):
                found.append(_finding(text, sentence, rule, span, starts))
    for line, item in action_items(text, names, SECTION):
        found += _of_item(line, item)
    return sorted(found, key=lambda each: each.offset)


def _of_item(line: Line, item: ActionItem) -> Iterator[Finding]:
    """What the action item on this line lacks, as one finding."""
    lacks = check(item)
    if lacks:
        what = " ".join(item.what.split())
        yield Finding(
            kind=Kind.ACTION_ITEM,
            offset=line.offset + line.text.index(item.what),
            line=line.number,
            words=what if len(what) <= WORDS_MAX else what[:WORDS_MAX] + "…",
            sentence="",
            reason=" ".join(each.reason for each in lacks),
            question=" ".join(each.question for each in lacks),
        )


def _marks(sentence: Sentence, people: People) -> Iterator[tuple[Rule, Span]]:
    """What is marked in this sentence, each kind once."""
    done: set[Kind] = set()
    for index, word in enumerate(sentence):
        for rule in _TRIGGERS.get(word.text, ()):
            if rule.kind not in done and (span := rule.find(sentence, index, people)):
                done.add(rule.kind)
                yield rule, span


def _finding(text: str, sentence: Sentence, rule: Rule, span: Span, starts: Sequence[int]) -> Finding:
    first, last = span
    begin, end = sentence[first].start, sentence[last].end
    return Finding(
        kind=rule.kind,
        offset=begin,
        line=bisect_right(starts, begin),
        words=" ".join(text[begin:end].split()),
        sentence=_around(text, sentence[0].start, sentence[-1].end, begin, end),
        reason=rule.advice.reason,
        question=rule.advice.question,
    )


def _around(text: str, start: int, stop: int, begin: int, end: int) -> str:
    """The sentence around the words; if it is long, the part of it that is near them."""
    if stop - start <= WORDS_MAX:
        return " ".join(text[start:stop].split())
    room = max(0, WORDS_MAX - (end - begin)) // 2
    left, right = max(start, begin - room), min(stop, end + room)
    before, after = "…" if left > start else "", "…" if right < stop else ""
    return before + " ".join(text[left:right].split()) + after
