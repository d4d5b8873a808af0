"""The manifest of the app that the tests install."""

from typing import Any

SCOPES = [
    "app_mentions:read",
    "bookmarks:read",
    "bookmarks:write",
    "canvases:read",
    "canvases:write",
    "channels:history",
    "channels:join",
    "channels:manage",
    "channels:read",
    "chat:write",
    "commands",
    "dnd:read",
    "emoji:read",
    "files:read",
    "files:write",
    "groups:history",
    "groups:read",
    "groups:write",
    "im:history",
    "im:read",
    "im:write",
    "links:write",
    "lists:read",
    "lists:write",
    "mpim:history",
    "mpim:read",
    "mpim:write",
    "pins:read",
    "pins:write",
    "reactions:read",
    "reactions:write",
    "team:read",
    "usergroups:read",
    "users.profile:read",
    "users:read",
    "users:read.email",
]

EVENTS = [
    "app_home_opened",
    "app_mention",
    "channel_archive",
    "channel_created",
    "channel_left",
    "channel_rename",
    "file_shared",
    "member_joined_channel",
    "member_left_channel",
    "message.channels",
    "message.groups",
    "message.im",
    "pin_added",
    "pin_removed",
    "reaction_added",
    "reaction_removed",
]


def manifest(
    scopes: list[str] | None = None, events: list[str] | None = None, **command: Any
) -> dict[str, Any]:
    """A manifest with these scopes, these events and one command."""
    return {
        "display_information": {"name": "Helper"},
        "features": {
            "bot_user": {"display_name": "helper"},
            "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
            "slash_commands": [
                {"command": "/help-me", "description": "Get help", "usage_hint": "with …", **command}
            ],
            "shortcuts": [
                {"type": "global", "name": "Help", "callback_id": "global_help"},
                {"type": "message", "name": "Help with this", "callback_id": "message_help"},
            ],
        },
        "oauth_config": {"scopes": {"bot": SCOPES if scopes is None else scopes}},
        "settings": {
            "event_subscriptions": {"bot_events": EVENTS if events is None else events},
            "socket_mode_enabled": True,
        },
    }


MANIFEST = manifest()
