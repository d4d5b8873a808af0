"""People's actions on views: submit and close modals, and open the Home tab (Slack docs, modals)."""

from typing import Any

from bot.sandbox.blocks import validate
from bot.sandbox.blocks.elements import elements_of, interactive, value_of
from bot.sandbox.channels.direct_messages import direct_channel
from bot.sandbox.core.errors import ActionRefused, SlackError
from bot.sandbox.delivery import events
from bot.sandbox.people.actor import Actor
from bot.sandbox.people.choices import read_choice
from bot.sandbox.people.input_checks import problem_with
from bot.sandbox.people.suggestions import offers
from bot.sandbox.people.surfaces import surface_of_view, visible_modal


async def submit(actor: Actor) -> None:
    """Fill in the visible view and submit it, after the checks of Slack's client."""
    view = visible_modal(actor)
    await fill_in(actor, view)
    if not view["submit"] and not any(block["type"] == "input" for block in view["blocks"]):
        raise ActionRefused("not_submittable: this view has no submit button")
    if problems := _problems(view):
        actor.workspace.views.refuse(actor.user.id, problems)
        return
    payload = {
        **actor.identity(),
        "type": "view_submission",
        "trigger_id": actor.trigger(),
        "view": view,
        "response_urls": _response_urls(actor, view),
    }
    answer = await actor.courier.ask("interactive", payload)
    try:
        _follow(actor, view, answer)
    except SlackError as error:
        details = "; ".join(error.extra.get("response_metadata", {}).get("messages", []))
        raise ActionRefused(
            f"{error.code}: the app answered with a view that Slack refuses {details}"
        ) from error


async def close(actor: Actor) -> None:
    """Close the visible view, or with `all` the whole modal."""
    views, user_id = actor.workspace.views, actor.user.id
    view = visible_modal(actor)
    cleared = bool(actor.details.get("all")) or bool(view["clear_on_close"])
    closed = list(reversed(views.stack(user_id))) if cleared else [view]
    if cleared:
        views.clear(user_id)
    else:
        views.close_top(user_id)
    for gone in closed:
        if gone["notify_on_close"]:
            # Slack does not tell what was typed in a view that is closed.
            view = {**gone, "state": {"values": {}}}
            payload = {**actor.identity(), "type": "view_closed", "view": view, "is_cleared": cleared}
            await actor.courier.ask("interactive", payload)


async def open_home(actor: Actor) -> None:
    """Open the app's Home tab."""
    workspace = actor.workspace
    channel = direct_channel(workspace, [actor.user.id, workspace.app.bot_user_id])
    event = {
        "type": "app_home_opened",
        "user": actor.user.id,
        "channel": channel.id,
        "tab": "home" if workspace.app.home_tab else "messages",
    }
    home = workspace.views.homes.get(actor.user.id)
    events.emit(workspace, {**event, **({"view": home} if home else {})})


async def fill_in(actor: Actor, view: dict[str, Any]) -> None:
    """Put the action's `values`, by block or action id, into a view's inputs, without telling the app.

    Raises:
        ActionRefused: `values` are no object, or name an input that the view does not have.
    """
    values = actor.details.get("values") or {}
    if not isinstance(values, dict):
        raise ActionRefused("invalid_arguments: values is an object of block or action ids and values")
    values = dict(values)
    surface = surface_of_view(actor, view)
    for block, element in interactive(view["blocks"]):
        block_id, action_id = block["block_id"], element["action_id"]
        state = view["state"]["values"].get(block_id, {})
        if action_id not in state:
            continue
        for key in (block_id, action_id):
            if key in values:
                value = values.pop(key)
                offered = await offers(actor, surface, block, element, value)
                state[action_id] = value_of(element, read_choice(actor, element, value, offered))
    if values:
        raise ActionRefused(f"no_such_input: {', '.join(sorted(values))} is not in this view")


def _problems(view: dict[str, Any]) -> dict[str, str]:
    problems = {}
    for block in view["blocks"]:
        if block["type"] == "input":
            element = elements_of(block)[0]
            entry = view["state"]["values"][block["block_id"]][element["action_id"]]
            if problem := problem_with(element, entry, optional=bool(block.get("optional"))):
                problems[block["block_id"]] = problem
    return problems


def _response_urls(actor: Actor, view: dict[str, Any]) -> list[dict[str, Any]]:
    urls = []
    for block, element in interactive(view["blocks"]):
        if not element.get("response_url_enabled"):
            continue
        entry = view["state"]["values"][block["block_id"]][element["action_id"]]
        channel_id = entry.get("selected_conversation") or entry.get("selected_channel")
        if channel_id:
            url = actor.response_url(actor.workspace.channels[channel_id])
            place = {
                "block_id": block["block_id"],
                "action_id": element["action_id"],
                "channel_id": channel_id,
            }
            urls.append({**place, "response_url": url})
    return urls


def _follow(actor: Actor, view: dict[str, Any], answer: dict[str, Any]) -> None:
    """Apply the app's `response_action`; without one, close the view."""
    views, user_id = actor.workspace.views, actor.user.id
    match answer.get("response_action"):
        case None:
            if view in views.stack(user_id):
                views.close_top(user_id)
        case "clear":
            views.clear(user_id)
        case "errors":
            _show_errors(actor, view, answer.get("errors"))
        case "update":
            validate.check_view(answer.get("view"), actor.workspace.refused_blocks)
            views.update(view, answer["view"])
        case "push":
            validate.check_view(answer.get("view"), actor.workspace.refused_blocks)
            views.push(user_id, answer["view"])
        case unknown:
            raise ActionRefused(f"invalid_response_action: the app answered with {unknown!r}")


def _show_errors(actor: Actor, view: dict[str, Any], errors: Any) -> None:
    inputs = {block["block_id"] for block in view["blocks"] if block["type"] == "input"}
    if not isinstance(errors, dict) or not errors or not set(errors) <= inputs:
        raise ActionRefused("invalid_errors: the app's errors name blocks that are no inputs of this view")
    if not all(isinstance(text, str) for text in errors.values()):
        raise ActionRefused("invalid_errors: the app's errors are no texts")
    actor.workspace.views.refuse(actor.user.id, errors)
