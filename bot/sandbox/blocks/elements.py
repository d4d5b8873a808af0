"""Traversing blocks: their elements and the values that people entered."""

from collections.abc import Iterable, Iterator
from typing import Any

from bot.sandbox.core.ids import Ids

# For each element that keeps a value: the member of its state with the value, and the member of the element with the
# initial value (Slack docs, block elements).
VALUE_FIELDS: dict[str, tuple[str, str]] = {
    "plain_text_input": ("value", "initial_value"),
    "email_text_input": ("value", "initial_value"),
    "url_text_input": ("value", "initial_value"),
    "number_input": ("value", "initial_value"),
    "rich_text_input": ("rich_text_value", "initial_value"),
    "static_select": ("selected_option", "initial_option"),
    "external_select": ("selected_option", "initial_option"),
    "users_select": ("selected_user", "initial_user"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "channels_select": ("selected_channel", "initial_channel"),
    "multi_static_select": ("selected_options", "initial_options"),
    "multi_external_select": ("selected_options", "initial_options"),
    "multi_users_select": ("selected_users", "initial_users"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    "radio_buttons": ("selected_option", "initial_option"),
    "checkboxes": ("selected_options", "initial_options"),
    "file_input": ("files", ""),
}

LISTS = {"selected_options", "selected_users", "selected_conversations", "selected_channels", "files"}


# The blocks that contain other blocks, and in which member.
INNER = {"container": "child_blocks", "carousel": "elements"}


def nested(blocks: Iterable[dict[str, Any]], at: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every block, each followed by the blocks inside it, with its JSON pointer; `at` is the pointer of the list."""
    for place, block in enumerate(blocks):
        yield f"{at}/{place}", block
        if inner := INNER.get(block["type"]):
            yield from nested(block[inner], f"{at}/{place}/{inner}")


def fill_in_block_ids(blocks: list[dict[str, Any]], ids: Ids) -> None:
    """Give ids to all blocks and interactive elements that have none."""
    for _, block in nested(blocks):
        block.setdefault("block_id", ids.word())
    for _, element in interactive(blocks):
        element.setdefault("action_id", ids.word())


def interactive(blocks: Iterable[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Every interactive element of the blocks and of the blocks inside them, with its block."""
    for _, block in nested(blocks):
        for element in elements_of(block):
            if element.get("type") in VALUE_FIELDS or element.get("type") in {
                "button",
                "overflow",
                "workflow_button",
                "feedback_buttons",
                "icon_button",
            }:
                yield block, element


def elements_of(block: dict[str, Any]) -> list[dict[str, Any]]:
    """The elements directly in a block."""
    match block.get("type"):
        case "section":
            found = [block.get("accessory")]
        case "input":
            found = [block.get("element")]
        case "actions" | "context_actions":
            found = block.get("elements") or []
        case "card":
            found = block.get("actions") or []
        case _:
            found = []
    return [element for element in found if isinstance(element, dict)]


def find(
    blocks: Iterable[dict[str, Any]], action_id: str, block_id: str | None = None
) -> tuple[dict[str, Any], dict[str, Any]] | None:
    """The element with that action id, and its block."""
    for block, element in interactive(blocks):
        if element.get("action_id") == action_id and (block_id is None or block_id == block.get("block_id")):
            return block, element
    return None


def value_of(element: dict[str, Any], chosen: Any) -> dict[str, Any]:
    """The element's entry in `state.values`."""
    member, _ = VALUE_FIELDS[element["type"]]
    if chosen is None and member in LISTS:
        chosen = []
    return {"type": element["type"], member: chosen}


def initial_state(blocks: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """The initial `state.values` of blocks."""
    values: dict[str, Any] = {}
    for block, element in interactive(blocks):
        if element["type"] in VALUE_FIELDS:
            initial = element.get(VALUE_FIELDS[element["type"]][1])
            values.setdefault(block["block_id"], {})[element["action_id"]] = value_of(element, initial)
    return values


def is_empty(entry: dict[str, Any]) -> bool:
    """Whether a `state.values` entry has no value."""
    return not [value for key, value in entry.items() if key != "type" and value not in (None, "", [])]
