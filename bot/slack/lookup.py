"""Reading from Slack: people, messages, and whether something in doubt is there already."""

from collections.abc import AsyncIterator, Mapping
from datetime import timedelta
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.ports.port import Retry
from bot.ports.slack.calls import CreateChannel
from bot.slack import reading
from bot.slack.errors import NETWORK_ERRORS, from_slack, held
from bot.slack.reading import clean

METADATA_TYPE = "warroom_effect"
PAGE, PAGES = 200, 5
SLACKBOT = "USLACKBOT"  # an app, although Slack does not call it one
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


async def members(client: AsyncWebClient, channel: str) -> list[str]:
    """The ids of everybody in a channel.

    Raises:
        SlackApiError: Slack does not let us read it, or cannot just now.
    """
    found: list[str] = []
    cursor = ""
    while True:
        page = await client.conversations_members(channel=channel, limit=MOST, cursor=cursor)
        found += page["members"]
        more: dict[str, str] = page.get("response_metadata") or {}
        cursor = more.get("next_cursor", "")
        if not cursor:
            return found


def person(user: Mapping[str, Any]) -> dict[str, str]:
    """Name, time zone, and whether it is an app, a guest or gone, from Slack's user object (Slack docs)."""
    profile = user.get("profile", {})
    names = (user.get("real_name"), profile.get("real_name"), profile.get("display_name"), user.get("name"))
    name = next((each for each in names if each), None)
    return {
        "name": clean(str(name or user["id"])),
        "zone": str(user.get("tz") or ""),
        "is_bot": _yes(user.get("is_bot") or user["id"] == SLACKBOT),
        "is_guest": _yes(user.get("is_restricted") or user.get("is_ultra_restricted")),
        "is_active": _yes(not user.get("deleted")),
    }


async def posted(client: AsyncWebClient, channel: str, key: str, thread: str = "") -> str | None:
    """The ts of the message that carries this key in its metadata, if it is there; a reply, in that thread."""
    async for each in _history(client, channel, thread):
        if _key(each) == key:
            return str(each["ts"])
    return None


async def shared(client: AsyncWebClient, channel: str, file: str) -> bool:
    """Whether the file of this id was shared there already."""
    async for each in _history(client, channel):
        if any(found.get("id") == file for found in each.get("files") or []):
            return True
    return False


async def can_post(client: AsyncWebClient, channel: str) -> str:
    """`yes` where the channel is not archived and we are in it, or could let ourselves in; otherwise empty."""
    found: dict[str, Any] = (await client.conversations_info(channel=channel))["channel"]
    reachable = found.get("is_member") or not found.get("is_private")
    return "yes" if reachable and not found.get("is_archived") else ""


async def own_channel(client: AsyncWebClient, call: CreateChannel) -> str | None:
    """The channel that an earlier try of this call has made, if it is there: who creates one is a member of it.

    Slack takes no key along with a channel. So it must be ours by name, creator and age, and nobody's yet: whatever is
    done with a war room waits until its id is known, so a room that has a topic or a message of ours is another's, such
    as that of a second database which counts its incidents for itself.
    """
    me = held(await client.auth_test(), "user_id")
    kind = "private_channel" if call.private else "public_channel"
    oldest = (call.since - CLOCKS_DIFFER).timestamp()
    cursor = ""
    while True:
        page = await client.users_conversations(types=kind, limit=MOST, cursor=cursor, exclude_archived=True)
        for channel in page["channels"]:
            mine = channel.get("creator") == me and channel.get("created", 0) >= oldest
            if mine and channel["name"] in call.names and await _is_nobodys(client, channel):
                return str(channel["id"])
        more: dict[str, str] = page.get("response_metadata") or {}
        cursor = more.get("next_cursor", "")
        if not cursor:
            return None


async def _is_nobodys(client: AsyncWebClient, channel: dict[str, Any]) -> bool:
    """Whether nothing was done yet with a channel of ours."""
    if channel.get("topic", {}).get("value"):
        return False
    async for each in _history(client, channel["id"]):
        if _key(each):
            return False
    return True


def _key(message: dict[str, Any]) -> str:
    """The key that a message of ours carries; empty of all others."""
    metadata = message.get("metadata") or {}
    ours = metadata.get("event_type") == METADATA_TYPE
    return str(metadata.get("event_payload", {}).get("key", "")) if ours else ""


def _yes(is_so: object) -> str:
    return "yes" if is_so else "no"


async def _history(client: AsyncWebClient, channel: str, thread: str = "") -> AsyncIterator[dict[str, Any]]:
    """The channel's latest messages, a thousand of them: what is in doubt was sent before the last outage began.

    Or those of a thread, which do not stand in the channel's history.
    """
    cursor = ""
    for _ in range(PAGES):
        asked: dict[str, Any] = {
            "channel": channel,
            "limit": PAGE,
            "include_all_metadata": True,
            "cursor": cursor,
        }
        page = await (
            client.conversations_replies(ts=thread, **asked)
            if thread
            else client.conversations_history(**asked)
        )
        for each in page["messages"]:
            yield each
        more: dict[str, str] = page.get("response_metadata") or {}
        cursor = more.get("next_cursor", "")
        if not cursor:
            return


def _with_ts(messages: list[dict[str, Any]], ts: str) -> dict[str, Any] | None:
    return next((each for each in messages if each["ts"] == ts), None)
