"""Messages of other apps by incoming webhooks."""

from typing import Any

from bot.sandbox.core.errors import SlackError
from bot.sandbox.messages import posting
from bot.sandbox.messages.responses import content_of
from bot.sandbox.state.integration import Integration
from bot.sandbox.state.workspace import Workspace


def at(workspace: Workspace, team_id: str, bot_id: str, secret: str) -> Integration:
    """The integration with that address.

    Raises:
        SlackError: `no_service`.
    """
    found = workspace.integrations.get(bot_id)
    if found is None or (team_id, secret) != (workspace.team.id, found.secret):
        raise SlackError("no_service")
    return found


def post(workspace: Workspace, integration: Integration, payload: dict[str, Any]) -> dict[str, Any]:
    """Post a payload that was sent to the webhook (Slack docs, sending messages using incoming webhooks).

    Raises:
        SlackError: `no_text`, `invalid_payload`, `invalid_blocks`, `channel_is_archived` …
    """
    channel = workspace.channels[integration.channel]
    content = content_of(workspace, payload)
    if channel.archived:
        raise SlackError("channel_is_archived")
    author = _author(workspace, integration, payload)
    return posting.post(workspace, channel, author, content, thread_ts=payload.get("thread_ts"))


def _author(workspace: Workspace, integration: Integration, payload: dict[str, Any]) -> dict[str, Any]:
    """The author: a bot user, or only a name (Slack docs, bot_message)."""
    known = {"bot_id": integration.bot_id, "app_id": integration.app_id}
    if integration.bot_user is not None:
        profile = {
            "id": integration.bot_id,
            "app_id": integration.app_id,
            "name": integration.name,
            "deleted": False,
            "updated": integration.created,
            "team_id": workspace.team.id,
        }
        return {"user": integration.bot_user, **known, "bot_profile": profile}
    icon = str(payload.get("icon_emoji") or integration.icon)
    return {
        "subtype": "bot_message",
        "username": str(payload.get("username") or integration.name),
        **known,
        **({"icons": {"emoji": icon}} if icon else {}),
    }
