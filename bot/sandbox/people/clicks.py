"""Clicks and choices on interactive elements (Slack docs, block_actions payload)."""

from typing import Any

from bot.sandbox.blocks.elements import VALUE_FIELDS, find, value_of
from bot.sandbox.core.errors import ActionRefused
from bot.sandbox.people.actor import Actor
from bot.sandbox.people.choices import options_of, pick_option, read_choice
from bot.sandbox.people.suggestions import offers, suggestions
from bot.sandbox.people.surfaces import Surface, surface_of, visible_modal
from bot.sandbox.people.views import fill_in


async def click(actor: Actor) -> None:
    """Press a button; with `confirm: false`, answer its confirm dialog with no.

    For feedback buttons, `value` says which of the two. In a modal, `values` are what its inputs hold, which the app is
    told with the press.
    """
    if actor.details.get("values"):
        await fill_in(actor, visible_modal(actor))
    surface = surface_of(actor)
    block, element = _element(actor, surface)
    if element["type"] == "feedback_buttons":
        await _tell_app(actor, surface, block, element, _feedback(actor, element))
        return
    if element["type"] not in {"button", "workflow_button", "icon_button"}:
        raise ActionRefused(f"not_a_button: {element['action_id']} is a {element['type']}; use choose")
    if _declined(actor, element):
        return
    pressed: dict[str, Any] = {
        key: element[key] for key in ("text", "value", "style", "url") if key in element
    }
    await _tell_app(actor, surface, block, element, pressed)


async def choose(actor: Actor) -> None:
    """Choose or type something; the app gets it at once unless it is in an ordinary input block.

    In a modal, `values` are what its other inputs hold.
    """
    if actor.details.get("values"):
        await fill_in(actor, visible_modal(actor))
    surface = surface_of(actor)
    block, element = _element(actor, surface)
    value = actor.details.get("value")
    if element["type"] == "overflow":
        chosen = {"selected_option": pick_option(options_of(element), value)}
    elif element["type"] in VALUE_FIELDS:
        chosen = await _keep(actor, surface, block, element, value)
    else:
        raise ActionRefused(f"not_a_choice: {element['action_id']} is a {element['type']}; use click")
    quiet = block["type"] == "input" and not block.get("dispatch_action")
    if not quiet and not _declined(actor, element):
        await _tell_app(actor, surface, block, element, chosen)


async def suggest(actor: Actor) -> dict[str, Any]:
    """Type into an external select; returns the options that the app offers."""
    surface = surface_of(actor)
    block, element = _element(actor, surface)
    if "external" not in element["type"]:
        raise ActionRefused(f"not_external: {element['action_id']} is a {element['type']}; use choose")
    query = str(actor.details.get("value") or "")
    return {"options": await suggestions(actor, surface, block, element, query)}


async def _keep(
    actor: Actor, surface: Surface, block: dict[str, Any], element: dict[str, Any], value: Any
) -> dict[str, Any]:
    offered = await offers(actor, surface, block, element, value)
    entry = value_of(element, read_choice(actor, element, value, offered))
    surface.values.setdefault(block["block_id"], {})[element["action_id"]] = entry
    surface.touched()
    return {key: part for key, part in entry.items() if key != "type"}


async def _tell_app(
    actor: Actor, surface: Surface, block: dict[str, Any], element: dict[str, Any], chosen: dict[str, Any]
) -> None:
    action = {
        "type": element["type"],
        "action_id": element["action_id"],
        "block_id": block["block_id"],
        **chosen,
        "action_ts": actor.workspace.stamp(),
    }
    payload = {
        **actor.identity(),
        "type": "block_actions",
        **surface.describe(),
        "trigger_id": actor.trigger(),
        "actions": [action],
    }
    await actor.courier.ask("interactive", payload)


def _element(actor: Actor, surface: Surface) -> tuple[dict[str, Any], dict[str, Any]]:
    action_id = str(actor.need("action_id"))
    found = find(surface.blocks, action_id, actor.details.get("block_id"))
    if found is None:
        raise ActionRefused(f"no_such_element: there is no {action_id!r} here")
    return found


def _feedback(actor: Actor, element: dict[str, Any]) -> dict[str, Any]:
    """The feedback button that was pressed (Slack docs, feedback buttons element)."""
    pressed = pick_option(
        [element["positive_button"], element["negative_button"]], actor.details.get("value")
    )
    return {"text": pressed["text"], "value": pressed["value"]}


def _declined(actor: Actor, element: dict[str, Any]) -> bool:
    return "confirm" in element and actor.details.get("confirm") is False
