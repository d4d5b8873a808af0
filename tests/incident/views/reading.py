"""Reads Block Kit as people do: what it says, what can be pressed, what can be filled in."""

from collections.abc import Iterator
from typing import Any

from bot.core.blocks import Message, View
from bot.core.newer import plain_form
from bot.drills.stage import inline


def objects(node: Any) -> Iterator[dict[str, Any]]:
    """Every JSON object in it, the outermost first."""
    if isinstance(node, dict):
        yield node
        for value in node.values():
            yield from objects(value)
    elif isinstance(node, list):
        for value in node:
            yield from objects(value)


def said(shown: Message | View) -> str:
    """All text that it shows, one line for each."""
    blocks = shown.blocks if isinstance(shown, Message) else shown
    return "\n".join(_words(each) for each in objects(blocks) if each.get("type") in _SAYING)


def _words(node: dict[str, Any]) -> str:
    if node["type"] == "rich_text_section":
        return "".join(inline(each) for each in node["elements"])
    return str(node["text"])


_SAYING = ("plain_text", "mrkdwn", "raw_text", "raw_number", "rich_text_section")


def in_plain_form(message: Message) -> Message:
    """The message as a workspace sees it that refuses Slack's newer blocks."""
    return Message(message.text, plain_form(message.blocks))


def buttons(message: Message) -> dict[str, dict[str, Any]]:
    """The buttons by action_id."""
    return {each["action_id"]: each for each in objects(message.blocks) if each.get("type") == "button"}


def fields(view: View) -> dict[str, dict[str, Any]]:
    """A form's fields by name."""
    return {block["block_id"]: block for block in view["blocks"] if block["type"] == "input"}


def required(view: View) -> set[str]:
    """The fields that must be filled in."""
    return {name for name, block in fields(view).items() if not block["optional"]}


def initial(view: View, name: str) -> str | None:
    """What a field has when the form opens: its text, or the value of its choice."""
    element = fields(view)[name]["element"]
    choice = element.get("initial_option")
    held = choice["value"] if choice else element.get("initial_value")
    return None if held is None else str(held)
