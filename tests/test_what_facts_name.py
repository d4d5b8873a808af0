"""Every text in every fact, and beside the streams, is named as words, people or links, or is listed here as what stays."""

import typing
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

import pytest
from sqlalchemy import Column, TypeDecorator

from bot.core.decider import Decider
from bot.engine.store.retention import BESIDE
from bot.engine.store.tables.base import REMOVED
from bot.subjects import SUBJECTS

# What neither the retention removes nor a person can have typed: keys, ids of channels and canvases, names of the policy.
STAYS = {
    "incident": {
        "Declared.room", "Declared.services", "Declared.service_titles", "Declared.came_from",
        "MarkedDuplicate.room", "SeverityChanged.impact",
        "RoleAssigned.role", "RoleAssigned.title", "RolesEnded.roles", "RolesEnded.titles",
        "Noted.app", "Parked.app",
        "ServicesChanged.services", "ServicesChanged.old", "ServicesChanged.service_titles",
        "ServicesChanged.old_titles",
        "PostmortemPublished.canvas", "PostmortemCanvasOpened.canvas", "PostmortemCanvasRefused.code",
        "PostmortemCanvasRead.wanted", "EntriesRewritten.entries",
    },
    "action item": {"ActionItemAdded.board", "EntriesRewritten.entries"},
    "near miss": {"EntriesRewritten.entries"},
    "review board": {
        "PackMade.pack.words", "PackMade.pack.week", "PackMade.pack.zone", "PackMade.pack.version",
        "PackMade.pack.last_board", "PackMade.pack.owed.stage", "PackMade.pack.recurring.service",
        "PackMade.pack.overdue.board", "PackMade.pack.done.board", "PackMade.pack.decided.board",
        "PackMade.pack.near_misses.reference", "PackMade.pack.near_misses.promoted_to",
        "PackMade.pack.near_misses.similar", "PackPosted.channel", "EntriesRewritten.entries",
    },
}  # fmt: skip
# Columns of tables beside the streams whose texts are ids, keys or words of ours; people in them are replaced all the same.
OURS = {
    "acts": {"team_id", "act_id", "digest"},
    "action_items": {"team_id", "owner"},
    "affected_services": {"team_id", "service"},
    "head_items": {"team_id", "name", "item", "digest", "error"},
    "members": {"team_id", "person"},
    "nudges": {"team_id", "kind", "channel", "ts"},
    "places": {"team_id", "name", "channel", "ts"},
    "reminders": {"team_id", "promise", "channel", "ts", "answered_by"},
    "room_members": {"team_id", "person"},
    "slack_list_items": {"team_id", "list_id", "row"},
    "tracked_issues": {"team_id", "tracker", "place", "issue", "key", "state", "heard"},
}

DECIDERS = [pytest.param(each.streams.decider, id=name) for name, each in SUBJECTS.items()]


def texts_of(document: type[Any], path: str) -> Iterator[tuple[str, str]]:
    """The path and the name of each field that holds text, also of documents within."""
    hints = typing.get_type_hints(document)
    for each in fields(document):
        kinds = list(parts_of(hints[each.name]))
        for kind in kinds:
            if is_dataclass(kind):
                yield from texts_of(kind, f"{path}.{each.name}")
        if str in kinds:
            yield f"{path}.{each.name}", each.name


def parts_of(hint: Any) -> Iterator[type[Any]]:
    """The types of which a type is made: of `tuple[str, ...] | None` it is `str`."""
    if inner := typing.get_args(hint):
        for each in inner:
            if each is not Ellipsis:
                yield from parts_of(each)
    else:
        yield hint


@pytest.mark.parametrize("decider", DECIDERS)
def test_every_subject_says_on_its_timeline_that_entries_were_rewritten(decider: Decider[Any, Any]) -> None:
    assert decider.rewritten is not None, (
        "otherwise the retention leaves it alone, and forgetting leaves no fact"
    )


@pytest.mark.parametrize("decider", DECIDERS)
def test_every_text_of_a_fact_is_named_or_stays_on_purpose(decider: Decider[Any, Any]) -> None:
    left, seen = set(), set()
    for name, kind in decider.facts.items():
        named = {*kind.words, *kind.actors, *kind.links}
        found = list(texts_of(kind, name))
        seen |= {path for path, _ in found}
        left |= {path for path, field in found if field not in named}
        assert named <= {field for _, field in found}, f"{name} names a field that is not there"
        assert "by" in kind.actors
    assert left == STAYS[decider.subject]


def test_a_text_is_named_as_one_thing_only() -> None:
    for each in SUBJECTS.values():
        for kind in each.streams.decider.facts.values():
            named = [*kind.words, *kind.actors, *kind.links]
            assert len(named) == len(set(named)), kind


def test_every_text_beside_a_stream_is_removed_or_ours() -> None:
    left = {
        table.name: {each.key for each in table.columns if holds_text(each) and REMOVED not in each.info}
        for table in BESIDE
    }
    assert left == OURS


def holds_text(column: Column[Any]) -> bool:
    kind = column.type.impl_instance if isinstance(column.type, TypeDecorator) else column.type
    return kind.python_type in (str, dict, list)
