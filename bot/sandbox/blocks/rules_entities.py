"""The rules for Work Objects in a message's metadata (Slack docs, implementing Work Objects)."""

from bot.sandbox.blocks.checks import Check, anything, items, members, one_of, string, values

ENTITY_TYPES = tuple(
    f"slack#/entities/{kind}"
    for kind in ("incident", "task", "file", "content_item", "calendar_event", "item")
)
TAG_COLORS = ("red", "yellow", "green", "gray", "blue")
PRIMARY_ACTIONS, OVERFLOW_ACTIONS = 2, 5

_TITLE = members({"text": string(None, 1)}, {}, others=True)
_VALUE: dict[str, Check] = {"tag_color": one_of(*TAG_COLORS)}
_FIELD = members({}, _VALUE, others=True)
_CUSTOM_FIELD = members(
    {"key": string(None, 1), "label": string(None, 1), "type": string(None, 1)}, _VALUE, others=True
)
_BUTTON = members(
    {"text": string(None, 1), "action_id": string(255, 1)},
    {"style": one_of("primary", "danger")},
    others=True,
)
_PAYLOAD = members(
    {"attributes": members({"title": _TITLE}, {}, others=True)},
    {
        "fields": values(_FIELD),
        "custom_fields": items(_CUSTOM_FIELD),
        "display_order": items(string()),
        "actions": members(
            {},
            {
                "primary_actions": items(_BUTTON, PRIMARY_ACTIONS),
                "overflow_actions": items(_BUTTON, OVERFLOW_ACTIONS),
            },
        ),
        "slack_file": anything,
    },
)

ENTITIES: Check = items(
    members(
        {
            "entity_type": one_of(*ENTITY_TYPES),
            "entity_payload": _PAYLOAD,
            "external_ref": members({"id": string(None, 1)}, {"type": string()}),
            "url": string(None, 1),
        },
        {"app_unfurl_url": string()},
    ),
    None,
    1,
)
