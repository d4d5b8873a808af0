"""The rules for block elements (Slack docs, block elements)."""

from typing import Any

from bot.sandbox.blocks.checks import (
    Check,
    Problems,
    anything,
    boolean,
    every,
    integer,
    items,
    members,
    needs_one,
    one_of,
    string,
)
from bot.sandbox.blocks.composition import (
    CONFIRM,
    CONVERSATION_FILTER,
    DISPATCH_ACTION_CONFIG,
    ID,
    IMAGE_SOURCE,
    OPTION_GROUP,
    SLACK_FILE,
    URL,
    option,
    plain_text,
)

DATE = string(pattern=r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")
TIME = string(pattern=r"([01]\d|2[0-3]):[0-5]\d")
PLACEHOLDER = plain_text(150)

BASE: dict[str, Check] = {"action_id": ID, "confirm": CONFIRM, "focus_on_load": boolean}
FIELD: dict[str, Check] = {**BASE, "placeholder": PLACEHOLDER}
INPUT: dict[str, Check] = {
    "action_id": ID,
    "focus_on_load": boolean,
    "placeholder": PLACEHOLDER,
    "dispatch_action_config": DISPATCH_ACTION_CONFIG,
    "initial_value": string(),
}
SEVERAL: dict[str, Check] = {"max_selected_items": integer(1)}


# Slack docs, text object.


def _shape(optional: dict[str, Check], required: dict[str, Check] | None = None) -> Check:
    return members({"type": anything, **(required or {})}, optional)


# The defaults of a text object (Slack docs, text object).
TEXT_DEFAULTS: dict[str, dict[str, Any]] = {"plain_text": {"emoji": True}, "mrkdwn": {"verbatim": False}}


def _whole(choice: dict[str, Any]) -> dict[str, Any]:
    """An option with its defaults filled in, so that two equivalent options are equal."""
    given = {name: value for name, value in choice.items() if value is not None}
    for name in {"text", "description"} & given.keys():
        text = {key: value for key, value in given[name].items() if value is not None}
        given[name] = {**TEXT_DEFAULTS[text["type"]], **text}
    return given


def _offered(initial: str) -> Check:
    """A check that the initial choice is one of the options."""

    def check(value: Any, at: str, problems: Problems) -> None:
        chosen = value.get(initial)
        groups = value.get("option_groups") or []
        options = [*(value.get("options") or []), *(o for group in groups for o in group["options"])]
        if not chosen:
            return
        offered = [_whole(each) for each in options]
        for single in chosen if isinstance(chosen, list) else [chosen]:
            if _whole(single) not in offered:
                problems.add("must be one of the provided options", f"{at}/{initial}")

    return check


def _only_one_list(value: Any, at: str, problems: Problems) -> None:
    """Check that there are options or groups of options, not both."""
    if value.get("options") and value.get("option_groups"):
        problems.add("only one of options and option_groups is allowed", at)


def _static(initial: str, shape: Check, extra: dict[str, Check]) -> Check:
    optional = {
        **FIELD,
        "options": items(option(), 100),
        "option_groups": items(OPTION_GROUP, 100),
        initial: shape,
        **extra,
    }
    return every(_shape(optional), needs_one("options", "option_groups"), _only_one_list, _offered(initial))


def _boxes(initial: str, shape: Check) -> Check:
    required = {"options": items(option(mrkdwn=True), 10, 1)}
    return every(_shape({**BASE, initial: shape}, required), _offered(initial))


CONVERSATIONS: dict[str, Check] = {
    "default_to_current_conversation": boolean,
    "response_url_enabled": boolean,
    "filter": CONVERSATION_FILTER,
}

FEEDBACK_BUTTON = members(
    {"text": plain_text(75), "value": string(2000)}, {"accessibility_label": string(75)}
)

ELEMENTS: dict[str, Check] = {
    "button": _shape(
        {
            "action_id": ID,
            "url": URL,
            "value": string(2000),
            "style": one_of("primary", "danger"),
            "confirm": CONFIRM,
            "accessibility_label": string(75),
        },
        {"text": plain_text(75)},
    ),
    "overflow": _shape({"action_id": ID, "confirm": CONFIRM}, {"options": items(option(url=True), 5, 1)}),
    "static_select": _static("initial_option", option(), {}),
    "multi_static_select": _static("initial_options", items(option(), None, 1), SEVERAL),
    "external_select": _shape(
        {
            **FIELD,
            "initial_option": option(),
            "min_query_length": integer(0),
        }
    ),
    "multi_external_select": _shape(
        {
            **FIELD,
            "initial_options": items(option(), 100, 1),
            "min_query_length": integer(0),
            **SEVERAL,
        }
    ),
    "users_select": _shape({**FIELD, "initial_user": ID}),
    "multi_users_select": _shape({**FIELD, "initial_users": items(ID), **SEVERAL}),
    "conversations_select": _shape({**FIELD, "initial_conversation": ID, **CONVERSATIONS}),
    "multi_conversations_select": _shape(
        {
            **FIELD,
            "initial_conversations": items(ID),
            **SEVERAL,
            "default_to_current_conversation": boolean,
            "filter": CONVERSATION_FILTER,
        }
    ),
    "channels_select": _shape({**FIELD, "initial_channel": ID, "response_url_enabled": boolean}),
    "multi_channels_select": _shape({**FIELD, "initial_channels": items(ID), **SEVERAL}),
    "datepicker": _shape({**FIELD, "initial_date": DATE}),
    "timepicker": _shape({**FIELD, "initial_time": TIME, "timezone": string()}),
    "datetimepicker": _shape({**BASE, "initial_date_time": integer(1_000_000_000, 9_999_999_999)}),
    "checkboxes": _boxes("initial_options", items(option(mrkdwn=True), None, 1)),
    "radio_buttons": _boxes("initial_option", option(mrkdwn=True)),
    "plain_text_input": _shape(
        {
            **INPUT,
            "multiline": boolean,
            "min_length": integer(0, 3000),
            "max_length": integer(1, 3000),
        }
    ),
    "email_text_input": _shape(INPUT),
    "url_text_input": _shape(INPUT),
    "number_input": _shape(
        {**INPUT, "min_value": string(), "max_value": string()}, {"is_decimal_allowed": boolean}
    ),
    "rich_text_input": _shape({**INPUT, "initial_value": anything}),
    "file_input": _shape(
        {"action_id": ID, "filetypes": items(string(), None, 1), "max_files": integer(1, 10)}
    ),
    "workflow_button": _shape(
        {"action_id": ID, "style": one_of("primary", "danger"), "accessibility_label": string(75)},
        {"text": plain_text(75), "workflow": anything},
    ),
    "feedback_buttons": _shape(
        {"action_id": ID}, {"positive_button": FEEDBACK_BUTTON, "negative_button": FEEDBACK_BUTTON}
    ),
    "icon_button": _shape(
        {
            "action_id": ID,
            "value": string(2000),
            "confirm": CONFIRM,
            "accessibility_label": string(75),
            "visible_to_user_ids": items(ID),
        },
        {"icon": one_of("trash"), "text": plain_text(75)},
    ),
    "image": every(
        _shape({"image_url": URL, "slack_file": SLACK_FILE}, {"alt_text": string(2000)}), IMAGE_SOURCE
    ),
}

SINGLE_MENUS = frozenset(
    {"static_select", "external_select", "users_select", "conversations_select", "channels_select"}
)
MENUS = SINGLE_MENUS | {f"multi_{menu}" for menu in SINGLE_MENUS}
PICKERS = frozenset({"datepicker", "timepicker", "checkboxes", "radio_buttons"})

# Which elements are allowed in which blocks.
IN_SECTION = MENUS | PICKERS | {"button", "overflow", "image", "workflow_button"}
IN_ACTIONS = MENUS | PICKERS | {"button", "overflow", "datetimepicker", "rich_text_input", "workflow_button"}
IN_CONTEXT_ACTIONS = frozenset({"feedback_buttons", "icon_button"})
IN_INPUT = (
    MENUS
    | PICKERS
    | {
        "datetimepicker",
        "plain_text_input",
        "email_text_input",
        "url_text_input",
        "number_input",
        "rich_text_input",
        "file_input",
    }
)
