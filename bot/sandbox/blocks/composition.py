"""Composition objects: texts, options, confirm dialogs (Slack docs, composition objects)."""

from bot.sandbox.blocks.checks import (
    Check,
    anything,
    boolean,
    items,
    members,
    needs_one,
    one_of,
    string,
    typed,
)

URL = string(3000, 1)
ID = string(255, 1)


def plain_text(most: int, least: int = 1) -> Check:
    """A `plain_text` object of so many characters."""
    shape = members({"type": anything, "text": string(most, least)}, {"emoji": boolean})
    return typed({"plain_text": shape})


def any_text(most: int, least: int = 1) -> Check:
    """A `plain_text` or `mrkdwn` object of so many characters."""
    base = {"type": anything, "text": string(most, least)}
    return typed(
        {"plain_text": members(base, {"emoji": boolean}), "mrkdwn": members(base, {"verbatim": boolean})}
    )


def option(*, mrkdwn: bool = False, url: bool = False) -> Check:
    """An option of a menu; checkboxes and radio buttons may use mrkdwn, overflow menus links."""
    text = any_text(75) if mrkdwn else plain_text(75)
    description = any_text(75) if mrkdwn else plain_text(75)
    return members(
        {"text": text, "value": string(150)}, {"description": description, **({"url": URL} if url else {})}
    )


OPTION_GROUP = members({"label": plain_text(75), "options": items(option(), 100, 1)})

CONFIRM = members(
    {"title": plain_text(100), "text": any_text(300), "confirm": plain_text(30), "deny": plain_text(30)},
    {"style": one_of("primary", "danger")},
)

DISPATCH_ACTION_CONFIG = members(
    {"trigger_actions_on": items(one_of("on_enter_pressed", "on_character_entered"), 2, 1)}
)

CONVERSATION_FILTER = members(
    {},
    {
        "include": items(one_of("im", "mpim", "private", "public"), None, 1),
        "exclude_external_shared_channels": boolean,
        "exclude_bot_users": boolean,
    },
)


SLACK_FILE = members({}, {"id": ID, "url": URL})
IMAGE_SOURCE = needs_one("image_url", "slack_file")
