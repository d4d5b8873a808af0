"""views.*: modals and Home tabs."""

import json
from collections.abc import Callable
from typing import Any

from bot.sandbox.api.call import Call, answers, need_scope
from bot.sandbox.blocks import validate
from bot.sandbox.blocks.elements import interactive
from bot.sandbox.core.errors import SlackError, invalid

# Slack docs, views.open: the size of a view.
LARGEST = 250_000


@answers("views.open")
def open_view(call: Call) -> dict[str, Any]:
    """Show a modal to the person whose interaction gave the trigger id."""
    return _shown(call, call.workspace.views.open)


@answers("views.push")
def push_view(call: Call) -> dict[str, Any]:
    """Put a view on top of the open modal."""
    return _shown(call, call.workspace.views.push)


@answers("views.update")
def update_view(call: Call) -> dict[str, Any]:
    """Give an open view new contents."""
    if not call.args["view_id"] and not call.args["external_id"]:
        raise invalid(["missing required field: view_id or external_id"])
    view = call.workspace.views.find(call.args["view_id"], call.args["external_id"])
    if view is None:
        raise SlackError("not_found")
    spec = _spec(call, view["type"])
    _check_hash(call, view)
    return {"view": call.workspace.views.update(view, spec)}


@answers("views.publish")
def publish_view(call: Call) -> dict[str, Any]:
    """Show a Home tab."""
    spec = _spec(call, "home")
    if not call.workspace.app.home_tab:
        raise SlackError("not_enabled")
    user = call.workspace.users.get(call.args["user_id"])
    if user is None or user.is_bot:
        raise invalid(["invalid user_id [json-pointer:/user_id]"])
    home = call.workspace.views.homes.get(user.id)
    if home is not None:
        _check_hash(call, home)
    return {"view": call.workspace.views.publish(user.id, spec)}


def _shown(call: Call, show: Callable[[str, dict[str, Any]], dict[str, Any]]) -> dict[str, Any]:
    """Show a modal to the person whose interaction gave the trigger; a trigger can be used once."""
    spec = _spec(call, "modal")
    trigger = call.workspace.triggers.check(_trigger_id(call))
    view = show(trigger.user, spec)
    trigger.used = True
    return {"view": view}


def _spec(call: Call, kind: str) -> dict[str, Any]:
    spec: Any = call.args["view"]
    if len(json.dumps(spec).encode()) > LARGEST:
        raise SlackError("view_too_large")
    validate.check_view(spec, call.workspace.refused_blocks)
    if spec["type"] != kind:
        raise invalid([f"must be of type {kind} [json-pointer:/view/type]"])
    # Slack docs, file input element: "your app must have the files:read scope".
    if any(element["type"] == "file_input" for _, element in interactive(spec["blocks"])):
        need_scope(call.workspace, ["files:read"])
    checked: dict[str, Any] = spec
    return checked


def _trigger_id(call: Call) -> str | None:
    trigger_id: str | None = call.args["trigger_id"] or call.args["interactivity_pointer"]
    if not trigger_id:
        raise invalid(["missing required field: trigger_id"])
    return trigger_id


def _check_hash(call: Call, view: dict[str, Any]) -> None:
    if call.args["hash"] and call.args["hash"] != view["hash"]:
        raise SlackError("hash_conflict")
