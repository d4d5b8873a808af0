"""Answers to an interaction, in an ack or by a response URL."""

from typing import Any

from bot.sandbox.blocks import validate
from bot.sandbox.core.errors import SlackError
from bot.sandbox.messages import posting
from bot.sandbox.state.channel import Channel, Ephemeral
from bot.sandbox.state.response_urls import ResponseUrl
from bot.sandbox.state.workspace import Workspace


def respond(workspace: Workspace, channel: Channel, user_id: str, answer: dict[str, Any]) -> None:
    """Show an answer: only to this user, unless its `response_type` is `in_channel`.

    Raises:
        SlackError: `no_text`, `invalid_blocks` or `is_archived`.
    """
    content = content_of(workspace, answer)
    thread_ts = answer.get("thread_ts")
    if answer.get("response_type") == "in_channel":
        if channel.archived:
            raise SlackError("is_archived")
        posting.post(workspace, channel, posting.app_author(workspace), content, thread_ts=thread_ts)
    else:
        posting.post_ephemeral(workspace, channel, user_id, {**content, "thread_ts": thread_ts})


def use(workspace: Workspace, url: ResponseUrl, answer: dict[str, Any]) -> None:
    """Apply what an app posted to a response URL (Slack docs, responding to interactions).

    Raises:
        SlackError: `no_text`, `invalid_blocks`, `message_not_found` or `is_archived`.
    """
    channel = workspace.channels[url.channel]
    if answer.get("delete_original"):
        _delete_original(workspace, channel, url)
    elif answer.get("replace_original") and url.message_ts is not None:
        _replace_original(workspace, channel, url, content_of(workspace, answer))
    else:
        respond(workspace, channel, url.user, answer)
    url.uses_left -= 1


def content_of(workspace: Workspace, answer: dict[str, Any]) -> dict[str, Any]:
    """The message fields in an answer, or in a webhook's payload.

    Raises:
        SlackError: `no_text`, `invalid_payload` or `invalid_blocks`.
    """
    kept = ("text", "blocks", "attachments", "metadata")
    content = {key: answer[key] for key in kept if answer.get(key)}
    if not content:
        raise SlackError("no_text")
    if not isinstance(content.get("text", ""), str) or not isinstance(content.get("attachments", []), list):
        raise SlackError("invalid_payload")
    if not all(isinstance(entry, dict) for entry in content.get("attachments", [])):
        raise SlackError("invalid_payload")
    if not isinstance(content.get("metadata", {}), dict) or "entities" in content.get("metadata", {}):
        raise SlackError("invalid_payload")  # Work Objects are allowed only in calls of the Web API
    validate.check_message(content, workspace.refused_blocks)
    return content


def _original(channel: Channel, url: ResponseUrl) -> Ephemeral | None:
    """The ephemeral message of the interaction; None if it was an ordinary message."""
    for ephemeral in channel.ephemerals:
        if ephemeral.message["ts"] == url.message_ts:
            return ephemeral
    if url.message_ts not in channel.messages:
        raise SlackError("message_not_found")
    return None


def _delete_original(workspace: Workspace, channel: Channel, url: ResponseUrl) -> None:
    ephemeral = _original(channel, url)
    if ephemeral is not None:
        channel.ephemerals.remove(ephemeral)
        workspace.revisions.bump("messages", channel=channel.id, users=[ephemeral.to])
    else:
        posting.delete(workspace, channel, str(url.message_ts))


def _replace_original(
    workspace: Workspace, channel: Channel, url: ResponseUrl, content: dict[str, Any]
) -> None:
    ephemeral = _original(channel, url)
    content = {"blocks": None, "attachments": None, **content}
    if ephemeral is None:
        posting.change(workspace, channel, str(url.message_ts), content, workspace.app.bot_user_id)
        return
    fresh = posting.compose(workspace, posting.app_author(workspace), content)
    fresh["ts"] = ephemeral.message["ts"]
    place = channel.ephemerals.index(ephemeral)
    channel.ephemerals[place] = Ephemeral(ephemeral.to, fresh)
    workspace.revisions.bump("messages", channel=channel.id, users=[ephemeral.to])
