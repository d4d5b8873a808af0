"""Calls about messages: to post, find, edit, remove and pin them."""

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.core.blocks import Block, Message
from bot.ports.port import Delivered, Result, Retry
from bot.ports.slack.calls import Edit, Pin, Post, Remove
from bot.slack import lookup
from bot.slack.errors import code, from_slack, text_at
from bot.slack.newer_blocks import NewerBlocks

_UNREMOVABLE = frozenset({"cant_delete_message", "compliance_exports_prevent_deletion", "unknown_method"})


async def post(client: AsyncWebClient, newer: NewerBlocks, call: Post, *, doubt: bool) -> Result:
    """Post the message; if in doubt, first look whether it is there.

    Raises:
        SlackApiError: Slack refuses.
    """
    if doubt and (place := await found(client, call.channel, call.key, call.thread)):
        return Delivered(place)

    metadata = {"event_type": lookup.METADATA_TYPE, "event_payload": {"key": call.key}}

    async def send(blocks: list[Block]) -> AsyncSlackResponse:
        return await client.chat_postMessage(
            channel=call.channel,
            metadata=metadata,
            unfurl_links=False,
            thread_ts=call.thread or None,
            text=str(call.message.text),
            blocks=blocks,
        )

    answer = await newer.send(call.message.blocks, send)
    return Delivered({"channel": text_at(answer, "channel"), "ts": text_at(answer, "ts")})


async def found(client: AsyncWebClient, channel: str, key: str, thread: str = "") -> dict[str, str]:
    """The place of the message with this key; empty if it is not there, or if we may not look.

    Raises:
        SlackApiError: the bot is not in the channel, or Slack has trouble.
    """
    try:
        ts = await lookup.posted(client, channel, key, thread)
    except SlackApiError as error:
        if isinstance(from_slack(error), Retry) or code(error) == "not_in_channel":
            raise
        return {}  # better perhaps twice than certainly never
    return {"channel": channel, "ts": ts} if ts else {}


async def edit(client: AsyncWebClient, newer: NewerBlocks, call: Edit) -> None:
    """Replace the message's content.

    Raises:
        SlackApiError: Slack refuses.
    """
    await _update(client, newer, call.channel, call.ts, call.message)


async def remove(client: AsyncWebClient, newer: NewerBlocks, call: Remove) -> None:
    """Delete the message. If Slack forbids that, edit it; if it is already gone, do nothing.

    Raises:
        SlackApiError: Slack refuses for another reason.
    """
    try:
        await client.chat_delete(channel=call.channel, ts=call.ts)
    except SlackApiError as error:
        if code(error) in _UNREMOVABLE:
            await _update(client, newer, call.channel, call.ts, call.instead)
        elif code(error) != "message_not_found":
            raise


async def pin(client: AsyncWebClient, call: Pin) -> None:
    """Pin the message, if it is not pinned yet.

    Raises:
        SlackApiError: Slack refuses.
    """
    try:
        await client.pins_add(channel=call.channel, timestamp=call.ts)
    except SlackApiError as error:
        if code(error) != "already_pinned":
            raise


async def _update(
    client: AsyncWebClient, newer: NewerBlocks, channel: str, ts: str, message: Message
) -> None:
    async def send(blocks: list[Block]) -> AsyncSlackResponse:
        return await client.chat_update(channel=channel, ts=ts, text=str(message.text), blocks=blocks)

    await newer.send(message.blocks, send)
