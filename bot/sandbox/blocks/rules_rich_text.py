"""The rules for rich text (Slack docs, rich text block)."""

from __future__ import annotations

from bot.sandbox.blocks.checks import (
    Check,
    anything,
    boolean,
    integer,
    items,
    members,
    one_of,
    string,
    typed,
)
from bot.sandbox.blocks.composition import ID, URL

STYLE = members(
    {},
    dict.fromkeys(
        ("bold", "italic", "strike", "code", "underline", "highlight", "client_highlight", "unlink"), boolean
    ),
)


def _piece(required: dict[str, Check], optional: dict[str, Check] | None = None) -> Check:
    return members({"type": anything, **required}, {"style": STYLE, **(optional or {})})


PIECES: dict[str, Check] = {
    "text": _piece({"text": string(None, 1)}),
    "link": _piece({"url": URL}, {"text": string(), "unsafe": boolean}),
    "emoji": _piece({"name": string(None, 1)}, {"unicode": string(), "url": string(), "skin_tone": anything}),
    "user": _piece({"user_id": ID}),
    "channel": _piece({"channel_id": ID}),
    "usergroup": _piece({"usergroup_id": ID}),
    "broadcast": _piece({"range": one_of("here", "channel", "everyone")}),
    "date": _piece(
        {"timestamp": integer(0), "format": string(None, 1)},
        {"url": URL, "fallback": string()},
    ),
    "color": _piece({"value": string(None, 1)}),
    "team": _piece({"team_id": ID}),
}

PIECE_LIST = items(typed(PIECES))
BORDER = integer(0, 1)
SECTION = members({"type": anything, "elements": PIECE_LIST})

ELEMENTS: dict[str, Check] = {
    "rich_text_section": SECTION,
    "rich_text_list": members(
        {
            "type": anything,
            "style": one_of("bullet", "ordered"),
            "elements": items(typed({"rich_text_section": SECTION})),
        },
        {"indent": integer(0, 8), "offset": integer(0), "border": BORDER},
    ),
    "rich_text_preformatted": members(
        {"type": anything, "elements": PIECE_LIST}, {"border": BORDER, "language": string()}
    ),
    "rich_text_quote": members({"type": anything, "elements": PIECE_LIST}, {"border": BORDER}),
}
