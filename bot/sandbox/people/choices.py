"""The values that a person can choose in an element."""

from collections.abc import Iterable
from typing import Any

from bot.sandbox.blocks.elements import LISTS, VALUE_FIELDS
from bot.sandbox.core.errors import ActionRefused
from bot.sandbox.people.actor import Actor
from bot.sandbox.people.files import choose_file
from bot.sandbox.text.mrkdwn import to_mrkdwn
from bot.sandbox.text.rich_text import rich_text


def options_of(element: dict[str, Any]) -> list[dict[str, Any]]:
    """Every option that a select, radio, checkbox or overflow element offers."""
    groups = element.get("option_groups") or []
    return [*(element.get("options") or []), *(option for group in groups for option in group["options"])]


def read_choice(actor: Actor, element: dict[str, Any], value: Any, offered: Iterable[Any] = ()) -> Any:
    """The value in the form of the element's state.

    Args:
        actor: the person who chooses.
        element: the element.
        value: typed text, the value or the text of an option, a user's or channel's name or id, the id of
            an uploaded file, a date …; a list for elements that take several.
        offered: the options that the app suggested, for an external select.

    Raises:
        ActionRefused: the element offers no such choice.
    """
    member, _ = VALUE_FIELDS[element["type"]]
    if member in LISTS:
        several = value if isinstance(value, list) else [value]
        return [_single(actor, element, item, offered) for item in several]
    return None if value is None or value == "" else _single(actor, element, value, offered)


def _single(actor: Actor, element: dict[str, Any], value: Any, offered: Iterable[Any]) -> Any:
    workspace = actor.workspace
    kind = element["type"].removeprefix("multi_")
    if kind in {"static_select", "external_select", "radio_buttons", "checkboxes"}:
        return pick_option([*options_of(element), *offered], value)
    if kind == "users_select":
        return workspace.user(str(value)).id
    if kind in {"channels_select", "conversations_select"}:
        return workspace.channel(str(value)).id
    if kind == "datetimepicker":
        return _seconds(value)
    if kind == "rich_text_input":
        return (
            value if isinstance(value, dict) else rich_text(to_mrkdwn(workspace, str(value), actor.user.id))
        )
    if kind == "file_input":
        return choose_file(workspace, actor.user.id, value)
    return str(value)


def pick_option(options: Iterable[dict[str, Any]], value: Any) -> dict[str, Any]:
    """The option with that value, or else with that text."""
    known = list(options)
    for option in known:
        if option.get("value") == value:
            return option
    for option in known:
        if option["text"]["text"] == value:
            return option
    there = ", ".join(repr(option.get("value")) for option in known)
    raise ActionRefused(f"no_such_option: {value!r} is not among {there or 'no options at all'}")


def _seconds(value: Any) -> int:
    try:
        return int(value)
    except (TypeError, ValueError) as error:
        raise ActionRefused(f"not_a_time: {value!r} is no number of seconds since 1970") from error
