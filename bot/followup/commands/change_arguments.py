"""Parse what was typed after `action` about an item that exists: `done ACT-3 …`, `move ACT-3 friday`, `ACT-3 @person`."""

import re
from dataclasses import dataclass

_NUMBER = r"act[- ]?(?P<number>\d{1,9})(?!\w)"
_VERB_FIRST = re.compile(rf"(?P<verb>[a-z]+)\s+{_NUMBER}[:,]?\s*(?P<rest>.*)", re.IGNORECASE | re.DOTALL)
_NUMBER_FIRST = re.compile(
    rf"{_NUMBER}[:,]?\s*(?:(?P<verb>[a-z]+)\b[:,]?\s*)?(?P<rest>.*)", re.IGNORECASE | re.DOTALL
)
_NUMBER_ALONE = re.compile(r"(?P<verb>[a-z]+)\s+(?P<number>\d{1,9})(?P<rest>)", re.IGNORECASE)
_PERSON = re.compile(r"(?:(?:to|for)\s+)?(?P<person><@[^>]*>|@\S+|me|myself)[.!]?", re.IGNORECASE)
_TO = re.compile(r"^to\s+", re.IGNORECASE)
_VERBS = {
    "done": "done", "finish": "done", "finished": "done", "close": "done", "complete": "done",
    "drop": "drop", "dropped": "drop", "cancel": "drop", "delete": "drop", "remove": "drop",
    "move": "move", "postpone": "move", "due": "move", "by": "move",
    "undo": "undo", "reopen": "undo",
    "give": "give", "assign": "give", "to": "give", "for": "give", "me": "give", "myself": "give", "take": "give",
}  # fmt: skip
_ALONE = frozenset(
    ["done", "finish", "close", "drop", "cancel", "move", "postpone", "undo", "reopen", "give", "assign"]
)
_ME = frozenset(["me", "myself", "take"])  # with nobody after them


@dataclass(frozen=True, slots=True)
class ItemChange:
    """What has become of an action item.

    Attributes:
        verb: `done`, `drop`, `move`, `undo`, `give`, or `show`.
        rest: the proof, the reason, or the day and a reason; for `give` the mention, `me`, or the text in its place.
    """

    verb: str
    number: int
    rest: str = ""


def parse_change(text: str) -> ItemChange | None:
    """Parse the text; None if it is about no item that exists, such as a new one whose text begins with `ACT-3`."""
    typed = text.strip()
    if match := _VERB_FIRST.fullmatch(typed) or _NUMBER_ALONE.fullmatch(typed):
        verb = _VERBS.get(match["verb"].lower())
        return _change(verb, match["verb"].lower(), match) if verb else None
    match = _NUMBER_FIRST.fullmatch(typed)
    if match is None:
        return None
    number, word = int(match["number"]), (match["verb"] or "").lower()
    if not word and not match["rest"]:
        return ItemChange("show", number)
    if word in _VERBS:
        return _change(_VERBS[word], word, match)
    person = _PERSON.fullmatch(match["rest"]) if not word else None
    return ItemChange("give", number, person["person"]) if person else None


def is_about_existing(text: str) -> bool:
    """Whether the text is about an action item that exists, also if it does not say about which."""
    return parse_change(text) is not None or is_without_number(text)


def is_without_number(text: str) -> bool:
    """Whether the text is only the word for a change, such as `done`, which nobody means as what is to be done."""
    return text.strip().lower() in _ALONE


def _change(verb: str, word: str, match: re.Match[str]) -> ItemChange | None:
    number, rest = int(match["number"]), match["rest"].strip()
    if verb == "move":
        return ItemChange(verb, number, _TO.sub("", rest))
    if verb != "give":
        return ItemChange(verb, number, rest)
    if not rest and word in _ME:
        return ItemChange(verb, number, "me")
    person = _PERSON.fullmatch(rest)
    return ItemChange(verb, number, person["person"] if person else rest)
