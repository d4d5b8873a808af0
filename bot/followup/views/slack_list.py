"""The list of open action items in Slack: its columns, and what stands in a row.

Slack takes text only as rich text, and options by the values that the column was created with.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from bot.core.tokens import in_words
from bot.followup.domain.action_item import ActionItem
from bot.followup.domain.vocabulary import Kind, Priority
from bot.incident.domain.vocabulary import reference

NAME = "Action items"
DESCRIPTION = (
    "The open action items of incidents that are not private, as warroom has them. What is changed in this list is not "
    "read: use `/incident actions`. An item that is done or dropped disappears."
)
REFERENCE = "reference"  # the column by which a row is found again

_COLORS = {
    Kind.PREVENT: "blue",
    Kind.DETECT: "cyan",
    Kind.MITIGATE: "purple",
    Kind.LEARN: "gray",
    Priority.HIGH: "red",
    Priority.MEDIUM: "yellow",
    Priority.LOW: "green",
}


def columns() -> Sequence[Mapping[str, Any]]:
    """The definitions of the columns, in their order."""
    kinds = [_choice(each.value, _COLORS[each]) for each in Kind]
    priorities = [_choice(each.label, _COLORS[each]) for each in Priority]
    return [
        {"key": "title", "name": "Action item", "type": "text", "is_primary_column": True},
        {
            "key": "owner",
            "name": "Owner",
            "type": "user",
            "options": {"format": "single_entity", "notify_users": False},
        },
        {"key": "due_on", "name": "Due", "type": "date"},
        {"key": "kind", "name": "Kind", "type": "select", "options": _single(kinds)},
        {"key": "priority", "name": "Priority", "type": "select", "options": _single(priorities)},
        {"key": "incident", "name": "Incident", "type": "text"},
        {"key": REFERENCE, "name": "Number", "type": "text"},
        {"key": "link", "name": "Message", "type": "link"},
    ]


def cells(item: ActionItem, *, has_owner: bool) -> Mapping[str, Mapping[str, Any]]:
    """What stands in its row, by the keys of the columns.

    Args:
        item: the action item, which is not private.
        has_owner: whether its owner still has an account; otherwise Slack does not take them.
    """
    found: dict[str, Mapping[str, Any]] = {
        "title": _text(in_words(item.title, {})),
        "due_on": {"date": [_day(item.due_on)]},
        "kind": {"select": [item.kind.value]},
        "priority": {"select": [item.priority.label]},
        "incident": _text(reference(item.incident)),
        REFERENCE: _text(item.reference),
    }
    if has_owner:
        found["owner"] = {"user": [item.owner]}
    if item.link:
        found["link"] = {
            "link": [{"original_url": item.link, "display_as_url": False, "display_name": "Message"}]
        }
    return found


def _choice(value: str, color: str) -> Mapping[str, str]:
    return {"value": value, "label": value.capitalize(), "color": color}


def _single(choices: Sequence[Mapping[str, str]]) -> Mapping[str, Any]:
    return {"format": "single_select", "choices": choices}


def _text(text: str) -> Mapping[str, Any]:
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
    return {"rich_text": [{"type": "rich_text", "elements": [section]}]}


def _day(day: date) -> str:
    return day.isoformat()
