"""Reading from Slack: people, messages, and whether something in doubt is there already."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.application.calls import CreateChannel, Retry, Upload
from bot.slack import reading
from bot.slack.errors import NETWORK_ERRORS, from_slack

PAGE, PAGES = 200, 5
MOST = 999  # Slack docs, users.conversations: "under 1000"
CLOCKS_DIFFER = timedelta(minutes=10)  # by at most so much, ours and Slack's


async def message(client: AsyncWebClient, channel: str, ts: str) -> dict[str, str]:
    """What a message says, who says it, and its permalink.

    Raises:
        SlackApiError: Slack does not let us read it, or it is gone, or cannot just now.
    """
    history = await client.conversations_history(
        channel=channel, latest=ts, oldest=ts, inclusive=True, limit=1
    )
    found = _with_ts(history["messages"], ts)
    if found is None:  # a reply in a thread does not stand in the channel's history
        thread = await client.conversations_replies(channel=channel, ts=ts, latest=ts, inclusive=True)
        found = _with_ts(thread["messages"], ts) or {}
    said = reading.read(found)
    return {
        "text": said.text,
        "author": said.author,
        "app": said.app,
        "link": await _link(client, channel, ts),
    }


async def thread_of(client: AsyncWebClient, channel: str, ts: str) -> str:
    """The ts of the thread that a message is a reply in; empty where it is none, or Slack does not tell.

    A reaction's event does not tell it (Slack docs, reaction_added).
    """
    try:
        answer = await client.conversations_replies(channel=channel, ts=ts, limit=1)
    except (SlackApiError, *NETWORK_ERRORS):
        return ""
    messages: list[dict[str, Any]] = answer[
        "messages"
    ]  # of a reply it tells the thread, whose first message leads
    thread = str(messages[0].get("thread_ts") or "") if messages else ""
    return "" if thread == ts else thread


async def permalink(client: AsyncWebClient, channel: str, ts: str) -> str:
    """The message's link; empty where Slack gives none at once, for a note without link is better than none."""
    try:
        return await _link(client, channel, ts)
    except (SlackApiError, *NETWORK_ERRORS):
        return ""


async def _link(client: AsyncWebClient, channel: str, ts: str) -> str:
    """The message's link; empty where Slack gives none. What passes by itself is raised."""
    try:
        answer = await client.chat_getPermalink(channel=channel, message_ts=ts)
    except SlackApiError as error:
        if isinstance(from_slack(error), Retry):
            raise
        return ""
    return str(answer["permalink"])


def person(answer: AsyncSlackResponse) -> dict[str, str]:
    """Name, time zone and whether it is an app, from the answer of users.info."""
    user: dict[str, Any] = answer["user"]
    profile = user.get("profile", {})
    name = user.get("real_name") or profile.get("display_name") or user.get("name")
    return {
        "name": str(name or user["id"]),
        "zone": str(user.get("tz") or ""),
        "is_bot": "yes" if user.get("is_bot") else "no",
    }


async def posted(client: AsyncWebClient, channel: str, key: str) -> str | None:
    """The ts of the message that carries this key in its metadata, if it is there."""
    async for each in _history(client, channel):
        payload = each.get("metadata", {}).get("event_payload", {})
        if payload.get("key") == key:
            return str(each["ts"])
    return None


async def uploaded(client: AsyncWebClient, call: Upload) -> bool:
    """Whether this very file was shared already: its title is the only thing that goes along with a file."""
    async for each in _history(client, call.channel):
        if any(
            file.get("title") == call.title and file.get("size") == size(call)
            for file in each.get("files", [])
        ):
            return True
    return False


def size(call: Upload) -> int:
    """The file's length in bytes."""
    return len(call.content.encode())


async def own_channel(client: AsyncWebClient, call: CreateChannel) -> str | None:
    """The channel that an earlier try of this call has made, if it is there: who creates one is a member of it."""
    me = (await client.auth_test())["user_id"]
    kind = "private_channel" if call.private else "public_channel"
    oldest = (call.since - CLOCKS_DIFFER).timestamp()
    cursor = ""
    while True:
        page = await client.users_conversations(types=kind, limit=MOST, cursor=cursor, exclude_archived=True)
        for channel in page["channels"]:
            mine = channel.get("creator") == me and channel.get("created", 0) >= oldest
            if mine and channel["name"] in call.names:
                return str(channel["id"])
        more: dict[str, str] = page.get("response_metadata") or {}
        cursor = more.get("next_cursor", "")
        if not cursor:
            return None


async def _history(client: AsyncWebClient, channel: str) -> AsyncIterator[dict[str, Any]]:
    """The channel's latest messages, a thousand of them: what is in doubt was sent before the last outage began."""
    cursor = ""
    for _ in range(PAGES):
        page = await client.conversations_history(
            channel=channel, limit=PAGE, include_all_metadata=True, cursor=cursor
        )
        for each in page["messages"]:
            yield each
        more: dict[str, str] = page.get("response_metadata") or {}
        cursor = more.get("next_cursor", "")
        if not cursor:
            return


def _with_ts(messages: list[dict[str, Any]], ts: str) -> dict[str, Any] | None:
    return next((each for each in messages if each["ts"] == ts), None)
