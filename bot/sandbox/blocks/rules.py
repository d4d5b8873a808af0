"""The rules for blocks and views (Slack docs, blocks; view objects)."""

from __future__ import annotations

from typing import Any

from bot.sandbox.blocks.checks import (
    Check,
    Problems,
    anything,
    boolean,
    every,
    items,
    members,
    needs_one,
    one_of,
    string,
    typed,
)
from bot.sandbox.blocks.composition import ID, IMAGE_SOURCE, SLACK_FILE, URL, any_text, plain_text
from bot.sandbox.blocks.rules_elements import (
    ELEMENTS,
    IN_ACTIONS,
    IN_CONTEXT_ACTIONS,
    IN_INPUT,
    IN_SECTION,
)
from bot.sandbox.blocks.rules_rich_text import ELEMENTS as RICH_TEXT

MESSAGE_LIMIT = 50
VIEW_LIMIT = 100

BASE: dict[str, Check] = {"block_id": ID}


def _shape(optional: dict[str, Check], required: dict[str, Check] | None = None) -> Check:
    return members({"type": anything, **(required or {})}, {**BASE, **optional})


def _context_element(value: Any, at: str, problems: Problems) -> None:
    """A text or an image."""
    kind = value.get("type") if isinstance(value, dict) else None
    check = ELEMENTS["image"] if kind == "image" else any_text(3000)
    check(value, at, problems)


def _cells(value: Any, at: str, problems: Problems) -> None:
    """All rows of a table are equally long."""
    rows = value.get("rows")
    if isinstance(rows, list) and len({len(row) for row in rows if isinstance(row, list)}) > 1:
        problems.add("all rows must have the same number of cells", f"{at}/rows")


CELL = members({"type": one_of("raw_text", "rich_text")}, {"text": string(), "elements": items(anything)})
COLUMN = members({}, {"align": one_of("left", "center", "right"), "is_wrapped": boolean})

BLOCKS: dict[str, Check] = {
    "section": every(
        _shape(
            {
                "text": any_text(3000),
                "fields": items(any_text(2000), 10, 1),
                "accessory": typed(ELEMENTS, IN_SECTION),
                "expand": boolean,
            }
        ),
        needs_one("text", "fields"),
    ),
    "actions": _shape({}, {"elements": items(typed(ELEMENTS, IN_ACTIONS), 25, 1)}),
    "context": _shape({}, {"elements": items(_context_element, 10, 1)}),
    "context_actions": _shape({}, {"elements": items(typed(ELEMENTS, IN_CONTEXT_ACTIONS), 5, 1)}),
    "divider": _shape({}),
    "header": _shape({}, {"text": plain_text(150)}),
    "image": every(
        _shape(
            {"image_url": URL, "slack_file": SLACK_FILE, "title": plain_text(2000)},
            {"alt_text": string(2000)},
        ),
        IMAGE_SOURCE,
    ),
    "input": _shape(
        {"hint": plain_text(2000), "optional": boolean, "dispatch_action": boolean},
        {"label": plain_text(2000), "element": typed(ELEMENTS, IN_INPUT)},
    ),
    "rich_text": _shape({}, {"elements": items(typed(RICH_TEXT))}),
    "markdown": _shape({}, {"text": string(12_000, 1)}),
    "file": _shape({}, {"external_id": string(255, 1), "source": one_of("remote")}),
    "table": every(
        _shape({"column_settings": items(COLUMN, 20)}, {"rows": items(items(CELL, 20, 1), 100, 1)}), _cells
    ),
    "video": _shape(
        {
            "author_name": string(50),
            "description": plain_text(200),
            "provider_icon_url": URL,
            "provider_name": string(),
            "title_url": URL,
        },
        {"alt_text": string(), "title": plain_text(200), "thumbnail_url": URL, "video_url": URL},
    ),
}

ONLY_IN_MESSAGES = frozenset({"markdown", "table", "file", "context_actions"})
IN_VIEWS = frozenset(BLOCKS) - ONLY_IN_MESSAGES

MESSAGE_BLOCKS = items(typed(BLOCKS), MESSAGE_LIMIT)
VIEW_BLOCKS = items(typed(BLOCKS, IN_VIEWS), VIEW_LIMIT)

_COMMON: dict[str, Check] = {
    "private_metadata": string(3000),
    "callback_id": string(255),
    "external_id": string(255),
    "clear_on_close": boolean,
    "notify_on_close": boolean,
}
_MODAL = members(
    {"type": anything, "title": plain_text(24), "blocks": VIEW_BLOCKS},
    {**_COMMON, "close": plain_text(24), "submit": plain_text(24), "submit_disabled": boolean},
)
_HOME = members({"type": anything, "blocks": VIEW_BLOCKS}, {**_COMMON, "title": plain_text(24)})


def _submittable(value: Any, at: str, problems: Problems) -> None:
    """A modal with inputs needs a submit button."""
    blocks = value.get("blocks")
    asks = isinstance(blocks, list) and any(isinstance(b, dict) and b.get("type") == "input" for b in blocks)
    if asks and not value.get("submit"):
        problems.add("missing required field: submit", at)


VIEW = typed({"modal": every(_MODAL, _submittable), "home": _HOME})
