"""Events: which ones the app gets."""

import copy
from typing import Any

from bot.sandbox.state.channel import Channel
from bot.sandbox.state.workspace import Workspace

# The scope that an event requires (Slack docs, each event's page). `{family}` is `channels`, `groups`, `im` or `mpim`,
# by the kind of its conversation.
SCOPES = {
    "message": "{family}:history",
    "app_mention": "app_mentions:read",
    "member_joined_channel": "{family}:read",
    "member_left_channel": "{family}:read",
    "channel_created": "channels:read",
    "channel_archive": "channels:read",
    "channel_unarchive": "channels:read",
    "channel_rename": "channels:read",
    "channel_left": "channels:read",
    "group_archive": "groups:read",
    "group_unarchive": "groups:read",
    "group_rename": "groups:read",
    "group_left": "groups:read",
    "reaction_added": "reactions:read",
    "reaction_removed": "reactions:read",
    "pin_added": "pins:read",
    "pin_removed": "pins:read",
    "file_created": "files:read",
    "file_shared": "files:read",
    "file_deleted": "files:read",
    "team_join": "users:read",
    "user_change": "users:read",
    "subteam_members_changed": "usergroups:read",
    "dnd_updated_user": "dnd:read",
    "app_home_opened": None,
    "link_shared": "links:read",
    "entity_details_requested": None,
}


def emit(workspace: Workspace, event: dict[str, Any], channel: Channel | None = None) -> None:
    """Send an event to the app, if its manifest, scopes and memberships allow it.

    Args:
        workspace: the workspace.
        event: the inner event; it gets an `event_ts` if it has none.
        channel: the conversation to whose members it is limited; None for everybody.
    """
    if not _hears(workspace, event, channel):
        return
    event = copy.deepcopy(event)
    event.setdefault("event_ts", event.get("ts") or workspace.stamp())
    workspace.server.send_event(_envelope(workspace, event))


def _hears(workspace: Workspace, event: dict[str, Any], channel: Channel | None) -> bool:
    app, kind = workspace.app, event["type"]
    family = channel.scope_family if channel else "channels"
    subscription = f"message.{family}" if kind == "message" else kind
    scope = SCOPES[kind]
    if subscription not in app.subscriptions or (scope and scope.format(family=family) not in app.scopes):
        return False
    return channel is None or app.bot_user_id in channel.members


def _envelope(workspace: Workspace, event: dict[str, Any]) -> dict[str, Any]:
    app, team_id = workspace.app, workspace.team.id
    return {
        "token": app.verification_token,
        "team_id": team_id,
        "context_team_id": team_id,
        "context_enterprise_id": None,
        "api_app_id": app.id,
        "event": event,
        "type": "event_callback",
        "event_id": workspace.ids.make("Ev"),
        "event_time": workspace.seconds(),
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": team_id,
                "user_id": app.bot_user_id,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": False,
        "event_context": f"4-{workspace.ids.word(24)}",
    }


def message(workspace: Workspace, channel: Channel, posted: dict[str, Any]) -> None:
    """Send the events for a posted message: `message`, and `app_mention` if it mentions the app."""
    event = {k: v for k, v in posted.items() if k != "metadata"}
    place = {"channel": channel.id, "channel_type": channel.channel_type}
    emit(workspace, {**event, **place}, channel)
    mentioned = f"<@{workspace.app.bot_user_id}>" in posted.get("text", "")
    if mentioned and not channel.is_direct and "bot_id" not in posted and "subtype" not in posted:
        emit(workspace, {**event, "type": "app_mention", "channel": channel.id}, channel)
