"""What returns: services and contributing factors of several incidents."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.core.rewriting import is_removed
from bot.followup.domain.matching import is_about_the_same, words_of
from bot.review.domain.pack import Recurring, RecurringKind

TIMES = 2  # in how many incidents something must have been
SHOWN_MAX = 12
_BULLET = re.compile(r"^\s*(?:[-*\u2022\u2013]|\d{1,2}[.)])\s*")
_FACTOR_MAX = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """By what an incident can be found again.

    Attributes:
        services: the keys of the services that it affected.
        factors: what people wrote about contributing factors, one on each line.
    """

    services: tuple[str, ...] = ()
    factors: str = ""


@dataclass(slots=True)
class _Group:
    """Factors that have the same telling words."""

    name: str
    incidents: list[int]


def recurring(
    marks: Mapping[int, Marks], in_span: Iterable[int], titles: Mapping[str, str]
) -> Sequence[Recurring]:
    """What was in an incident of the span and in at least one other, the most frequent first.

    Args:
        marks: of all incidents of the weeks, by their numbers.
        in_span: the numbers of those of the span.
        titles: the titles of services, by their keys.
    """
    span, latest_first = set(in_span), sorted(marks, reverse=True)
    services: dict[str, list[int]] = {}
    for number in latest_first:
        for key in dict.fromkeys(marks[number].services):
            services.setdefault(key, []).append(number)
    groups = _factors([(number, marks[number].factors) for number in latest_first])
    found = [_made(RecurringKind.SERVICE, titles.get(key, key), span, each) for key, each in services.items()]
    found += [_made(RecurringKind.FACTOR, each.name, span, each.incidents) for each in groups]
    returning = [each for each in found if each.in_span and len(each.incidents) >= TIMES]
    return sorted(returning, key=lambda each: (-len(each.incidents), -each.in_span, each.name))[:SHOWN_MAX]


def _made(kind: RecurringKind, name: str, span: set[int], incidents: Sequence[int]) -> Recurring:
    in_span = sum(each in span for each in incidents)
    is_service = kind is RecurringKind.SERVICE
    return Recurring(
        kind=kind,
        service=name if is_service else "",
        factor="" if is_service else name,
        in_span=in_span,
        incidents=tuple(incidents),
    )


def _factors(written: Iterable[tuple[int, str]]) -> list[_Group]:
    """The factors, each with those that have at least two telling words in common with it."""
    groups: list[_Group] = []
    for number, text in written:
        for line in _lines(text):
            words = words_of(line)
            same = next((each for each in groups if is_about_the_same(each.name, words)), None)
            if same is None:
                groups.append(_Group(line, [number]))
            elif number not in same.incidents:
                same.incidents.append(number)
    return groups


def _lines(text: str) -> Iterator[str]:
    for line in text.splitlines():
        said = " ".join(_BULLET.sub("", line).split())[:_FACTOR_MAX]
        if said and not is_removed(said):
            yield said
