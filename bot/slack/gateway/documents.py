"""Calls about canvases of their own: created for nobody, then shared with a channel, read, and edited below a heading.

Slack's sections are single headings, paragraphs and items of lists; each edit is one change, after which the ids may be
others. So what is removed is looked up line by line (Slack docs, canvases.edit and canvases.sections.lookup).
"""

import re
from typing import Any, assert_never

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.ports.port import Begun, Dead, Delivered, Result
from bot.ports.slack.documents import (
    CreateDocument,
    DocumentCall,
    FetchDocument,
    ShareDocument,
    WriteDocumentPart,
)
from bot.slack import lookup
from bot.slack.errors import UnexpectedAnswerError, code, text_at
from bot.slack.gateway.canvases import GONE, REFUSED, UNSHOWABLE, sections_with

_FAILED = UNSHOWABLE | {"canvas_creation_failed"}
_WORDS = re.compile(r"[^\\`*_~\[\]<>|#&(){}!\u2060]+")  # what no mark can be part of
_SEARCHED_MAX = 120  # characters of a line by which it is found


async def perform(client: AsyncWebClient, call: DocumentCall) -> Result:
    """Make the call.

    Raises:
        SlackApiError: Slack refuses for a reason that may pass, such as that the canvas is locked.
    """
    try:
        return await _perform(client, call)
    except SlackApiError as error:
        reason = code(error)
        if reason in REFUSED:
            return Delivered({"refused": reason})
        if reason in GONE:
            return Delivered({"gone": reason})
        if reason in _FAILED:
            is_open = await lookup.can_post(client, call.channel)
            return Delivered({"failed": reason}) if is_open else Dead("is_archived")
        raise


async def _perform(client: AsyncWebClient, call: DocumentCall) -> Result:
    match call:
        case CreateDocument():
            made = await client.canvases_create(title=call.title, document_content=_document(call.markdown))
            return Begun({"canvas": text_at(made, "canvas_id"), **call.marks})
        case ShareDocument():
            await client.canvases_access_set(
                canvas_id=call.canvas, access_level=call.level, channel_ids=[call.channel]
            )
            return Delivered({"id": call.canvas, **call.marks})
        case FetchDocument():
            return Delivered({"content": await _content(client, call.canvas)})
        case WriteDocumentPart():
            is_written = await _write(client, call)
            return Delivered(dict(call.marks) if is_written else {"failed": "not_found_once"})
        case _:
            assert_never(call)


async def _write(client: AsyncWebClient, call: WriteDocumentPart) -> bool:
    """First what is old, then what is new: a try that was broken off in between is finished by the next.

    Returns whether it was written. It is not if a line that must go stands there twice, or otherwise than it was written:
    nothing that somebody else wrote may be removed.
    """
    content = await _content(client, call.canvas)
    searched = [words for each in call.old if (words := _searched(each))]
    if any(sum(words in line for line in content.splitlines()) > 1 for words in searched):
        return False
    for words in searched:
        if words not in content:
            continue
        for found in (await sections_with(client, call.canvas, {"contains_text": words}))[:1]:
            await _edit(client, call.canvas, {"operation": "delete", "section_id": found})
    criteria = {"section_types": ["any_header"], "contains_text": call.heading}
    if not await sections_with(client, call.canvas, criteria):
        await _edit(client, call.canvas, _at_end(f"## {call.heading}"))
    for part in reversed(call.parts):
        at = await sections_with(client, call.canvas, criteria)
        here = {"operation": "insert_after", "section_id": at[0], "document_content": _document(part)}
        await _edit(client, call.canvas, here if at else _at_end(part))
    return True


def _searched(line: str) -> str:
    """The words of a line by which it is found."""
    words = line.removeprefix("- ")  # Slack has marks of its own for lists
    return max((each.strip() for each in _WORDS.findall(words)), key=len, default="")[:_SEARCHED_MAX].strip()


async def _content(client: AsyncWebClient, canvas: str) -> str:
    read = await client.api_call("canvases.getContent", json={"canvas_id": canvas})
    content = read.get("content")
    if not isinstance(content, str):
        raise UnexpectedAnswerError
    return content


async def _edit(client: AsyncWebClient, canvas: str, change: dict[str, Any]) -> None:
    await client.canvases_edit(canvas_id=canvas, changes=[change])


def _at_end(markdown: str) -> dict[str, Any]:
    return {"operation": "insert_at_end", "document_content": _document(markdown)}


def _document(markdown: str) -> dict[str, str]:
    return {"type": "markdown", "markdown": markdown}
