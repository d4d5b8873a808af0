"""manifest.yml against Slack's rules and against the code: nothing is missing, and nothing is unused.

The rules are those of Slack's published manifest schema, version 2.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

import bot
from bot.core.resources import shipped
from bot.incident.commands import registry
from bot.sandbox.api.catalogue import methods
from bot.slack import listeners

ROOT = Path(bot.__file__).parent
MANIFEST: dict[str, Any] = yaml.safe_load(shipped("manifest.yml").read_text())

# path → (allowed keys, required keys); a `*` is any item of a list
OBJECTS: dict[str, tuple[set[str], set[str]]] = {
    "": (
        {"display_information", "features", "oauth_config", "settings", "_metadata"},
        {"display_information"},
    ),
    "display_information": ({"name", "description", "long_description", "background_color"}, {"name"}),
    "features": (
        {"app_home", "bot_user", "shortcuts", "slash_commands", "unfurl_domains", "rich_previews"},
        set(),
    ),
    # Newer than the published schema (Slack docs, "App manifest reference").
    "features.rich_previews": ({"is_active", "entity_types"}, set()),
    "features.app_home": (
        {"home_tab_enabled", "messages_tab_enabled", "messages_tab_read_only_enabled"},
        set(),
    ),
    "features.bot_user": ({"display_name", "always_online"}, {"display_name"}),
    "features.slash_commands.*": (
        {"command", "url", "description", "usage_hint", "should_escape"},
        {"command", "description"},
    ),
    "features.shortcuts.*": (
        {"name", "type", "callback_id", "description"},
        {"name", "type", "callback_id", "description"},
    ),
    "oauth_config": ({"redirect_urls", "scopes"}, set()),
    "oauth_config.scopes": ({"bot", "user"}, set()),
    "settings": (
        {
            "event_subscriptions",
            "interactivity",
            "org_deploy_enabled",
            "socket_mode_enabled",
            "token_rotation_enabled",
        },
        set(),
    ),
    "settings.event_subscriptions": ({"request_url", "bot_events"}, set()),
    "settings.interactivity": ({"is_enabled", "request_url"}, {"is_enabled"}),
}
# path → (shortest, longest)
LENGTHS = {
    "display_information.name": (1, 35),
    "display_information.description": (1, 140),
    "display_information.long_description": (175, 4000),
    "display_information.background_color": (4, 7),
    "features.bot_user.display_name": (1, 80),
    "features.slash_commands": (1, 50),
    "features.slash_commands.*.command": (2, 32),
    "features.slash_commands.*.description": (1, 2000),
    "features.slash_commands.*.usage_hint": (1, 1000),
    "features.shortcuts": (1, 10),
    "features.shortcuts.*.name": (1, 24),
    "features.shortcuts.*.callback_id": (1, 255),
    "features.shortcuts.*.description": (1, 150),
    "oauth_config.scopes.bot": (1, 255),
    "settings.event_subscriptions.bot_events": (1, 100),
    "features.unfurl_domains": (1, 5),
}


def _walk(thing: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    yield path, thing
    if isinstance(thing, dict):
        for key, value in thing.items():
            yield from _walk(value, f"{path}.{key}".removeprefix("."))
    elif isinstance(thing, list):
        for value in thing:
            yield from _walk(value, f"{path}.*")


def test_slack_knows_every_part() -> None:
    for path, thing in _walk(MANIFEST):
        if isinstance(thing, dict):
            allowed, required = OBJECTS[path]
            assert required <= set(thing) <= allowed, path


@pytest.mark.parametrize("path", LENGTHS)
def test_every_length_is_within_slacks_limits(path: str) -> None:
    shortest, longest = LENGTHS[path]
    found = [len(thing) for at, thing in _walk(MANIFEST) if at == path]
    assert found
    assert all(shortest <= length <= longest for length in found)


def test_values_match_slacks_patterns_and_choices() -> None:
    features = MANIFEST["features"]
    assert re.fullmatch(
        r"#[0-9a-fA-F]{3}([0-9a-fA-F]{3})?", MANIFEST["display_information"]["background_color"]
    )
    assert all(command["command"].startswith("/") for command in features["slash_commands"])
    assert {shortcut["type"] for shortcut in features["shortcuts"]} <= {"message", "global"}
    events = MANIFEST["settings"]["event_subscriptions"]["bot_events"]
    assert len(events) == len(set(events))


def test_the_command_has_a_listener_and_escapes_mentions() -> None:
    (command,) = MANIFEST["features"]["slash_commands"]
    assert command["command"] == listeners.COMMAND
    assert command["should_escape"] is True


def test_the_shortcuts_are_exactly_those_with_a_handler() -> None:
    registry.discover()
    offered = {shortcut["callback_id"] for shortcut in MANIFEST["features"]["shortcuts"]}
    assert offered == set(registry.SHORTCUTS)


def test_the_events_are_exactly_those_with_a_listener() -> None:
    heard = [
        node.args[0].value
        for file in ROOT.glob("slack/**/*.py")
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "event"
        and isinstance(node.args[0], ast.Constant)
    ]
    assert len(heard) == len(set(heard)), "Bolt asks only the first listener of an event"
    heard_as = {"message": ["message.channels", "message.groups"]}
    subscribed = {event for kind in map(str, heard) for event in heard_as.get(kind, [kind])}
    assert subscribed == set(MANIFEST["settings"]["event_subscriptions"]["bot_events"])


EVENT_SCOPES: dict[str, set[str]] = {
    "app_home_opened": set(),
    "channel_unarchive": {"channels:read"},
    "dnd_updated_user": {"dnd:read"},
    "link_shared": {"links:read"},
    "entity_details_requested": set(),
    "group_unarchive": {"groups:read"},
    "member_joined_channel": {"channels:read", "groups:read"},
    "member_left_channel": {"channels:read", "groups:read"},
    "subteam_members_changed": {"usergroups:read"},
    "user_change": {"users:read"},
    "message.channels": {"channels:history"},
    "message.groups": {"groups:history"},
    "reaction_removed": {"reactions:read"},
    "pin_added": {"pins:read"},
    "reaction_added": {"reactions:read"},
}  # Slack docs, each event's page


def _called() -> set[str]:
    """Every Web API method that the code calls with the official client."""
    by_attribute = {name.replace(".", "_"): [name] for name in methods()}
    found: set[str] = set()
    for file in [*ROOT.glob("slack/**/*.py"), ROOT / "app.py", ROOT / "cli/doctor.py"]:
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Attribute):
                found.update(by_attribute.get(node.attr, []))
            if isinstance(node, ast.Constant) and node.value in methods():
                found.add(str(node.value))  # a method that the client has no function for yet
    return found


def test_the_scan_finds_the_calls() -> None:
    assert {"chat.postMessage", "views.open", "users.info", "files.completeUploadExternal"} <= _called()


def test_each_called_method_has_its_scopes_for_public_and_private_channels() -> None:
    granted = set(MANIFEST["oauth_config"]["scopes"]["bot"])
    for name in _called():
        scopes = set(methods()[name].scopes)
        for kind in ("channels:", "groups:"):
            if wanted := {scope for scope in scopes if scope.startswith(kind)}:
                assert granted & wanted, f"{name} needs one of {sorted(wanted)}"
        assert not scopes or granted & scopes, f"{name} needs one of {sorted(scopes)}"


def test_no_scope_is_unused() -> None:
    needed = {scope for name in _called() for scope in methods()[name].scopes}
    for event in MANIFEST["settings"]["event_subscriptions"]["bot_events"]:
        needed |= EVENT_SCOPES[event]
    needed.add("commands")
    assert set(MANIFEST["oauth_config"]["scopes"]["bot"]) <= needed
