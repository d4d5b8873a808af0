"""From Slack's payloads to typed requests. Pure: a dict and a time in, a `Request` out.

Source of the shapes: Slack docs, "Interaction payloads", "Slash commands", "reaction_added", "app_home_opened".
"""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.commands.request import MarkedMessage, Origin, Request
from bot.domain.policy import Policy
from bot.slack import reading
from bot.slack.reading import typed

Payload = Mapping[str, Any]


def from_command(body: Payload, now: datetime, policy: Policy) -> Request:
    """A slash command. Slack escapes its text; we keep it as it was typed."""
    return Request(
        id=f"command:{body['trigger_id']}",
        team=body["team_id"],
        actor=body["user_id"],
        now=now,
        policy=policy,
        channel=body["channel_id"],
        text=typed(body.get("text", "")),
        origin=Origin(response_url=body.get("response_url", "")),
    )


def from_button(body: Payload, now: datetime, policy: Policy) -> Request:
    """A press of a button; its value is the incident's number, or says what is to be carried on with."""
    value = str(body["actions"][0].get("value", ""))
    about: dict[str, Any] = json.loads(value) if value.startswith("{") else {}
    number = about.get("number", value)
    mark = about.get("mark")
    return Request(
        id=f"button:{body['trigger_id']}",
        team=_team(body),
        actor=body["user"]["id"],
        now=now,
        policy=policy,
        channel=body.get("channel", {}).get("id", ""),
        number=int(number) if str(number).isdecimal() else None,
        text=str(about.get("text", "")),
        sure=bool(about.get("sure")),
        metadata=about,
        message=MarkedMessage(*mark) if mark else None,
        origin=Origin(response_url=body.get("response_url", "")),
    )


def from_form(body: Payload, now: datetime, policy: Policy) -> Request:
    """A submitted form. Its view's id is the act: pressed twice, it is submitted once."""
    view = body["view"]
    metadata = json.loads(view.get("private_metadata") or "{}")
    return Request(
        id=f"form:{view['id']}",
        team=_team(body),
        actor=body["user"]["id"],
        now=now,
        policy=policy,
        channel=str(metadata.get("channel", "")),
        number=metadata.get("number"),
        fields=fields(view.get("state", {}).get("values", {})),
        metadata=metadata,
        origin=Origin(view_id=view["id"]),
    )


def from_shortcut(body: Payload, now: datetime, policy: Policy, link: str = "") -> Request:
    """A global shortcut, or a message's. `link` is the message's permalink."""
    message = body.get("message")
    channel = body.get("channel", {}).get("id", "")
    marked = None
    if message:
        marked = MarkedMessage(channel, message["ts"], reading.read(message).text)
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


def from_reaction(body: Payload, now: datetime, policy: Policy) -> Request:
    """A reaction on a message."""
    event = body["event"]
    item = event["item"]
    return Request(
        id=f"event:{body['event_id']}",
        team=body["team_id"],
        actor=event["user"],
        now=now,
        policy=policy,
        channel=item["channel"],
        message=MarkedMessage(item["channel"], item["ts"]),
    )


def from_home(body: Payload, now: datetime, policy: Policy) -> Request:
    """Somebody opened the Home tab."""
    return Request(
        id=f"event:{body['event_id']}",
        team=body["team_id"],
        actor=body["event"]["user"],
        now=now,
        policy=policy,
    )


def fields(values: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """A form's values by field name, which is both block_id and action_id; empty ones are left out."""
    read = {name: _value(next(iter(state.values()), {})) for name, state in values.items()}
    return {name: value for name, value in read.items() if value not in (None, "", [])}


def first_field(view: Payload) -> str:
    """The form's first field: where an error appears that is about no field in particular."""
    return next(str(block["block_id"]) for block in view["blocks"] if block["type"] == "input")


def _value(state: Mapping[str, Any]) -> Any:
    if "selected_options" in state:
        return [option["value"] for option in state["selected_options"] or []]
    if "selected_option" in state:
        return (state["selected_option"] or {}).get("value")
    for key in ("value", "selected_user", "selected_date_time"):
        if key in state:
            return state[key]
    return None


def _team(body: Payload) -> str:
    """Workspace id. In an organisation-wide install `team` may be null and the user's team counts."""
    team = body.get("team") or {}
    return str(team.get("id") or body["user"]["team_id"])
