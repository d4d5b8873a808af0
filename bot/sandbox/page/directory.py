"""The data for completion and selects in the browser, and for the clock."""

from collections.abc import Mapping
from typing import Any

from bot.sandbox.page.elements import Json
from bot.sandbox.page.reader import Reader
from bot.sandbox.page.sidebar import channel_of, has_home


def directory(seen: Mapping[str, Any], reader: Reader) -> Json:
    """People, user groups, channels, the app's commands and shortcuts, and whether it has a Home tab."""
    return {
        "users": [_user(each, reader) for each in seen["users"]],
        "groups": [_group(each) for each in reader.usergroups.values()],
        "channels": [_channel(each, reader) for each in seen["channels"]],
        "commands": seen["app"].get("commands") or [],
        "shortcuts": seen["app"].get("shortcuts") or [],
        "home": has_home(seen),
        "running": bool((seen.get("clock") or {}).get("running", True)),
    }


def _user(raw: Json, reader: Reader) -> Json:
    return {
        "value": raw["id"],
        "label": reader.user_name(raw["id"]),
        "hint": f"@{raw['name']}",
        "name": raw["name"],
        "bot": bool(raw.get("is_bot")),
        "gone": bool(raw.get("deleted")),
    }


def _group(raw: Mapping[str, Any]) -> Json:
    return {
        "value": raw["id"],
        "label": raw["name"],
        "hint": f"@{raw['handle']}",
        "name": raw["handle"],
    }


def _channel(raw: Json, reader: Reader) -> Json:
    channel = channel_of(raw, reader)
    return {
        "value": channel.id,
        "label": channel.label,
        "hint": "" if channel.is_member else "not joined",
        "path": channel.path,
        "im": channel.is_im,
        "archived": channel.is_archived,
    }
