"""Calls about Lists (Slack docs, slackLists.*)."""

from typing import Any, assert_never

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.ports.port import Delivered, Result
from bot.ports.slack.lists import CreateList, KeepRow, ListCall, ShareList
from bot.slack.errors import UnexpectedAnswerError, code, text_at

PAGE = 100
# What a workspace may forbid, what a token or a server may lack, and what people may have changed in the list itself.
_REFUSED = frozenset(
    {
        "access_denied",
        "column_not_found",
        "enterprise_is_restricted",
        "invalid_column_id",
        "invalid_input_type",
        "invalid_option_id",
        "lists_disabled_user_team",
        "missing_scope",
        "no_permission",
        "not_allowed_token_type",
        "over_row_maximum",
        "permission_denied",
        "restricted_action",
        "team_access_not_granted",
        "uneditable_column",
        "unknown_method",
    }
)
_GONE = frozenset({"list_not_found"})
_NO_ROW = frozenset({"invalid_row_id", "record_not_found", "row_not_found"})


async def perform(client: AsyncWebClient, call: ListCall, *, doubt: bool) -> Result:
    """Make the call.

    Raises:
        SlackApiError: Slack refuses it; of a row only for another reason than that it takes none as things are.
    """
    match call:
        case CreateList():
            return await _create(client, call)
        case ShareList():
            await _ask(
                client,
                "slackLists.access.set",
                list_id=call.list_id,
                access_level="read",
                channel_ids=[call.in_channel],
            )
            return Delivered()
        case KeepRow():
            try:
                row = await _keep(client, call, doubt=doubt)
            except SlackApiError as error:
                reason = code(error)
                if reason in _GONE:
                    return Delivered({"list": call.list_id, "gone": reason})
                if reason in _REFUSED:
                    return Delivered({"list": call.list_id, "refused": reason})
                raise
            return Delivered({"list": call.list_id, "row": row, "version": str(call.version)})
        case _:
            assert_never(call)


async def _create(client: AsyncWebClient, call: CreateList) -> Result:
    answer = await _ask(
        client,
        "slackLists.create",
        name=call.name,
        description_blocks=[_rich_text(call.description)],
        schema=list(call.columns),
    )
    ids = {str(each["key"]): str(each["id"]) for each in answer["list_metadata"]["schema"]}
    if any(each["key"] not in ids for each in call.columns):
        raise UnexpectedAnswerError
    return Delivered({**ids, "list": text_at(answer, "list_id")})


async def _keep(client: AsyncWebClient, call: KeepRow, *, doubt: bool) -> str:
    """The id of the row as it is in the end; empty if there is none. A known row that is gone is added anew."""
    if call.row and await _settle(client, call, call.row):
        return call.row if call.cells is not None else ""
    found = await _found(client, call) if doubt else ""
    if found and await _settle(client, call, found):
        return found if call.cells is not None else ""
    if call.cells is None:
        return ""
    answer = await _ask(
        client, "slackLists.items.create", list_id=call.list_id, initial_fields=_cells(call, {})
    )
    return text_at(answer, "item", "id")


async def _settle(client: AsyncWebClient, call: KeepRow, row: str) -> bool:
    """Write the row, or remove it; False if it is not there."""
    try:
        if call.cells is None:
            await _ask(client, "slackLists.items.delete", list_id=call.list_id, id=row)
        else:
            cells = _cells(call, {"row_id": row})
            await _ask(client, "slackLists.items.update", list_id=call.list_id, cells=cells)
    except SlackApiError as error:
        if code(error) not in _NO_ROW:
            raise
        return False
    return True


async def _found(client: AsyncWebClient, call: KeepRow) -> str:
    """The id of the row that has the key; empty if none has it."""
    column, cursor = call.columns[call.key_column], ""
    while True:
        page = {"list_id": call.list_id, "limit": PAGE} | ({"cursor": cursor} if cursor else {})
        answer = await _ask(client, "slackLists.items.list", **page)
        for item in answer["items"]:
            for field in item["fields"]:
                if field.get("column_id") == column and field.get("text") == call.key:
                    return str(item["id"])
        cursor = str((answer.get("response_metadata") or {}).get("next_cursor") or "")
        if not cursor:
            return ""


def _cells(call: KeepRow, more: dict[str, str]) -> list[dict[str, Any]]:
    """The values, each with the id of its column. A column that the list does not have is left out."""
    return [
        {"column_id": call.columns[key], **more, **value}
        for key, value in (call.cells or {}).items()
        if key in call.columns
    ]


def _rich_text(text: str) -> dict[str, Any]:
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
    return {"type": "rich_text", "elements": [section]}


async def _ask(client: AsyncWebClient, method: str, **arguments: Any) -> Any:
    return await client.api_call(method, json=arguments)
