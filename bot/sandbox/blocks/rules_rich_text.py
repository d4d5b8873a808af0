"""The rules for rich text (Slack docs, rich text block)."""

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

TAG_COLORS = ("gray", "brown", "purple", "indigo", "blue", "green", "yellow", "orange", "red")

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
    "link": _piece(
        {"url": URL},
        {
            "text": string(),
            "unsafe": boolean,
            "from_llm": boolean,
            "is_slack_url": boolean,
            "truncated": boolean,
        },
    ),
    "emoji": _piece({"name": string(None, 1)}, {"unicode": string(), "url": string(), "skin_tone": anything}),
    "user": _piece({"user_id": ID}, {"from_llm": boolean}),
    "channel": _piece({"channel_id": ID}, {"tab_id": string(), "from_llm": boolean}),
    "usergroup": _piece({"usergroup_id": ID}),
    "broadcast": _piece({"range": one_of("here", "channel", "everyone")}),
    "date": _piece(
        {"timestamp": integer(0), "format": string(None, 1)},
        {"url": URL, "fallback": string(), "timezone": string()},
    ),
    "color": _piece({"value": string(None, 1)}),
    "team": _piece({"team_id": ID}),
    "tag": _piece({"text": string(None, 1)}, {"color": one_of(*TAG_COLORS)}),
}

# The newer mentions: the required and optional members of each (Slack docs, their own pages).
_MENTIONS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "attachment_mention": (
        ("url",),
        ("text", "app_id", "entity_id", "icon_url", "channel_id", "ts", "icon_name", "reference_object_type",
         "product_name"),
    ),
    "canvas": (("file_id",), ("label", "section_id", "text", "url")),
    "canvas_message_unfurl": (("root_message_ts", "root_message_channel"), ()),
    "canvas_user_mention": (("user_id",), ("thread_id",)),
    "file": (("file_id",), ("text", "url")),
    "list_record": (("file_id",), ("record_id", "view_id", "text", "url")),
    "message_mention": (("channel_id", "message_ts"), ("author_id", "thread_ts", "text", "url")),
    "salesforce_data_field": (
        ("salesforce_record_id",), ("salesforce_field_label", "salesforce_field_api_name"),
    ),
    "work_object_mention": (("entity_id", "app_id", "text", "url"), ("icon_url", "product_name")),
    "workflow_mention": (("workflow_id", "function_trigger_id", "text"), ("url", "channel_id", "ts")),
}  # fmt: skip
_FLAGS: dict[str, str] = {
    "attachment_mention": "full_size_preview_enabled",
    "canvas": "hide_title",
    "salesforce_data_field": "salesforce_include_field_label",
    "work_object_mention": "full_size_preview_enabled",
}
PIECES |= {
    kind: _piece(
        dict.fromkeys(needed, string(None, 1)),
        {**dict.fromkeys(possible, string()), **({_FLAGS[kind]: boolean} if kind in _FLAGS else {})},
    )
    for kind, (needed, possible) in _MENTIONS.items()
}
PIECES["citation"] = members(
    {
        "type": anything,
        "url": URL,
        "text": string(None, 1),
        "index": integer(0),
        "details": members(
            {"citation_type": one_of("file", "external", "web", "message", "memory")}, {}, others=True
        ),
    },
    {"from_llm": boolean, "is_slack_url": boolean},
)

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
        {"type": anything, "elements": items(typed(PIECES, frozenset({"text", "link"})))},
        {"border": BORDER, "language": string()},
    ),
    "rich_text_quote": members({"type": anything, "elements": PIECE_LIST}, {"border": BORDER}),
}

RICH_TEXT = members({"type": anything, "elements": items(typed(ELEMENTS))}, {"block_id": ID})
