"""The pack as Markdown and as JSON."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from enum import Enum
from typing import Any

from bot.incident.domain.vocabulary import reference
from bot.review.domain.pack import Pack
from bot.review.views import board_words as words
from bot.review.views.board_words import Names

_MARKUP = re.compile(r"([\\`*_{}\[\]<>()#+!|~&])")


def as_markdown(pack: Pack, names: Names) -> str:
    """The same parts as the page. What people typed is escaped."""
    return "\n".join(_lines(pack, names)) + "\n"


def as_json(pack: Pack, names: Names) -> str:
    """Everything, with the names of the people in it."""
    named = {person: names[person] for person in sorted(pack.people) if person in names}
    document: Mapping[str, Any] = {"pack": _plain(asdict(pack)), "people": named}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _lines(pack: Pack, names: Names) -> Iterator[str]:
    yield f"# {_escaped(words.heading(pack))}"
    yield ""
    yield f"{words.days(pack)}. {words.summary(pack)}"
    for each in words.notes(pack):
        yield ""
        yield each
    for heading, rows in _parts(pack, names):
        if rows:
            yield ""
            yield f"## {heading}"
            yield ""
            yield from (f"- {row}" for row in rows)
    yield ""
    yield words.made(pack)


def _parts(pack: Pack, names: Names) -> Iterator[tuple[str, Sequence[str]]]:
    yield (
        "Incidents",
        [
            f"{each.severity.label} **{each.reference}** {_title(each.title)}: declared "
            f"{words.local(each.declared_at, pack)}, {words.lasted(each, pack)}, {each.status.value}"
            for each in pack.incidents
        ],
    )
    yield (
        "Postmortems that are owed",
        [
            f"**{reference(each.number)}** {_title(each.title)}: {_escaped(words.owed(each, pack, names))}"
            for each in pack.owed
        ],
    )
    yield (
        "What returns",
        [
            f"**{_title(each.name)}** ({each.kind.value}): {words.recurring(each, pack)}"
            for each in pack.recurring
        ],
    )
    yield (
        "What boards have decided",
        [
            f"**{each.reference}** {_title(each.title)} ({_escaped(words.kind(each))}): "
            f"{_escaped(words.became(each, pack.today, names))}"
            for each in pack.decided
        ],
    )
    yield (
        "Action items that are overdue",
        [
            f"**{each.reference}** {_title(each.title)}: {_escaped(words.overdue(each, pack.today, names))}"
            for each in pack.overdue
        ],
    )
    yield (
        "Action items that were completed",
        [
            f"**{each.reference}** {_title(each.title)}: {_escaped(words.done(each, names))}"
            for each in pack.done
        ],
    )
    yield "Promised updates", [words.promises(pack)] if pack.promises.total else []
    yield (
        "Near misses",
        [
            f"**{each.reference}** {_title(each.title)}: {_escaped(words.near_miss(each, pack))}"
            for each in pack.near_misses
        ],
    )
    yield (
        "How evenly the load is spread",
        [f"{words.evenness(pack.evenness)}. {words.EVENNESS}"] if pack.evenness else [],
    )


def _title(typed: str) -> str:
    return _escaped(words.title(typed))


def _escaped(told: str) -> str:
    """Text in which Markdown interprets nothing."""
    return _MARKUP.sub(r"\\\1", " ".join(told.split()))


def _plain(value: Any) -> Any:
    """A value as JSON has it; severities by their names."""
    match value:
        case dict():
            return {key: _plain(each) for key, each in value.items()}
        case list() | tuple():
            return [_plain(each) for each in value]
        case datetime() | date():
            return value.isoformat()
        case Enum():
            return value.name if isinstance(value.value, int) else value.value
        case _:
            return value
