"""Calls about the canvas of a channel.

What Slack calls a section is one heading, one paragraph or one item of a list, and its id changes with each edit. So a
part of the canvas that is ours is one paragraph, which is looked up by its words before each edit (Slack docs,
canvases.sections.lookup and canvases.edit).
"""

from collections.abc import Sequence
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.ports.port import Dead, Delivered, Result
from bot.ports.slack.calls import CanvasSection, CreateCanvas, EditCanvas
from bot.slack import lookup
from bot.slack.errors import code, text_at

_EXISTS = frozenset({"channel_canvas_already_exists", "free_team_canvas_tab_already_exists"})
_NO_CHANNEL_CANVAS = "team_tier_cannot_create_channel_canvases"
# What a workspace may forbid; and what a token or a server may lack.
REFUSED = frozenset(
    {
        _NO_CHANNEL_CANVAS,
        "canvas_disabled_user_team",
        "free_teams_cannot_create_non_tabbed_canvases",
        "free_teams_cannot_create_standalone_canvases",
        "free_teams_cannot_edit_standalone_canvases",
        "missing_scope",
        "not_allowed_token_type",
        "restricted_action",
        "unknown_method",
    }
)
GONE = frozenset({"canvas_deleted", "canvas_not_found"})
UNSHOWABLE = frozenset({"canvas_editing_failed", "canvas_too_large"})


async def create(client: AsyncWebClient, call: CreateCanvas) -> Result:
    """Create the canvas; if there is one already, by an earlier try or by somebody else, find it.

    Raises:
        SlackApiError: Slack refuses for another reason than that it allows no canvases.
    """
    try:
        canvas = await _created(client, call)
    except SlackApiError as error:
        reason = code(error)
        if reason in _EXISTS:
            found = await _existing(client, call.channel)
            return Delivered({"id": found}) if found else Dead(reason)
        if reason not in REFUSED:
            raise
        return Delivered({"refused": reason})
    return Delivered({"id": canvas, **{each.name: each.digest for each in call.sections}})


async def edit(client: AsyncWebClient, call: EditCanvas) -> Result:
    """Replace the section. Doing it again changes nothing, so it need not be known whether it was done.

    Raises:
        SlackApiError: Slack refuses for another reason than that it allows no canvases.
    """
    try:
        await _edit(client, call)
    except SlackApiError as error:
        reason = code(error)
        if reason in REFUSED:
            return Delivered({"refused": reason})
        if reason in GONE:
            return Delivered({"gone": reason})
        if reason in UNSHOWABLE:
            if not await lookup.can_post(client, call.channel):
                return Dead("is_archived")
            return Delivered({"failed": reason, call.section.name: call.section.digest})
        raise
    return Delivered({call.section.name: call.section.digest})


async def _created(client: AsyncWebClient, call: CreateCanvas) -> str:
    """The id of the new canvas. Where a plan has no channel canvases, it may have a tab in the channel."""
    whole = _document("\n\n".join(_with_heading(each) for each in call.sections))
    try:
        answer = await client.conversations_canvases_create(
            channel_id=call.channel, document_content=whole, title=call.title
        )
    except SlackApiError as error:
        if code(error) != _NO_CHANNEL_CANVAS:
            raise
        answer = await client.canvases_create(
            title=call.title, document_content=whole, channel_id=call.channel
        )
    return text_at(answer, "canvas_id")


async def _existing(client: AsyncWebClient, channel: str) -> str:
    """The id of the channel's canvas; empty if Slack does not tell."""
    found = (await client.conversations_info(channel=channel))["channel"]
    canvas = (found.get("properties") or {}).get("canvas") or {}
    return str(canvas.get("file_id") or "")


async def _edit(client: AsyncWebClient, call: EditCanvas) -> None:
    """Edit; once more if that failed, because somebody may have edited the canvas in between."""
    try:
        await client.canvases_edit(canvas_id=call.canvas, changes=[await _change(client, call)])
    except SlackApiError as error:
        if code(error) != "canvas_editing_failed":
            raise
        await client.canvases_edit(canvas_id=call.canvas, changes=[await _change(client, call)])


async def _change(client: AsyncWebClient, call: EditCanvas) -> dict[str, Any]:
    """The one change of an edit: our paragraph is replaced, or it is put under its heading, or both at the end."""
    section = call.section
    if found := await sections_with(client, call.canvas, {"contains_text": section.mark}):
        return {
            "operation": "replace",
            "section_id": found[0],
            "document_content": _document(section.paragraph),
        }
    if found := await sections_with(
        client, call.canvas, {"section_types": ["h2"], "contains_text": section.heading}
    ):
        return {
            "operation": "insert_after",
            "section_id": found[0],
            "document_content": _document(section.paragraph),
        }
    return {"operation": "insert_at_end", "document_content": _document(_with_heading(section))}


async def sections_with(client: AsyncWebClient, canvas: str, criteria: dict[str, Any]) -> Sequence[str]:
    """The ids of the sections of a canvas that fit.

    Raises:
        SlackApiError: Slack refuses.
    """
    answer = await client.canvases_sections_lookup(canvas_id=canvas, criteria=criteria)
    return [str(each["id"]) for each in answer["sections"]]


def _with_heading(section: CanvasSection) -> str:
    return f"## {section.heading}\n\n{section.paragraph}"


def _document(markdown: str) -> dict[str, str]:
    return {"type": "markdown", "markdown": markdown}
