"""Which events mark a message, and which only make noise."""

from typing import Any

import pytest

from bot.slack.marks import Marks, names_of

MARKS = Marks(("pushpin", "memo"), ("clipboard",), ("dart",), "U0BOT")
ON_MESSAGE = {"type": "message", "channel": "C1", "ts": "1.1"}
ON_FILE = {"type": "file", "file": "F1"}


def reaction(name: str, kind: str = "reaction_added", item: dict[str, str] = ON_MESSAGE) -> dict[str, Any]:
    return {"type": kind, "reaction": name, "user": "U1", "item": item}


@pytest.mark.parametrize("name", ["pushpin", "memo", "pushpin::skin-tone-3"])
def test_each_chosen_reaction_marks_in_any_skin_tone(name: str) -> None:
    assert MARKS.adds(reaction(name))
    assert MARKS.removes(reaction(name, "reaction_removed"))
    assert not MARKS.is_noise(reaction(name))
    assert not MARKS.is_noise(reaction(name, "reaction_removed"))


@pytest.mark.parametrize(
    "event",
    [
        reaction("eyes"),
        reaction("eyes", "reaction_removed"),
        reaction("pushpin", item=ON_FILE),
        reaction("pushpin", "reaction_removed", ON_FILE),
    ],
)
def test_other_reactions_are_noise(event: dict[str, Any]) -> None:
    assert MARKS.is_noise(event)
    assert not MARKS.adds(event)
    assert not MARKS.removes(event)


def test_a_pin_marks_a_message_and_is_not_taken_back_by_a_reaction() -> None:
    pin = {"type": "pin_added", "user": "U1", "item": {"type": "message"}}
    assert MARKS.adds(pin)
    assert not MARKS.removes(pin)
    assert not MARKS.is_noise(pin)
    assert not MARKS.adds({**pin, "item": {"type": "file"}})


def test_without_chosen_reactions_none_marks() -> None:
    assert Marks(()).is_noise(reaction("pushpin"))


def changed(user: str = "U1", edited: object = None, before: object = None) -> dict[str, Any]:
    return {
        "type": "message",
        "subtype": "message_changed",
        "channel": "C1",
        "message": {"ts": "1.1", "user": user, "edited": edited},
        "previous_message": {"ts": "1.1", "user": user, "edited": before},
    }


EDIT = {"user": "U1", "ts": "2.0"}


def test_only_edits_and_deletions_by_people_are_heard() -> None:
    assert not MARKS.is_noise(changed(edited=EDIT))
    assert not MARKS.is_noise(changed(edited={"user": "U1", "ts": "3.0"}, before=EDIT))
    assert not MARKS.is_noise({"type": "message", "subtype": "message_deleted", "deleted_ts": "1.1"})
    assert MARKS.is_noise(changed(edited=EDIT, before=EDIT)), "Slack has added a preview"
    assert MARKS.is_noise(changed(user="U0BOT", edited=EDIT))
    assert MARKS.is_noise(
        {"type": "message", "subtype": "message_deleted", "previous_message": {"user": "U0BOT"}}
    )
    assert MARKS.is_noise({"type": "message", "text": "Lunch?"})
    assert MARKS.is_noise({"type": "message", "subtype": "channel_join"})
    assert not MARKS.is_noise({"type": "user_change"})


def test_the_reactions_of_a_message_are_named_without_skin_tones() -> None:
    assert names_of({"reactions": [{"name": "wave::skin-tone-2"}, {"name": "eyes"}]}) == ["wave", "eyes"]
    assert names_of({}) == []


@pytest.mark.parametrize(
    ("name", "shortcut"),
    [("clipboard", "make_task"), ("clipboard::skin-tone-2", "make_task"), ("dart", "make_action_item")],
)
def test_another_reaction_makes_a_task_or_an_action_item_and_no_note(name: str, shortcut: str) -> None:
    assert MARKS.shortcut(reaction(name)) == shortcut
    assert not MARKS.adds(reaction(name))
    assert not MARKS.is_noise(reaction(name))
    assert MARKS.is_noise(reaction(name, "reaction_removed"))
    assert not MARKS.shortcut(reaction(name, item=ON_FILE))
    assert MARKS.shortcut(reaction("pushpin")) == "add_to_timeline"
