"""Convert Slack's payloads to typed requests. Pure: a dict and a time in, a `Request` out.

Source of the shapes: Slack docs, "Interaction payloads", "Slash commands", "reaction_added", "pin_added",
"app_home_opened".
"""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from slack_bolt.request.internals import extract_team_id

from bot.incident.commands.request import MarkedMessage, Origin, Request
from bot.incident.domain.policy import Policy
from bot.slack import reading
from bot.slack.reading import clean, typed

Payload = Mapping[str, Any]

# The keys under which an input element holds what was typed or chosen, except options (Slack docs, "View submission payload").
HOLDS_A_VALUE = (
    "value",  # text, numbers, addresses
    "selected_user",
    "selected_users",
    "selected_conversation",
    "selected_conversations",
    "selected_channel",
    "selected_channels",
    "selected_date",  # YYYY-MM-DD, without a time zone
    "selected_time",  # HH:mm, in the zone `timezone`, or the person's
    "selected_date_time",  # seconds since 1970
    "rich_text_value",
    "files",
)
NUMBER_DIGITS = 9  # the most digits of an incident's number that fit in the database


def from_command(body: Payload, now: datetime, policy: Policy) -> Request:
    """The request for a slash command. Slack escapes its text; we store it as it was typed."""
    return Request(
        id=f"command:{body['trigger_id']}",
        team=_team(body),
        actor=body["user_id"],
        now=now,
        policy=policy,
        channel=body["channel_id"],
        text=typed(body.get("text", "")),
        origin=Origin(response_url=body.get("response_url", "")),
    )


def from_button(body: Payload, now: datetime, policy: Policy) -> Request:
    """The request for a button. Its value is the incident's number, or the act to continue.

    A button or a field within a form is about what the form is about, and brings what is in the form.
    """
    view = body.get("view") or {}
    if is_form(view):
        return replace(from_form(body, now, policy), id=f"button:{body['trigger_id']}")
    value = str(body["actions"][0].get("value", ""))
    about = _ours(value) if value.startswith("{") else {}
    return Request(
        id=f"button:{body['trigger_id']}",
        team=_team(body),
        actor=body["user"]["id"],
        now=now,
        policy=policy,
        channel=_channel(body),
        number=_number(about.get("number", value)),
        text=str(about.get("text", "")),
        sure=bool(about.get("sure")),
        metadata=about,
        message=_mark(about.get("mark")),
        origin=Origin(response_url=body.get("response_url", "")),
    )


def is_form(view: Payload) -> bool:
    """Whether it is a form, and not the Home tab."""
    return view.get("type") == "modal"


def from_form(body: Payload, now: datetime, policy: Policy) -> Request:
    """The request for a submitted form. The view's id is the idempotency key, so that a double click submits it once."""
    view = body["view"]
    metadata = _ours(view.get("private_metadata") or "{}")
    return Request(
        id=f"form:{view['id']}",
        team=_team(body),
        actor=body["user"]["id"],
        now=now,
        policy=policy,
        channel=str(metadata.get("channel", "")),
        channel_is_verified=False,
        number=_number(metadata.get("number")),
        fields=fields((view.get("state") or {}).get("values", {})),
        metadata=metadata,
        origin=Origin(view_id=view["id"]),
    )


def from_shortcut(body: Payload, now: datetime, policy: Policy, link: str = "") -> Request:
    """The request for a global or message shortcut. `link` is the message's permalink."""
    message = body.get("message")
    channel = _channel(body)
    marked = None
    if message:
        text, thread = reading.read(message).text, message.get("thread_ts", "")
        marked = MarkedMessage(channel, message["ts"], text, thread)
    return Request(
        id=f"shortcut:{body['trigger_id']}",
        team=_team(body),
        actor=body["user"]["id"],
        now=now,
        policy=policy,
        channel=channel,
        metadata={"link": link},
        message=marked,
        origin=Origin(response_url=body.get("response_url", "")),
    )


def from_mark(body: Payload, now: datetime, policy: Policy) -> Request:
    """The request for a reaction or a pin. A reaction's event names the message; a pin's event has all of it."""
    event = body["event"]
    item = event["item"]
    channel = item.get("channel") or event["channel_id"]
    return Request(
        id=f"event:{body['event_id']}",
        team=_team(body),
        actor=event["user"],
        now=now,
        policy=policy,
        channel=channel,
        message=MarkedMessage(
            channel, item.get("ts") or item["message"]["ts"], by_reaction=event["type"] != "pin_added"
        ),
    )


def from_event(body: Payload, now: datetime, policy: Policy) -> Request:
    """The request for an event about a link: who did it, and in which channel, if it was in one."""
    event = body["event"]
    return Request(
        id=f"event:{body['event_id']}",
        team=_team(body),
        actor=event["user"],
        now=now,
        policy=policy,
        channel=str(event.get("channel") or ""),
    )


def from_home(body: Payload, now: datetime, policy: Policy) -> Request:
    """The request for opening the Home tab, with what the tab remembers if it was published before."""
    return Request(
        id=f"event:{body['event_id']}",
        team=_team(body),
        actor=body["event"]["user"],
        now=now,
        policy=policy,
        metadata=_ours((body["event"].get("view") or {}).get("private_metadata") or "{}"),
    )


def from_home_press(body: Payload, now: datetime, policy: Policy) -> Request:
    """The request for a press on the Home tab. Its metadata is which incidents the tab is to show then."""
    request = from_button(body, now, policy)
    action = body["actions"][0]
    shown = _ours((body.get("view") or {}).get("private_metadata") or "{}")
    if chosen := action.get("selected_option"):
        return replace(request, metadata={"show": chosen.get("value")})
    turned = "page" in request.metadata and "show" in request.metadata
    return replace(request, metadata=request.metadata if turned else shown)


def fields(values: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """A form's values by field name, which is both block_id and action_id; empty fields are left out."""
    read = {name: _value(next(iter(state.values()), {})) for name, state in values.items()}
    return {name: value for name, value in read.items() if value not in (None, "", [])}


def first_field(view: Payload) -> str:
    """The form's first field, for errors that are about no particular field; empty if the form has no fields."""
    inputs = (block for block in view.get("blocks", []) if block.get("type") == "input")
    return next((str(block["block_id"]) for block in inputs if block.get("block_id")), "")


def _value(state: Mapping[str, Any]) -> Any:
    """What was typed or chosen in any element; None if nothing was."""
    if "selected_options" in state:
        return [option["value"] for option in state["selected_options"] or []]
    if "selected_option" in state:
        return (state["selected_option"] or {}).get("value")
    value = next((state[key] for key in HOLDS_A_VALUE if key in state), None)
    return clean(value) if isinstance(value, str) else value


def _team(body: Payload) -> str:
    """The workspace that installed the app, as in Bolt's `context.team_id`.

    In a shared channel, `team_id` and the user's team may be those of the person who acts. In an organisation-wide
    installation `team` may be null, and the user's team counts.
    """
    return str(extract_team_id(dict(body)))


def _channel(body: Payload) -> str:
    """The channel of the act; empty for the Home tab and global shortcuts."""
    return str((body.get("channel") or {}).get("id", ""))


def _ours(written: str) -> dict[str, Any]:
    """The JSON object that we stored in a form or button; empty if it is not ours."""
    try:
        read = json.loads(written)
    except (ValueError, RecursionError):
        return {}
    return read if isinstance(read, dict) else {}


def _number(value: object) -> int | None:
    """An incident's number; None if it is not a number."""
    text = str(value)
    return int(text) if text.isdecimal() and len(text) <= NUMBER_DIGITS else None


def _mark(value: object) -> MarkedMessage | None:
    """The message that a button is about: channel and ts, and whether it was marked with a reaction."""
    match value:
        case [str(channel), str(ts), *more]:
            return MarkedMessage(channel, ts, by_reaction=more == [True])
        case _:
            return None
