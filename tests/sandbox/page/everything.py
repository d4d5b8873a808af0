"""One of everything that Slack can show: each block, each element, each kind of message."""

import copy
from typing import Any

from tests.sandbox.page import showcase
from tests.sandbox.page.samples import NOON, Json, mrk, plain, said, seen


def element(type_: str, **more: Any) -> Json:
    return {"type": type_, "action_id": "a", "placeholder": plain("p"), **more}


def option() -> Json:
    return {"value": "v", "text": plain("t"), "description": plain("d"), "url": "https://example.com"}


ELEMENTS: list[Json] = [
    element(
        "button",
        text=plain("t"),
        value="v",
        url="https://example.com",
        accessibility_label="l",
        style="primary",
    ),
    element(
        "button", text=plain("t"), confirm={key: plain("c") for key in ("title", "text", "confirm", "deny")}
    ),
    element("static_select", options=[option()], initial_option=option()),
    element(
        "multi_static_select",
        option_groups=[{"label": plain("g"), "options": [option()]}],
        initial_options=[option()],
    ),
    element("external_select", initial_option=option()),
    element("users_select", initial_user="U1"),
    element("multi_conversations_select", initial_conversations=["C1"]),
    element("overflow", options=[option()]),
    element("datepicker", initial_date="2030-01-31"),
    element("timepicker", initial_time="10:30"),
    element("datetimepicker", initial_date_time=NOON),
    element("checkboxes", options=[option()], initial_options=[option()]),
    element("radio_buttons", options=[option()], initial_option=option()),
    element("plain_text_input", initial_value="i"),
    element("plain_text_input", initial_value="i", multiline=True),
    element("number_input", initial_value="1"),
    element("email_text_input", initial_value="e"),
    element("file_input", filetypes=["md"]),
    element(
        "rich_text_input",
        initial_value={
            "type": "rich_text",
            "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "r"}]}],
        },
    ),
    {"type": "image", "image_url": "https://example.com/i.png", "alt_text": "alt"},
    element("an unknown type"),
]
FEEDBACK = element(
    "feedback_buttons",
    positive_button={"text": plain("+"), "value": "good", "accessibility_label": "l"},
    negative_button={"text": plain("-"), "value": "bad"},
)
ICON_BUTTON = element("icon_button", icon="trash", text=plain("t"), accessibility_label="l")
RICH = [
    {"type": "text", "text": "t", "style": {"bold": True, "code": True}},
    {"type": "link", "url": "https://example.com", "text": "l"},
    {"type": "user", "user_id": "U1"},
    {"type": "channel", "channel_id": "C1"},
    {"type": "emoji", "name": "eyes"},
    {"type": "broadcast", "range": "here"},
    {"type": "usergroup", "usergroup_id": "S1"},
    {"type": "date", "timestamp": NOON, "format": "{time}", "url": "https://example.com", "fallback": "f"},
    {"type": "color", "value": "#fff"},
    {"type": "something", "text": "new"},
]
BLOCKS: list[Json] = [
    {"type": "header", "text": plain("h")},
    {"type": "section", "text": mrk("t"), "fields": [mrk("f"), plain("f")]},
    {"type": "context", "elements": [mrk("c"), plain("c"), ELEMENTS[-2]]},
    {"type": "image", "title": plain("t"), "image_url": "https://example.com/i.png", "alt_text": "alt"},
    {"type": "markdown", "text": "# m"},
    {"type": "table", "rows": [[{"type": "raw_text", "text": "r"}]], "column_settings": [{"align": "right"}]},
    {
        "type": "rich_text",
        "elements": [
            {"type": kind, "elements": RICH}
            for kind in ("rich_text_section", "rich_text_quote", "rich_text_preformatted")
        ],
    },
    {
        "type": "rich_text",
        "elements": [
            {
                "type": "rich_text_list",
                "style": "bullet",
                "elements": [{"type": "rich_text_section", "elements": RICH}],
            }
        ],
    },
    {"type": "a new block"},
    {
        "type": "video",
        "title": plain("t"),
        "title_url": "https://example.com",
        "video_url": "https://example.com",
        "thumbnail_url": "https://example.com",
        "alt_text": "a",
        "description": plain("d"),
        "author_name": "n",
        "provider_name": "p",
    },
    {"type": "file", "external_id": "x", "source": "remote"},
    {"type": "context_actions", "elements": [FEEDBACK, ICON_BUTTON]},
    *({"type": "section", "text": mrk("t"), "accessory": each} for each in ELEMENTS),
    {"type": "actions", "elements": ELEMENTS},
    *({"type": "input", "label": plain("l"), "hint": plain("h"), "element": each} for each in ELEMENTS),
]
BLOCKS += [
    copy.deepcopy(each)
    for each in (*(part for parts in showcase.MESSAGES for part in parts), *showcase.ALERTS)
]
for at, each in enumerate(BLOCKS):
    each["block_id"] = f"b{at}"

MESSAGE: Json = said(
    "text",
    username="name",
    icons={"emoji": ":eyes:"},
    bot_id="B1",
    blocks=BLOCKS,
    attachments=[{"color": "#ff0000", "pretext": "p", "title": "t", "text": "x", "fallback": "f", "blocks": BLOCKS[:3]}, {"color": "good", "pretext": "p", "author_name": "n", "author_link": "https://example.com", "title": "t", "title_link": "https://example.com", "text": "x", "fields": [{"title": "t", "value": "v", "short": True}], "image_url": "https://example.com/i.png", "footer": "f", "ts": NOON}, {"fallback": "f"}],
    files=[{"id": "F1", "name": "n.md", "title": "t", "pretty_type": "p", "mimetype": "text/markdown", "size": 3, "alt_txt": "a", "url_private": "http://127.0.0.1:1/files/download/F1/n.md"}],
    reactions=[{"name": "eyes", "users": ["U1"], "count": 1}],
    thread_ts="1.0",
    metadata={"entities": [showcase.ENTITY]},
)  # fmt: skip
VIEW: Json = {
    "id": "V1",
    "type": "modal",
    "title": plain("t"),
    "submit": plain("s"),
    "close": plain("c"),
    "blocks": BLOCKS,
    "state": {"values": {}},
}
WORLD: Json = seen(
    said("plain *text*"),
    MESSAGE,
    said("hidden", subtype="channel_topic"),
    said("whispered", ephemeral=True),
    channel={
        "topic": "topic",
        "purpose": "purpose",
        "bookmarks": [{"id": "B", "title": "title", "link": "https://example.com", "emoji": ":book:"}],
        "canvas": {
            "id": "F",
            "title": "title",
            "markdown": "# text\n| a |\n|---|\n| b |",
            "access": {"C1": "write"},
        },
    },
    modals=[VIEW],
    field_errors={"b0": "wrong"},
    home={"id": "VH", "blocks": BLOCKS},
    files=[
        {
            "id": "F1",
            "name": "n.png",
            "title": "t",
            "pretty_type": "p",
            "mimetype": "image/png",
            "size": 3,
            "channels": ["C1"],
            "url_private": "http://127.0.0.1:1/files/download/F1/n.png",
        }
    ],
    canvases=[{"id": "F2", "title": "t", "markdown": "# m", "channel": None, "access": {"C1": "write"}}],
)
WORLD["app"] |= {
    "commands": [{"command": "/c", "description": "d", "usage_hint": "u"}],
    "shortcuts": [{"type": "message", "name": "n", "callback_id": "c"}],
}
