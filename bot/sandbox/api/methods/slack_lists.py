"""slackLists.*: the part of it that apps use to keep a table (Slack docs, slackLists.create and the methods beside it)."""

from datetime import date
from typing import Any

from bot.sandbox.api.call import Call, answers
from bot.sandbox.api.paging import page
from bot.sandbox.core.errors import SlackError
from bot.sandbox.state.slack_list import Column, SlackList, text_of

# The types that can be defined here, each with the type of a value in its array. Slack has more.
TYPES = {"text": dict, "user": str, "date": str, "select": str, "link": dict}
LEVELS = {"read", "write", "owner"}
CHOICES_MAX, VALUES_MAX = 100, 50


@answers("slackLists.create")
def create(call: Call) -> dict[str, Any]:
    """Create a list that only the app sees."""
    workspace = call.workspace
    schema = call.args["schema"] or [
        {"key": "name", "name": "Name", "type": "text", "is_primary_column": True}
    ]
    columns = [_column(call, each) for each in _objects(schema, "invalid_schema")]
    if sum(each.is_primary for each in columns) != 1:
        raise SlackError("invalid_primary_column")
    if len({each.key for each in columns}) != len(columns):
        raise SlackError("invalid_schema")
    blocks = _objects(call.args["description_blocks"] or [], "invalid_schema")
    made = SlackList(
        id=workspace.ids.make("F"),
        name=call.args["name"],
        description=text_of({"rich_text": blocks}),
        created=workspace.seconds(),
        columns={each.id: each for each in columns},
        access={call.bot: "owner"},
    )
    workspace.lists[made.id] = made
    written = [each.to_json() for each in columns]
    return {"list_id": made.id, "list_metadata": {"schema": written, "subtask_schema": written}}


@answers("slackLists.access.set")
def set_access(call: Call) -> dict[str, Any]:
    """Let users or channels read or write a list."""
    found, args = _list(call), call.args
    users, channels = args["user_ids"] or [], args["channel_ids"] or []
    if args["access_level"] not in LEVELS or bool(users) == bool(channels):
        raise SlackError("invalid_parameters")
    if any(user not in call.workspace.users for user in users):
        raise SlackError("user_not_found")
    if any(channel not in call.workspace.channels for channel in channels):
        raise SlackError("channel_not_found")
    found.access |= dict.fromkeys([*users, *channels], args["access_level"])
    _changed(call)
    return {}


@answers("slackLists.items.create")
def create_item(call: Call) -> dict[str, Any]:
    """Add a row."""
    found = _list(call)
    fields = _objects(call.args["initial_fields"] or [], "invalid_args")
    cells = dict(_value(call, found, each) for each in fields)
    row = call.workspace.ids.make("Rec")
    found.items[row] = cells
    _changed(call)
    return {"item": _item(call, found, row)}


@answers("slackLists.items.update")
def update_items(call: Call) -> dict[str, Any]:
    """Write cells; all of them or none."""
    found = _list(call)
    cells = _objects(call.args["cells"], "invalid_arguments")
    for each in cells:
        if not each.get("row_id"):
            raise SlackError("row_id_not_provided")
        if each["row_id"] not in found.items:
            raise SlackError("invalid_row_id")
    values = [
        (each["row_id"], _value(call, found, {k: v for k, v in each.items() if k != "row_id"}))
        for each in cells
    ]
    for row, (column, cell) in values:
        found.items[row][column] = cell
    _changed(call)
    return {}


@answers("slackLists.items.delete")
def delete_item(call: Call) -> dict[str, Any]:
    """Remove a row."""
    found = _list(call)
    if found.items.pop(call.args["id"], None) is None:
        raise SlackError("record_not_found")
    _changed(call)
    return {}


@answers("slackLists.items.list")
def list_items(call: Call) -> dict[str, Any]:
    """The rows, page by page; none is ever archived here."""
    found = _list(call)
    rows = [] if call.args["archived"] else [*found.items]
    shown, metadata = page(call, rows)
    return {"items": [_item(call, found, row) for row in shown], "response_metadata": metadata}


def _list(call: Call) -> SlackList:
    found = call.workspace.lists.get(call.args["list_id"] or "")
    if found is None or found.deleted or call.bot not in found.access:
        raise SlackError("list_not_found")
    return found


def _objects(value: Any, otherwise: str) -> list[dict[str, Any]]:
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
        raise SlackError(otherwise)
    return value


def _column(call: Call, raw: dict[str, Any]) -> Column:
    if not all(isinstance(raw.get(name), str) and raw[name] for name in ("key", "name", "type")):
        raise SlackError("invalid_schema")
    if raw["type"] not in TYPES:
        raise SlackError("invalid_column_type")
    is_primary = raw.get("is_primary_column") is True
    if is_primary and raw["type"] != "text":
        raise SlackError("invalid_primary_column")
    choices = (raw.get("options") or {}).get("choices") or []
    if len(choices) > CHOICES_MAX or (raw["type"] == "select" and not choices):
        raise SlackError("invalid_schema")
    named = {str(each["value"]): str(each["label"]) for each in choices}
    return Column(call.workspace.ids.make("Col"), raw["key"], raw["name"], raw["type"], is_primary, named)


def _value(call: Call, found: SlackList, raw: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """The id of the column, and the checked value."""
    column = found.columns.get(raw.get("column_id") or "")
    if column is None:
        raise SlackError("invalid_column_id")
    key = "rich_text" if column.type == "text" else column.type
    values = raw.get(key)
    kind = TYPES[column.type]
    if (
        raw.keys() != {"column_id", key}
        or not isinstance(values, list)
        or not all(isinstance(each, kind) for each in values)
    ):
        raise SlackError("invalid_input_type")
    if len(values) > VALUES_MAX:
        raise SlackError("over_cell_fields_limit")
    _check(call, column, values)
    return column.id, {key: values}


def _check(call: Call, column: Column, values: list[Any]) -> None:
    if column.type == "select" and any(each not in column.choices for each in values):
        raise SlackError("invalid_option_id")
    if column.type == "user" and any(each not in call.workspace.users for each in values):
        raise SlackError("user_not_found")
    if column.type == "text" and any(each.get("type") != "rich_text" for each in values):
        raise call.refusal("invalid_blocks", "invalid_input_type")
    if column.type == "link" and any(not isinstance(each.get("original_url"), str) for each in values):
        raise SlackError("invalid_input_type")
    if column.type == "date":
        try:
            for each in values:
                date.fromisoformat(each)
        except ValueError as error:
            raise call.refusal("invalid_date", "invalid_input_type") from error


def _item(call: Call, found: SlackList, row: str) -> dict[str, Any]:
    fields = [
        {
            "key": found.columns[column].key,
            "column_id": column,
            **cell,
            **({"text": text_of(cell)} if "rich_text" in cell else {}),
        }
        for column, cell in found.items[row].items()
    ]
    return {
        "id": row,
        "list_id": found.id,
        "date_created": found.created,
        "created_by": call.bot,
        "fields": fields,
    }


def _changed(call: Call) -> None:
    call.workspace.revisions.bump("channels", channel=None)
