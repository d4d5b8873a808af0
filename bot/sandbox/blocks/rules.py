"""The rules for blocks and views (Slack docs, blocks; view objects)."""

from typing import Any

from bot.sandbox.blocks.checks import (
    Check,
    Problems,
    anything,
    boolean,
    every,
    integer,
    items,
    members,
    needs_one,
    one_of,
    string,
    typed,
)
from bot.sandbox.blocks.composition import ID, IMAGE_SOURCE, SLACK_FILE, URL, any_text, plain_text
from bot.sandbox.blocks.rules_cards import CARDS_AND_PLANS, IMAGE
from bot.sandbox.blocks.rules_charts import CHARTS
from bot.sandbox.blocks.rules_elements import (
    ELEMENTS,
    IN_ACTIONS,
    IN_CONTEXT_ACTIONS,
    IN_INPUT,
    IN_SECTION,
)
from bot.sandbox.blocks.rules_rich_text import RICH_TEXT
from bot.sandbox.blocks.rules_tables import TABLES
from bot.sandbox.blocks.surfaces import BLOCKS_ON, Surface, elements_on

MESSAGE_LIMIT = 50
VIEW_LIMIT = 100
# Of a container.
CHILD_LIMIT = 10
# Of one markdown block, and of all in a message together.
MARKDOWN_LIMIT = 12_000

# The blocks that a container accepts, if its surface does.
IN_CONTAINER = frozenset({"actions", "context", "divider", "header", "image", "input", "rich_text", "section",
                          "table", "video"})  # fmt: skip

BASE: dict[str, Check] = {"block_id": ID}


def _shape(optional: dict[str, Check], required: dict[str, Check] | None = None) -> Check:
    return members({"type": anything, **(required or {})}, {**BASE, **optional})


def _context_element(value: Any, at: str, problems: Problems) -> None:
    """A text or an image."""
    kind = value.get("type") if isinstance(value, dict) else None
    check = ELEMENTS["image"] if kind == "image" else any_text(3000)
    check(value, at, problems)


def _no_files_at_once(value: Any, at: str, problems: Problems) -> None:
    """Check that a file input does not dispatch its action (Slack docs, input block)."""
    if value.get("dispatch_action") and value["element"]["type"] == "file_input":
        problems.add("unsupported type: file_input", f"{at}/element/type")


def _divided(value: Any, at: str, problems: Problems) -> None:
    """Check that a collapsible container has no divider below its header."""
    if value.get("is_collapsible") and value.get("has_header_divider"):
        problems.add("only allowed where is_collapsible is not true", f"{at}/has_header_divider")


def _shapes(surface: Surface) -> dict[str, Check]:
    """The rules for each block on a surface."""
    shapes: dict[str, Check] = {
        "section": every(
            _shape(
                {
                    "text": any_text(3000),
                    "fields": items(any_text(2000), 10, 1),
                    "accessory": typed(ELEMENTS, elements_on(surface, IN_SECTION)),
                    "expand": boolean,
                }
            ),
            needs_one("text", "fields"),
        ),
        "actions": _shape({}, {"elements": items(typed(ELEMENTS, elements_on(surface, IN_ACTIONS)), 25, 1)}),
        "context": _shape({}, {"elements": items(_context_element, 10, 1)}),
        "context_actions": _shape({}, {"elements": items(typed(ELEMENTS, IN_CONTEXT_ACTIONS), 5, 1)}),
        "divider": _shape({}),
        "header": _shape({"level": integer(1, 4)}, {"text": plain_text(150)}),
        "image": every(
            _shape(
                {"image_url": URL, "slack_file": SLACK_FILE, "title": plain_text(2000)},
                {"alt_text": string(2000)},
            ),
            IMAGE_SOURCE,
        ),
        "input": every(
            _shape(
                {"hint": plain_text(2000), "optional": boolean, "dispatch_action": boolean},
                {"label": plain_text(2000), "element": typed(ELEMENTS, elements_on(surface, IN_INPUT))},
            ),
            _no_files_at_once,
        ),
        "rich_text": RICH_TEXT,
        "markdown": _shape({}, {"text": string(MARKDOWN_LIMIT, 1)}),
        # For these, the page says "must be less than"; for others it says "maximum".
        "video": _shape(
            {
                "author_name": string(49),
                "description": plain_text(199),
                "provider_icon_url": URL,
                "provider_name": string(),
                "title_url": URL,
            },
            {"alt_text": string(), "title": plain_text(199), "thumbnail_url": URL, "video_url": URL},
        ),
        **TABLES,
        **CHARTS,
        **CARDS_AND_PLANS,
    }
    children = typed(shapes, IN_CONTAINER & BLOCKS_ON[surface])
    shapes["container"] = every(
        _shape(
            {
                "title": plain_text(150),
                "rich_text_title": typed({"rich_text": RICH_TEXT}),
                "subtitle": any_text(150),
                "width": one_of("narrow", "standard", "wide", "full"),
                "icon": IMAGE,
                "is_collapsible": boolean,
                "default_collapsed": boolean,
                "has_header_divider": boolean,
            },
            {"child_blocks": items(children, CHILD_LIMIT)},
        ),
        needs_one("title", "rich_text_title"),
        _divided,
    )
    return shapes


def _blocks(surface: Surface, most: int) -> Check:
    return items(typed(_shapes(surface), BLOCKS_ON[surface]), most)


# The types of all blocks.
BLOCKS = frozenset(_shapes("message"))

MESSAGE_BLOCKS = _blocks("message", MESSAGE_LIMIT)

_COMMON: dict[str, Check] = {
    "private_metadata": string(3000),
    "callback_id": string(255),
    "external_id": string(255),
    "clear_on_close": boolean,
    "notify_on_close": boolean,
}
_MODAL = members(
    {"type": anything, "title": plain_text(24), "blocks": _blocks("modal", VIEW_LIMIT)},
    {**_COMMON, "close": plain_text(24), "submit": plain_text(24), "submit_disabled": boolean},
)
_HOME = members(
    {"type": anything, "blocks": _blocks("home", VIEW_LIMIT)}, {**_COMMON, "title": plain_text(24)}
)


def _submittable(value: Any, at: str, problems: Problems) -> None:
    """Check that a modal with inputs has a submit button."""
    blocks = value.get("blocks")
    asks = isinstance(blocks, list) and any(isinstance(b, dict) and b.get("type") == "input" for b in blocks)
    if asks and not value.get("submit"):
        problems.add("missing required field: submit", at)


VIEW = typed({"modal": every(_MODAL, _submittable), "home": _HOME})
