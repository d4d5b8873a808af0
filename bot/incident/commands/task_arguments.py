"""Parse what was typed after `task`: a new task, or what has become of one."""

import re
from dataclasses import dataclass

_NUMBER = r"t?(?P<number>\d{1,6})"
_CHANGE = re.compile(
    rf"(?:(?P<verb>[a-z]+)\s+{_NUMBER}|{_NUMBER.replace('number', 'first')}\s+(?P<last>[a-z]+))",
    re.IGNORECASE,
)
_GIVEN = re.compile(rf"{_NUMBER}\s+(?:to\s+|for\s+)?(?P<person><@[^>]*>|@\S+)", re.IGNORECASE)
_PERSON = re.compile(
    r"(?P<person><@[^>]*>|@\S+|(?:me|myself)\b:?)\s*[:,]?\s*(?P<rest>.*)", re.IGNORECASE | re.DOTALL
)
_VERBS = {
    "done": "done", "finish": "done", "finished": "done", "close": "done", "complete": "done",
    "undo": "undo", "reopen": "undo",
    "drop": "drop", "dropped": "drop", "cancel": "drop", "delete": "drop", "remove": "drop",
    "take": "take", "me": "me", "myself": "me",
    "free": "nobody", "nobody": "nobody", "unassign": "nobody",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class NewTask:
    """A task to add.

    Attributes:
        person: the mention, `me`, or the text in the place of a person; empty if it names nobody.
    """

    person: str
    text: str


@dataclass(frozen=True, slots=True)
class TaskChange:
    """What has become of a task.

    Attributes:
        verb: `done`, `undo`, `drop`, `take`, `me`, `nobody` or `give`.
        number: None if it names none.
        person: the mention for `give`; otherwise empty.
    """

    verb: str
    number: int | None
    person: str = ""


def parse(text: str) -> NewTask | TaskChange:
    """Parse the text. Only a text that is nothing but a word and a number, in any order, is about an existing task."""
    text = text.strip()
    if match := _CHANGE.fullmatch(text):
        word = (match["verb"] or match["last"]).lower()
        if word in _VERBS:
            return TaskChange(_VERBS[word], int(match["number"] or match["first"]))
    if match := _GIVEN.fullmatch(text):
        return TaskChange("give", int(match["number"]), match["person"])
    if text.lower() in ("done", "undo", "drop"):
        return TaskChange(text.lower(), None)
    if (match := _PERSON.fullmatch(text)) is None:
        return NewTask("", text)
    return NewTask(match["person"].rstrip(":"), match["rest"])
