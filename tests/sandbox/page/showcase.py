"""The newer blocks, each with every member that it can have, as an app sends them."""

from tests.sandbox.page.samples import Json, mrk, plain

IMAGE: Json = {"type": "image", "image_url": "https://example.com/i.png", "alt_text": "A graph"}


def button(action_id: str, text: str, **more: str) -> Json:
    """A button."""
    return {"type": "button", "action_id": action_id, "text": plain(text), **more}


def rich(*pieces: Json) -> Json:
    """A line of rich text."""
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": list(pieces)}]}


def words(text: str) -> Json:
    """A piece of rich text."""
    return {"type": "text", "text": text}


def raw(text: str) -> Json:
    """A cell of text."""
    return {"type": "raw_text", "text": text}


def figure(value: float) -> Json:
    """A cell of a number."""
    return {"type": "raw_number", "value": value, "text": f"{value} min"}


COLORS = ("gray", "brown", "purple", "indigo", "blue", "green", "yellow", "orange", "red")
HEADERS: list[Json] = [
    {"type": "header", "text": plain(f"A header of level {level}"), "level": level} for level in (1, 2, 3, 4)
]
TAGS: Json = rich(
    words("Severity "),
    *({"type": "tag", "text": color.title(), "color": color} for color in COLORS),
    {"type": "tag", "text": "No colour"},
)
MENTIONS: Json = rich(
    {"type": "message_mention", "channel_id": "C1", "message_ts": "1.0", "text": "said", "url": "https://example.com"},
    {"type": "message_mention", "channel_id": "C1", "message_ts": "1.0"},
    {"type": "canvas_message_unfurl", "root_message_ts": "1.0", "root_message_channel": "C1"},
    {"type": "canvas_user_mention", "user_id": "U1"},
    {"type": "canvas", "file_id": "F1", "text": "Runbook", "url": "https://example.com"},
    {"type": "file", "file_id": "F1"},
    {"type": "list_record", "file_id": "F1", "text": "To do"},
    {"type": "attachment_mention", "url": "https://example.com", "text": "Graph"},
    {"type": "salesforce_data_field", "salesforce_record_id": "0061", "salesforce_field_label": "Account"},
    {"type": "work_object_mention", "entity_id": "E", "app_id": "A", "text": "INC-12", "url": "https://example.com"},
    {"type": "workflow_mention", "workflow_id": "Wf1", "function_trigger_id": "Ft1", "text": "Run it"},
    {"type": "citation", "url": "https://example.com", "text": "as written", "index": 1,
     "details": {"citation_type": "web"}},
)  # fmt: skip
CARD: Json = {
    "type": "card",
    "slack_icon": {"type": "icon", "name": "warning"},
    "title": mrk("*INC-12* Checkout fails"),
    "subtitle": plain("SEV1, mitigating"),
    "body": mrk("Payments time out after 30 seconds in `eu-west`."),
    "subtext": plain("Updated 5 minutes ago"),
    "actions": [
        button("take", "Take command", style="primary"),
        button("open", "Open the room"),
        button("close", "Close incident", style="danger"),
    ],
}
PICTURED: Json = {
    "type": "card", "title": plain("With pictures"), "hero_image": IMAGE, "icon": IMAGE, "body": mrk("A body"),
}  # fmt: skip
CAROUSEL: Json = {
    "type": "carousel",
    "elements": [
        {"type": "card", "title": plain(f"INC-{number}"), "body": mrk("A card of several"),
         "actions": [button(f"see{number}", f"Open INC-{number}")]}
        for number in range(1, 6)
    ],
}  # fmt: skip
TABLE: Json = {
    "type": "table",
    "rows": [
        [raw("Service"), raw("Minutes")],
        [rich(words("checkout")), figure(42)],
        [raw("search"), figure(7.5)],
    ],
    "column_settings": [None, {"align": "right"}],
}
CONTAINER: Json = {
    "type": "container",
    "title": plain("Evidence"),
    "subtitle": mrk("Two graphs and a *note*"),
    "icon": IMAGE,
    "width": "wide",
    "is_collapsible": True,
    "child_blocks": [
        {"type": "section", "text": mrk("Error rate at 14 %")},
        {"type": "divider"},
        {"type": "actions", "elements": [button("more", "More graphs")]},
    ],
}
FOLDED: Json = {**CONTAINER, "title": plain("Folded evidence"), "default_collapsed": True}
FIXED: Json = {
    "type": "container",
    "rich_text_title": rich(words("A title of "), {"type": "tag", "text": "rich text", "color": "blue"}),
    "has_header_divider": True,
    "width": "narrow",
    "child_blocks": [{"type": "section", "text": mrk("It cannot be folded up.")}],
}
DATA_TABLE: Json = {
    "type": "data_table",
    "caption": "Open incidents",
    "page_size": 3,
    "rows": [
        [raw("Id"), raw("What"), raw("Minutes")],
        *(
            [raw(f"INC-{number}"), rich(words("Checkout fails")), figure(number * 7)]
            for number in range(1, 9)
        ),
    ],
}
WEEKS = ["W44", "W45", "W46", "W47"]


def series(name: str, *values: float) -> Json:
    """A series over some weeks."""
    data = [{"label": week, "value": value} for week, value in zip(WEEKS, values, strict=True)]
    return {"name": name, "data": data}


def chart(kind: str) -> Json:
    """Three series over some weeks."""
    several = [series("SEV1", 1, 0, 3, 2), series("SEV2", 4, 6, 2, 5.5), series("Change", -2, 1, -1, 3)]
    axes = {"categories": WEEKS, "x_label": "Week", "y_label": "Incidents"}
    drawn = {"type": kind, "series": several, "axis_config": axes}
    return {"type": "data_visualization", "title": f"Incidents, {kind}", "chart": drawn}


PIE: Json = {
    "type": "data_visualization",
    "title": "Causes",
    "chart": {
        "type": "pie",
        "segments": [
            {"label": "Deploys", "value": 12},
            {"label": "Configuration", "value": 7},
            {"label": "Capacity", "value": 4},
            {"label": "Unknown", "value": 1},
        ],
    },
}
SOURCES = [{"type": "url", "url": "https://example.com", "text": "The runbook"}]
PLAN: Json = {
    "type": "plan",
    "title": "Opening the war room",
    "tasks": [
        {
            "task_id": "room",
            "title": "Channel",
            "status": "complete",
            "output": rich(words("#inc-12")),
            "sources": SOURCES,
        },
        {
            "task_id": "people",
            "title": "Invitations",
            "status": "in_progress",
            "details": rich(words("3 of 5")),
        },
        {"task_id": "page", "title": "Status page", "status": "error"},
        {"task_id": "call", "title": "Call", "status": "pending"},
    ],
}
TASK: Json = {"type": "task_card", "task_id": "t", "title": "Timeline written", "status": "complete"}
ALERTS: list[Json] = [
    {"type": "alert", "level": level, "text": mrk("This pages *17 people*.")}
    for level in ("default", "info", "warning", "error", "success")
]
ENTITY: Json = {
    "entity_type": "slack#/entities/incident",
    "url": "https://example.com/inc/12",
    "external_ref": {"id": "INC-12"},
    "entity_payload": {
        "attributes": {"title": {"text": "Checkout fails"}, "display_id": "INC-12"},
        "fields": {
            "status": {"value": "Mitigating", "tag_color": "yellow"},
            "assigned_to": {"user": {"user_id": "U1"}, "type": "slack#/types/user"},
            "date_created": {"value": 1_764_072_000, "type": "slack#/types/timestamp"},
        },
        "custom_fields": [
            {"key": "links", "label": "Link", "type": "string", "value": "Graph", "link": "https://example.com"},
            {"key": "teams", "label": "Teams", "type": "array", "value": ["Payments", {"value": "Search"}]},
        ],
        "display_order": ["teams", "status"],
        "actions": {"primary_actions": [{"text": "Take command", "action_id": "a"}], "overflow_actions": []},
    },
}  # fmt: skip

#: Messages, each within its limits.
MESSAGES: list[list[Json]] = [
    [*HEADERS, TAGS, MENTIONS],
    [CARD, PICTURED, CAROUSEL],
    [CONTAINER, FOLDED, FIXED],
    [TABLE, DATA_TABLE],
    [chart("bar"), chart("line")],
    [chart("area"), PIE],
    [PLAN, TASK],
]
MODAL: list[Json] = [*ALERTS, HEADERS[0], CARD, TAGS]
HOME: list[Json] = [
    HEADERS[0], CARD, CAROUSEL, CONTAINER, TABLE, DATA_TABLE, chart("bar"), PIE, TAGS,
]  # fmt: skip
