"""Calls about what stands at the head of a channel: its bookmarks and its canvas."""

from typing import assert_never

from slack_sdk.web.async_client import AsyncWebClient

from bot.ports.port import Result
from bot.ports.slack.calls import CreateCanvas, EditCanvas, RemoveBookmark, SetBookmark
from bot.slack.gateway import bookmarks, canvases

HeadCall = SetBookmark | RemoveBookmark | CreateCanvas | EditCanvas


async def perform(client: AsyncWebClient, call: HeadCall, *, doubt: bool) -> Result:
    """Make the call.

    Raises:
        SlackApiError: Slack refuses for another reason than that the workspace does not allow it.
    """
    match call:
        case SetBookmark():
            return await bookmarks.put(client, call, doubt=doubt)
        case RemoveBookmark():
            return await bookmarks.remove(client, call)
        case CreateCanvas():
            return await canvases.create(client, call)
        case EditCanvas():
            return await canvases.edit(client, call)
        case _:
            assert_never(call)
