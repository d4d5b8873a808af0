"""Calls about the bookmarks of a channel."""

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.ports.port import Dead, Delivered, Result
from bot.ports.slack.calls import RemoveBookmark, SetBookmark
from bot.slack import lookup
from bot.slack.errors import code, text_at

# Slack docs, bookmarks.add: what a workspace or a channel may forbid; and what a token or a server may lack.
_REFUSED = frozenset(
    {
        "cannot_bookmark_restricted_sharing_enabled",
        "missing_scope",
        "not_allowed_token_type",
        "not_implemented",
        "permission_denied",
        "restricted_action",
        "too_many_bookmarks",
        "too_many_tabs",
        "unknown_method",
    }
)


async def put(client: AsyncWebClient, call: SetBookmark, *, doubt: bool) -> Result:
    """Add the bookmark or change it. If in doubt whether it was added, look for it first.

    Raises:
        SlackApiError: Slack refuses for another reason than that it allows no bookmarks.
    """
    try:
        bookmark = await _put(client, call, doubt=doubt)
    except SlackApiError as error:
        return await _refused(client, call, error)
    return Delivered({"name": call.name, "id": bookmark, "digest": call.digest})


async def remove(client: AsyncWebClient, call: RemoveBookmark) -> Result:
    """Remove the bookmark; it may be gone already.

    Raises:
        SlackApiError: Slack refuses for another reason than that it allows no bookmarks.
    """
    try:
        await client.bookmarks_remove(channel_id=call.channel, bookmark_id=call.bookmark)
    except SlackApiError as error:
        if code(error) != "not_found":
            return await _refused(client, call, error)
    return Delivered({"name": call.name, "id": "", "digest": ""})


async def _put(client: AsyncWebClient, call: SetBookmark, *, doubt: bool) -> str:
    emoji = f":{call.emoji}:" if call.emoji else None
    if call.bookmark:
        try:
            await client.bookmarks_edit(
                bookmark_id=call.bookmark,
                channel_id=call.channel,
                title=call.title,
                link=call.link,
                emoji=emoji,
            )
        except SlackApiError as error:
            if code(error) != "not_found":
                raise  # `not_found` means that somebody has removed it
        else:
            return call.bookmark
    if doubt and (found := await _found(client, call)):
        return found
    answer = await client.bookmarks_add(
        channel_id=call.channel, title=call.title, type="link", link=call.link, emoji=emoji
    )
    return text_at(answer, "bookmark", "id")


async def _found(client: AsyncWebClient, call: SetBookmark) -> str:
    """The id of the bookmark with this title and this link; empty if there is none."""
    answer = await client.bookmarks_list(channel_id=call.channel)
    for each in answer["bookmarks"]:
        if (each.get("title"), each.get("link")) == (call.title, call.link):
            return str(each["id"])
    return ""


async def _refused(
    client: AsyncWebClient, call: SetBookmark | RemoveBookmark, error: SlackApiError
) -> Result:
    """The refusal as data. Slack says `permission_denied` of an archived channel too, which is no rule of the workspace."""
    reason = code(error)
    if reason not in _REFUSED:
        raise error
    if reason == "permission_denied" and not await lookup.can_post(client, call.channel):
        return Dead("is_archived")
    return Delivered({"refused": reason})
