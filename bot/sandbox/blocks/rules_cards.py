"""The rules for alerts, cards and plans (Slack docs, alert, card, carousel, plan and task card block)."""

from bot.sandbox.blocks.checks import (
    Check,
    anything,
    boolean,
    distinct,
    every,
    items,
    members,
    needs_one,
    not_both,
    one_of,
    string,
    typed,
)
from bot.sandbox.blocks.composition import ID, URL, any_text
from bot.sandbox.blocks.rules_elements import ELEMENTS
from bot.sandbox.blocks.rules_rich_text import RICH_TEXT

BUTTONS = 3
CARDS = 10
TASKS = 50
LEVELS = ("default", "info", "warning", "error", "success")
# Slack docs, Slack icon object.
SLACK_ICONS = (
    "archive", "book", "bookmark", "bot", "bug", "calendar", "call", "caret-left", "caret-right", "check",
    "clipboard", "code", "comment", "compass", "copy", "cube", "download", "edit", "email", "eye-closed",
    "eye-open", "file", "flag", "folder", "gear", "globe", "heart", "help", "image", "info", "key", "lightbulb",
    "link", "map", "mobile", "new-window", "pin", "plus", "refine", "refresh", "rocket", "save", "screen",
    "share", "sparkle", "star", "star-filled", "tag", "thumbs-down", "thumbs-up", "trash", "upload", "user",
    "warning",
)  # fmt: skip

IMAGE = typed(ELEMENTS, frozenset({"image"}))
_BUTTON = typed(ELEMENTS, frozenset({"button"}))
_RICH = typed({"rich_text": RICH_TEXT})
_SLACK_ICON = typed({"icon": members({"type": anything, "name": one_of(*SLACK_ICONS)})})
_SOURCE = typed({"url": members({"type": anything, "url": URL, "text": string(None, 1)})})

_CARD = every(
    members(
        {"type": anything},
        {
            "block_id": ID,
            "hero_image": IMAGE,
            "icon": IMAGE,
            "slack_icon": _SLACK_ICON,
            "title": any_text(150),
            "subtitle": any_text(150),
            "body": any_text(200),
            "subtext": any_text(200),
            "actions": items(_BUTTON, BUTTONS, 1),
        },
    ),
    needs_one("title", "body", "hero_image", "actions"),
    not_both("icon", "slack_icon"),
)


def _task(statuses: tuple[str, ...], type_: Check | None = None) -> Check:
    """The rules for a task card; in a plan its type is optional."""
    required = {"task_id": string(None, 1), "title": string(None, 1), "status": one_of(*statuses)}
    optional = {
        "block_id": ID,
        "details": _RICH,
        "output": _RICH,
        "sources": items(_SOURCE),
        "icon": anything,
        "hide_title": boolean,
    }
    if type_ is None:
        return members({"type": anything, **required}, optional)
    return members(required, {**optional, "type": type_})


_STATUSES = ("in_progress", "complete", "error")

CARDS_AND_PLANS: dict[str, Check] = {
    "alert": members({"type": anything, "text": any_text(200)}, {"block_id": ID, "level": one_of(*LEVELS)}),
    "card": _CARD,
    "carousel": members(
        {"type": anything, "elements": items(typed({"card": _CARD}), CARDS, 1)}, {"block_id": ID}
    ),
    "task_card": _task(_STATUSES),
    "plan": members(
        {
            "type": anything,
            "title": string(None, 1),
            # Only a task in a plan, which waits for other tasks, can be pending.
            "tasks": every(
                items(_task(("pending", *_STATUSES), one_of("task_card")), TASKS),
                distinct("task_id", "task_id"),
            ),
        },
        {"block_id": ID},
    ),
}
