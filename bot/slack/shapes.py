"""The shape that a payload must have so that Bolt and our listeners can read it. Invalid payloads are rejected here.

Source of the shapes: as in `bot.slack.payloads`. Slack may add fields at any time.
"""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError


class _Shape(BaseModel):
    model_config = ConfigDict(strict=True, defer_build=True)


class _Id(_Shape):
    id: str


class _Command(_Shape):
    command: str
    trigger_id: str
    team_id: str
    user_id: str
    channel_id: str
    text: str = ""
    response_url: str = ""


class _Act(_Shape):
    """An act of a person other than a command."""

    trigger_id: str
    user: _Id
    channel: _Id | None = None
    response_url: str = ""


class _Action(_Shape):
    action_id: str
    block_id: str = ""
    value: str | None = None
    selected_option: "_Option | None" = None


class _Message(_Shape):
    ts: str
    text: str | None = None
    user: str | None = None
    blocks: list[dict[str, Any]] | None = None
    attachments: list[dict[str, Any]] | None = None
    files: list[dict[str, Any]] | None = None


class _Shortcut(_Act):
    callback_id: str
    message: _Message | None = None


class _MessageShortcut(_Shortcut):
    message: _Message
    channel: _Id


class _Option(_Shape):
    value: str


class _Input(_Shape):
    value: str | None = None
    selected_option: _Option | None = None
    selected_options: list[_Option] | None = None
    selected_user: str | None = None
    selected_users: list[str] | None = None
    selected_conversation: str | None = None
    selected_conversations: list[str] | None = None
    selected_channel: str | None = None
    selected_channels: list[str] | None = None
    selected_date: str | None = None
    selected_time: str | None = None
    selected_date_time: int | None = None
    rich_text_value: dict[str, Any] | None = None
    files: list[dict[str, Any]] | None = None


class _State(_Shape):
    values: dict[str, dict[str, _Input]] = {}


class _OpenView(_Shape):
    id: str
    type: str
    private_metadata: str | None = None
    state: _State | None = None


class _View(_OpenView):
    callback_id: str
    blocks: list[dict[str, Any]] = []


class _Button(_Act):
    actions: Annotated[list[_Action], Field(min_length=1)]
    view: _OpenView | None = None


class _Form(_Shape):
    user: _Id
    view: _View


class _EventType(_Shape):
    type: str


class _Event(_Shape):
    event_id: str
    event: _EventType


class _Item(_Shape):
    type: str


class _MessageItem(_Shape):
    channel: str
    ts: str


class _Reaction(_Shape):
    user: str
    reaction: str
    item: _Item


class _MessageEvent(_Shape):
    channel: str
    subtype: str | None = None


class _Edited(_MessageEvent):
    message: _Message
    previous_message: _Message | None = None


class _Deleted(_MessageEvent):
    deleted_ts: str
    previous_message: _Message | None = None


class _Remembering(_Shape):
    private_metadata: str | None = None


class _Home(_Shape):
    user: str
    tab: str = ""
    view: "_Remembering | None" = None


class _Membership(_Shape):
    user: str
    channel: str
    event_ts: Annotated[str, Field(pattern=r"^\d{1,12}(?:\.\d{1,9})?$")]


class _Channel(_Shape):
    channel: str
    user: str = ""


class _Link(_Shape):
    url: str


class _Links(_Shape):
    user: str
    message_ts: str
    channel: str | None = None  # not while the message is still being written
    links: list[_Link]


class _Reference(_Shape):
    id: str


class _Details(_Shape):
    user: str
    trigger_id: str
    channel: str | None = None
    external_ref: _Reference | None = None


class _GroupMembers(_Shape):
    subteam_id: str
    added_users: list[str] = []
    removed_users: list[str] = []


class _Account(_Shape):
    user: _Id


# The kinds that have listeners. A listener for another kind needs a shape here.
_KINDS: dict[str, type[_Shape]] = {
    "command": _Command,
    "block_actions": _Button,
    "message_action": _MessageShortcut,
    "shortcut": _Shortcut,
    "view_submission": _Form,
    "view_closed": _Form,
    "event_callback": _Event,
}
_EVENTS: dict[str, type[_Shape]] = {
    "reaction_added": _Reaction,
    "reaction_removed": _Reaction,
    "message": _MessageEvent,
    "app_home_opened": _Home,
    "member_joined_channel": _Membership,
    "member_left_channel": _Membership,
    "channel_unarchive": _Channel,
    "group_unarchive": _Channel,
    "user_change": _Account,
    "link_shared": _Links,
    "entity_details_requested": _Details,
    "subteam_members_changed": _GroupMembers,
}
_CHANGES: dict[str, type[_Shape]] = {"message_changed": _Edited, "message_deleted": _Deleted}
_REACTIONS = frozenset({"reaction_added", "reaction_removed"})
CHECKS = frozenset({"url_verification", "ssl_check"})  # not acts: Slack checks whether we are there


def kind(body: dict[str, Any]) -> str:
    """Its type in Slack's terms, or `command`; empty if it has none."""
    if "command" in body:
        return "command"
    named_type = body.get("type")
    return named_type if isinstance(named_type, str) else ""


def is_known(body: dict[str, Any]) -> bool:
    """Whether its kind is passed to Bolt."""
    return kind(body) in _KINDS or kind(body) in CHECKS


def is_whole(body: dict[str, Any]) -> bool:
    """Whether it has everything that we read from its kind. From an unknown kind we read nothing."""
    if not kind(body):
        return False
    try:
        _check(body)
    except ValidationError:
        return False
    return True


def _check(body: dict[str, Any]) -> None:
    shape = _KINDS.get(kind(body))
    if shape is None:
        return
    shape.model_validate(body)
    if shape is _Event:
        event = body["event"]
        if event["type"] in _EVENTS:
            _EVENTS[event["type"]].model_validate(event)
        if event["type"] == "message" and event.get("subtype") in _CHANGES:
            _CHANGES[event["subtype"]].model_validate(event)
        if event["type"] in _REACTIONS and event["item"]["type"] == "message":
            _MessageItem.model_validate(event["item"])
