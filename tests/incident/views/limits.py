"""Slack's limits, and what must never be in text that Slack interprets.

The figures are Slack's: docs, "Block Kit" reference and "Formatting text for app surfaces".
"""

import re
from collections.abc import Iterator
from typing import Any

from bot.core.blocks import Message, View
from bot.core.newer import NewerKind, form
from bot.sandbox.blocks import validate
from tests.incident.views.reading import objects

LIMITS = {  # of the text in each place: (type of the object, its key) → characters
    ("section", "text"): 3000,
    ("section", "fields"): 2000,
    ("header", "text"): 150,
    ("context", "elements"): 3000,
    ("button", "text"): 75,
    ("input", "label"): 2000,
    ("input", "hint"): 2000,
    ("plain_text_input", "placeholder"): 150,
    ("users_select", "placeholder"): 150,
    ("option", "text"): 75,
    ("option", "description"): 75,
    ("alert", "text"): 200,
    ("container", "title"): 150,
    ("container", "subtitle"): 150,
    ("modal", "title"): 24,
    ("modal", "submit"): 24,
    ("modal", "close"): 24,
}
COUNTS = {"actions": ("elements", 25), "context": ("elements", 10), "section": ("fields", 10)}
OPTIONS = {"static_select": 100, "radio_buttons": 10, "checkboxes": 10}
OF_ALL_BLOCKS = 12_000  # more is refused near 13,200 (msg_blocks_too_long, not documented)

PAGES = re.compile(r"<!(?!date\^\d+\^)")
HIDES_ITS_TARGET = re.compile(r"<[a-z]+:[^>|]*\|(?!this message>|link>)")


def kind(node: dict[str, Any]) -> str:
    """The type of a JSON object; only options do not name theirs."""
    return str(node.get("type", "option"))


def shown_texts(node: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The text objects in an object, each with its key."""
    for key, value in node.items():
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, dict) and each.get("type") in ("plain_text", "mrkdwn"):
                yield key, each


def fits(shown: Message | View) -> None:
    """Check every limit of every object, and of the whole."""
    blocks = shown.blocks if isinstance(shown, Message) else shown["blocks"]
    _accepted(shown)
    assert 1 <= len(blocks) <= (50 if isinstance(shown, Message) else 100)
    total = 0
    for node in objects(blocks if isinstance(shown, Message) else shown):
        for key, text in shown_texts(node):
            assert 1 <= len(text["text"]) <= LIMITS[kind(node), key], (kind(node), key)
            total += len(text["text"])
            if text["type"] == "mrkdwn":
                harmless(text["text"])
        counted, limit = COUNTS.get(kind(node), ("", 0))
        assert len(node.get(counted, ())) <= limit
        assert len(node.get("options", ())) <= OPTIONS.get(kind(node), 0)
        assert len(str(node.get("value", ""))) <= 2000
        assert len(node.get("initial_value", "")) <= node.get("max_length", 0) <= 3000
        assert all(len(node.get(name, "")) <= 255 for name in ("action_id", "block_id", "callback_id"))
        assert kind(node) != "section" or node.keys() & {"text", "fields"}, "Slack refuses an empty section"
    names = [block["block_id"] for block in blocks if "block_id" in block]
    assert len(set(names)) == len(names)
    if isinstance(shown, Message):
        assert total <= OF_ALL_BLOCKS
        assert shown.text.strip()
        harmless(shown.text)
    else:
        assert len(shown["private_metadata"]) <= 3000


def _accepted(shown: Message | View) -> None:
    """Check that the sandbox, which is as strict as Slack, takes it in both forms."""
    for refused in ((), tuple(NewerKind)):
        if isinstance(shown, Message):
            assert len(shown.blocks) <= len(form(shown.blocks, refused)) <= 50
            validate.check_message({"blocks": form(shown.blocks, refused)}, frozenset(refused))
        else:
            validate.check_view(shown | {"blocks": form(shown["blocks"], refused)}, frozenset(refused))


def harmless(text: str) -> None:
    """Check that it notifies nobody, hides no link's target, and that no entity or mention was cut."""
    assert not PAGES.search(text), text
    assert not HIDES_ITS_TARGET.search(text), text
    assert "<" not in re.sub(r"<[^<>]*>", "", text), "cut through a mention"
    assert not re.search(r"&(?!amp;|lt;|gt;)", text), "cut through an entity"
