"""All actions of a person, and their results."""

import copy
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from bot.sandbox.core.errors import ActionRefused, SlackError
from bot.sandbox.delivery.courier import Courier
from bot.sandbox.people import (
    accounts,
    canvases,
    channels,
    clicks,
    commands,
    do_not_disturb,
    entities,
    files,
    messages,
    usergroups,
    views,
)
from bot.sandbox.people.actor import Actor
from bot.sandbox.people.see import shown_message
from bot.sandbox.state.user import User
from bot.sandbox.state.workspace import Workspace

# Performs the action; its result is added to the answer.
Action = Callable[[Actor], Awaitable[dict[str, Any] | None]]

ACTIONS: dict[str, Action] = {
    "say": messages.say,
    "reply": messages.reply,
    "edit": messages.edit,
    "delete": messages.delete,
    "forward": messages.forward,
    "react": messages.react,
    "unreact": messages.unreact,
    "pin": messages.pin,
    "unpin": messages.unpin,
    "join": channels.join,
    "leave": channels.leave,
    "invite": channels.invite,
    "remove": channels.remove,
    "archive": channels.archive,
    "unarchive": channels.unarchive,
    "rename": channels.rename,
    "make_private": channels.make_private,
    "deactivate": accounts.deactivate,
    "reactivate": accounts.reactivate,
    "change_role": accounts.change_role,
    "change_group": usergroups.change_group,
    "do_not_disturb": do_not_disturb.change,
    "upload": files.upload,
    "edit_canvas": canvases.edit,
    "delete_canvas": canvases.delete,
    "read": messages.read,
    "open_home": views.open_home,
    "open_entity": entities.open_entity,
    "command": commands.command,
    "shortcut": commands.shortcut,
    "click": clicks.click,
    "choose": clicks.choose,
    "suggest": clicks.suggest,
    "submit": views.submit,
    "close": views.close,
}


async def act(workspace: Workspace, courier: Courier, body: Mapping[str, Any]) -> dict[str, Any]:
    """Perform a person's action, and wait until the app has acknowledged it.

    Args:
        workspace: the workspace.
        courier: delivers to the app.
        body: `user`, `action` and the action's own members.

    Returns:
        What is new for that person, and the `file` of an upload or the `options` of a suggestion. If Slack would have
        shown an error, `ok` is false and `error` has its code.
    """
    before, error, told = workspace.stamp(), None, None
    try:
        user = _person(workspace, body)
        told = await _action(body)(Actor(workspace, courier, user, body))
    except ActionRefused as refusal:
        error = str(refusal)
    except SlackError as refusal:
        error = refusal.code
    outcome: dict[str, Any] = {"ok": error is None, "seq": workspace.revisions.seq, "error": error}
    if error is None or error.startswith("dispatch_failed"):
        outcome |= _news(workspace, user, body.get("channel"), before)
    else:
        outcome |= {"messages": [], "modals": [], "field_errors": {}}
    return outcome | (told or {})


def _person(workspace: Workspace, body: Mapping[str, Any]) -> User:
    user = workspace.user(str(body.get("user")))
    if user.is_bot or user.deleted:
        raise ActionRefused(f"user_not_found: {user.name} is nobody who could do something")
    return user


def _action(body: Mapping[str, Any]) -> Action:
    action = ACTIONS.get(str(body.get("action")))
    if action is None:
        raise ActionRefused(f"unknown_action: {body.get('action')!r}; there are {', '.join(ACTIONS)}")
    return action


def _news(workspace: Workspace, user: User, place: Any, before: str) -> dict[str, Any]:
    shown: list[dict[str, Any]] = []
    if place and not str(place).startswith("@"):
        names = {str(place), str(place).removeprefix("#")}
        channel = next((c for c in workspace.channels.values() if names & {c.id, c.name}), None)
        if channel is not None and workspace.sees(user.id, channel):
            own = [e.message for e in channel.ephemerals if e.to == user.id]
            fresh = [m for m in [*channel.messages.values(), *own] if m["ts"] > before]
            shown = [shown_message(channel, m) for m in sorted(fresh, key=lambda m: str(m["ts"]))]
    return {
        "messages": shown,
        "modals": copy.deepcopy(workspace.views.stack(user.id)),
        "field_errors": dict(workspace.views.field_errors.get(user.id, {})),
    }
