"""Validate Block Kit: what Slack refuses, and where."""

from collections.abc import Mapping
from typing import Any

from bot.sandbox.blocks.checks import Problems, items, members
from bot.sandbox.blocks.composition import OPTION_GROUP, option
from bot.sandbox.blocks.elements import elements_of, interactive, nested
from bot.sandbox.blocks.refused import refuse_types
from bot.sandbox.blocks.rules import MESSAGE_BLOCKS, VIEW
from bot.sandbox.blocks.rules_entities import ENTITIES
from bot.sandbox.blocks.totals import check_totals
from bot.sandbox.core.errors import invalid

NONE: frozenset[str] = frozenset()
# Slack docs, select menus with external data: up to a hundred options or groups.
SUGGESTIONS = members({}, {"options": items(option(), 100), "option_groups": items(OPTION_GROUP, 100)})


def check_message_blocks(blocks: Any) -> None:
    """Refuse blocks that a message cannot have.

    Raises:
        SlackError: `invalid_blocks`, with a pointer to each offending place.
    """
    _check_lists({"/blocks": blocks})


def check_message(content: Mapping[str, Any], refused: frozenset[str] = NONE) -> None:
    """Check the blocks of a message and of its attachments, each by itself and all together.

    Args:
        content: the message's `blocks` and `attachments`, if it has any; the attachments are objects.
        refused: the types of blocks and elements that the workspace does not have.

    Raises:
        SlackError: as `check_message_blocks`.
    """
    lists = {"/blocks": content["blocks"]} if content.get("blocks") is not None else {}
    for place, attachment in enumerate(content.get("attachments") or []):
        if attachment.get("blocks"):
            lists[f"/attachments/{place}/blocks"] = attachment["blocks"]
    refuse_types(lists, refused, "invalid_blocks")
    _check_lists(lists)


def _check_lists(lists: Mapping[str, Any]) -> None:
    """Check the lists of blocks of one message, which are given by their pointers."""
    problems = Problems()
    for at, blocks in lists.items():
        before = len(problems.found)
        MESSAGE_BLOCKS(blocks, at, problems)
        if len(problems.found) == before:
            _check_ids(blocks, at, problems)
    if not problems.found:
        check_totals((each for at, blocks in lists.items() for each in nested(blocks, at)), problems)
    if problems.found:
        raise invalid(problems.found, "invalid_blocks")


def check_entities(entities: Any) -> list[str]:
    """The problems of the Work Objects in a message's metadata, each with its pointer."""
    problems = Problems()
    ENTITIES(entities, "/metadata/entities", problems)
    return problems.found


def check_view(view: Any, refused: frozenset[str] = NONE) -> None:
    """Refuse a view that cannot be shown, or that has one of the `refused` types.

    Raises:
        SlackError: `invalid_arguments`, with a pointer to each offending place.
    """
    if isinstance(view, dict):
        refuse_types({"/view/blocks": view.get("blocks")}, refused, "invalid_arguments")
    problems = Problems()
    VIEW(view, "/view", problems)
    if not problems.found:
        _check_ids(view["blocks"], "/view/blocks", problems)
    if problems.found:
        raise invalid(problems.found)


def check_suggestions(answer: Any) -> list[dict[str, Any]]:
    """The options in an app's answer to a `block_suggestion`; groups are flattened.

    Raises:
        SlackError: `invalid_arguments`, with a pointer to each offending place.
    """
    problems = Problems()
    SUGGESTIONS(answer, "", problems)
    if problems.found:
        raise invalid(problems.found)
    groups = answer.get("option_groups") or []
    return [*(answer.get("options") or []), *(choice for group in groups for choice in group["options"])]


def _check_ids(blocks: list[dict[str, Any]], at: str, problems: Problems) -> None:
    """Check that block ids and, in a block, action ids are unique, and that at most one element has the focus."""
    seen: set[str] = set()
    for place, block in nested(blocks, at):
        block_id = block.get("block_id")
        if block_id in seen:
            problems.add(f"`block_id` already exists: {block_id}", f"{place}/block_id")
        elif block_id is not None:
            seen.add(block_id)
        actions = [element.get("action_id") for element in elements_of(block)]
        for action_id in {action for action in actions if action is not None and actions.count(action) > 1}:
            where = "actions" if block["type"] == "card" else "elements"
            problems.add(f"`action_id` already exists: {action_id}", f"{place}/{where}")
    if sum(bool(element.get("focus_on_load")) for _, element in interactive(blocks)) > 1:
        problems.add("only one element can have focus_on_load set to true", at)
