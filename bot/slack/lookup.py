"""Read from Slack: people, messages, and whether something in doubt has already taken effect."""

from collections.abc import AsyncIterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.ports.port import Retry
from bot.ports.slack.calls import PINNED, CreateChannel
from bot.slack import reading
from bot.slack.errors import NETWORK_ERRORS, code, from_slack, text_at
from bot.slack.marks import names_of
from bot.slack.reading import clean

METADATA_TYPE = "warroom_effect"
PAGE, PAGES = 200, 5
# What dnd.info answers if the scope was not granted, if there is no such method, or if the person is hidden from us.
UNKNOWABLE = frozenset({"missing_scope", "unknown_method", "user_not_found", "user_not_visible"})
SLACKBOT = "USLACKBOT"  # an app, although Slack does not call it one
MOST = 999  # Slack docs, users.conversations: "under 1000"
CLOCKS_DIFFER = timedelta(minutes=10)  # the most by which our clock and Slack's may differ


async def message(client: AsyncWebClient, channel: str, ts: str) -> dict[str, str]:
    """A message's text, with its files' names and links, its author, its permalink, and its marks.

    Raises:
        SlackApiError: Slack does not let us read it, it is gone, or Slack has trouble.
    """
    history = await client.conversations_history(
        channel=channel, latest=ts, oldest=ts, inclusive=True, limit=1
    )
    found = _with_ts(history["messages"], ts)
    if found is None:  # a reply in a thread is not in the channel's history
        thread = await client.conversations_replies(channel=channel, ts=ts, latest=ts, inclusive=True)
        found = _with_ts(thread["messages"], ts) or {}
    said = reading.read(found, with_links=True)
    pinned = [PINNED] if channel in (found.get("pinned_to") or ()) else []
    return {
        "text": said.text,
        "author": said.author,
        "app": said.app,
        "link": await _link(client, channel, ts),
        "marks": " ".join([*names_of(found), *pinned]),
    }


async def thread_of(client: AsyncWebClient, channel: str, ts: str) -> str:
    """The ts of the thread of a reply; empty if the message is not a reply, or Slack does not answer.

    A reaction's event does not say it (Slack docs, reaction_added).
    """
    try:
        answer = await client.conversations_replies(channel=channel, ts=ts, limit=1)
    except (SlackApiError, *NETWORK_ERRORS):
        return ""
    messages: list[dict[str, Any]] = answer[
        "messages"
    ]  # for a reply, Slack returns the thread, beginning with its first message
    thread = str(messages[0].get("thread_ts") or "") if messages else ""
    return "" if thread == ts else thread


async def do_not_disturb(client: AsyncWebClient, person: str) -> dict[str, str]:
    """A person's schedule, as `schedule` reads it; empty if Slack does not let us know.

    Raises:
        SlackApiError: Slack has trouble.
    """
    try:
        answer = await client.dnd_info(user=person)
    except SlackApiError as error:
        if code(error) in UNKNOWABLE:
            return {}
        raise
    return schedule(answer.data if isinstance(answer.data, dict) else {})


def schedule(status: Mapping[str, Any]) -> dict[str, str]:
    """The present or next stretch of do-not-disturb, in seconds; equal times if there is no schedule."""
    times = status.get("next_dnd_start_ts"), status.get("next_dnd_end_ts")
    start, end = times if status.get("dnd_enabled") else (0, 0)
    return {"start": str(int(start or 0)), "end": str(int(end or 0))}


async def permalink(client: AsyncWebClient, channel: str, ts: str) -> str:
    """The message's link; empty if Slack gives none at once, because a note without a link is better than none."""
    try:
        return await _link(client, channel, ts)
    except (SlackApiError, *NETWORK_ERRORS):
        return ""


async def _link(client: AsyncWebClient, channel: str, ts: str) -> str:
    """The message's link; empty if Slack gives none. Errors that end by themselves are raised."""
    try:
        answer = await client.chat_getPermalink(channel=channel, message_ts=ts)
    except SlackApiError as error:
        if isinstance(from_slack(error), Retry):
            raise
        return ""
    return str(answer["permalink"])


async def members(client: AsyncWebClient, channel: str) -> list[str]:
    """The ids of all members of a channel.

    Raises:
        SlackApiError: Slack does not let us read it, or has trouble.
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
    """A person's name, time zone, and whether they are an app, a guest, deactivated or an admin, from Slack's user object."""
    profile = user.get("profile", {})
    names = (user.get("real_name"), profile.get("real_name"), profile.get("display_name"), user.get("name"))
    name = next((each for each in names if each), None)
    return {
        "name": clean(str(name or user["id"])),
        "zone": str(user.get("tz") or ""),
        "is_bot": _yes(user.get("is_bot") or user["id"] == SLACKBOT),
        "is_guest": _yes(user.get("is_restricted") or user.get("is_ultra_restricted")),
        "is_active": _yes(not user.get("deleted")),
        "is_admin": _yes(user.get("is_admin") or user.get("is_owner")),
    }


async def user_group(client: AsyncWebClient, group: str) -> dict[str, str]:
    """The members of a user group, and its handle, which is empty if Slack does not tell it.

    Raises:
        SlackApiError: there is no such group, it is disabled, or Slack does not let us read it.
    """
    answer = await client.usergroups_users_list(usergroup=group)
    return {"members": " ".join(answer["users"]), "handle": await _handle(client, group)}


async def _handle(client: AsyncWebClient, group: str) -> str:
    """The handle of a group; without it, its members count all the same."""
    try:
        answer = await client.usergroups_list()
    except (SlackApiError, *NETWORK_ERRORS):
        return ""
    return next((str(each["handle"]) for each in answer["usergroups"] if each["id"] == group), "")


async def posted(client: AsyncWebClient, channel: str, key: str, thread: str = "") -> str | None:
    """The ts of the message with this key in its metadata, in the channel or in a thread; None if there is none."""
    async for each in _history(client, channel, thread):
        if _key(each) == key:
            return str(each["ts"])
    return None


async def shared(client: AsyncWebClient, channel: str, file: str) -> bool:
    """Whether the file with this id has already been shared there."""
    async for each in _history(client, channel):
        if any(found.get("id") == file for found in each.get("files") or []):
            return True
    return False


async def can_post(client: AsyncWebClient, channel: str) -> str:
    """`yes` if the channel is not archived and the bot is a member or can join; otherwise empty."""
    found: dict[str, Any] = (await client.conversations_info(channel=channel))["channel"]
    reachable = found.get("is_member") or not found.get("is_private")
    return "yes" if reachable and not found.get("is_archived") else ""


async def said_since(client: AsyncWebClient, channel: str, since: datetime) -> bool:
    """Whether a person has written something in the channel, outside of threads, since this time."""
    page = await client.conversations_history(channel=channel, oldest=str(since.timestamp()), limit=PAGE)
    return any(
        each.get("user") and not each.get("bot_id") and not _by_slack(each) for each in page["messages"]
    )


def _by_slack(message: Mapping[str, Any]) -> bool:
    """Whether it is a line by Slack itself, such as that somebody has joined."""
    return message.get("subtype", "file_share") not in ("file_share", "thread_broadcast", "me_message")


async def described(client: AsyncWebClient, channel: str) -> dict[str, str]:
    """What a channel is, and who is in it if it is private.

    Raises:
        SlackApiError: Slack does not show it to us, or has trouble.
    """
    found: dict[str, Any] = (await client.conversations_info(channel=channel))["channel"]
    is_direct, is_private = found.get("is_im") or found.get("is_mpim"), found.get("is_private")
    who = await members(client, channel) if is_private and not is_direct else []
    return {
        "kind": "direct" if is_direct else "private" if is_private else "public",
        "archived": _yes(found.get("is_archived")),
        "members": " ".join(who),
        "shared": _yes(found.get("is_ext_shared")),
    }


async def own_channel(client: AsyncWebClient, call: CreateChannel) -> str | None:
    """The channel that an earlier attempt of this call created; None if there is none.

    Slack stores no idempotency key with a channel. So the channel must have the right name, creator and age, and be
    unused. Nothing is done with a war room before its id is known, so a channel that has a topic or a message of ours
    belongs to another incident, for example of a second database.
    """
    me = text_at(await client.auth_test(), "user_id")
    kind = "private_channel" if call.private else "public_channel"
    oldest = (call.since - CLOCKS_DIFFER).timestamp()
    cursor = ""
    while True:
        page = await client.users_conversations(types=kind, limit=MOST, cursor=cursor, exclude_archived=True)
        for channel in page["channels"]:
            mine = channel.get("creator") == me and channel.get("created", 0) >= oldest
            if mine and channel["name"] in call.names and await _is_unused(client, channel):
                return str(channel["id"])
        more: dict[str, str] = page.get("response_metadata") or {}
        cursor = more.get("next_cursor", "")
        if not cursor:
            return None


async def _is_unused(client: AsyncWebClient, channel: dict[str, Any]) -> bool:
    """Whether a channel that we created is still unused."""
    if channel.get("topic", {}).get("value"):
        return False
    async for each in _history(client, channel["id"]):
        if _key(each):
            return False
    return True


def _key(message: dict[str, Any]) -> str:
    """The key in the metadata of one of our messages; empty for all others."""
    metadata = message.get("metadata") or {}
    ours = metadata.get("event_type") == METADATA_TYPE
    return str(metadata.get("event_payload", {}).get("key", "")) if ours else ""


def _yes(is_so: object) -> str:
    return "yes" if is_so else "no"


async def _history(client: AsyncWebClient, channel: str, thread: str = "") -> AsyncIterator[dict[str, Any]]:
    """The latest thousand messages of a channel, or of a thread.

    That is enough, because what is in doubt was sent just before the last outage. A channel's history has no replies.
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
