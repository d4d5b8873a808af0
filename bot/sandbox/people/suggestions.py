"""External selects: the app's options for what a person types (Slack docs, block_suggestion payload)."""

from typing import Any

from bot.sandbox.blocks import validate
from bot.sandbox.core.errors import ActionRefused, SlackError
from bot.sandbox.people.actor import Actor
from bot.sandbox.people.surfaces import Surface

# Slack docs, external select: the number of letters before the app is asked, unless the element has its own.
LETTERS = 3


async def suggestions(
    actor: Actor, surface: Surface, block: dict[str, Any], element: dict[str, Any], query: str
) -> list[dict[str, Any]]:
    """The options that the app offers for these letters; none if there are fewer letters than the element requires.

    Raises:
        ActionRefused: the app did not answer, or with options that cannot be shown.
    """
    if len(query) < element.get("min_query_length", LETTERS):
        return []
    payload = {
        **actor.identity(),
        "type": "block_suggestion",
        **surface.describe(),
        "action_id": element["action_id"],
        "block_id": block["block_id"],
        "value": query,
    }
    payload.pop("response_url", None)
    answer = await actor.courier.ask("interactive", payload)
    try:
        options = validate.check_suggestions(answer)
    except SlackError as error:
        problems = "; ".join(error.extra["response_metadata"]["messages"])
        raise ActionRefused(f"invalid_options: the app's suggestions cannot be shown: {problems}") from error
    _offered(surface, block, element).update({option["value"]: option for option in options})
    return options


async def offers(
    actor: Actor, surface: Surface, block: dict[str, Any], element: dict[str, Any], value: Any
) -> list[dict[str, Any]]:
    """The options from which a person can choose `value`: those they were shown, or else those that the app offers.

    Args:
        actor: the person who chooses.
        surface: the surface.
        block: the element's block.
        element: an external select; for others there are no options here.
        value: the value or the label of an option, or a list of them.
    """
    if "external" not in element["type"]:
        return []
    shown = _offered(surface, block, element)
    for query in value if isinstance(value, list) else [value]:
        known = {name for option in shown.values() for name in (option["value"], option["text"]["text"])}
        if query and str(query) not in known:
            await suggestions(actor, surface, block, element, str(query))
    return list(shown.values())


def _offered(surface: Surface, block: dict[str, Any], element: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The element's initial options and those it has shown since, by value."""
    key = (block["block_id"], element["action_id"])
    if key not in surface.offered:
        initial = element.get("initial_options") or [element.get("initial_option")]
        surface.offered[key] = {option["value"]: option for option in initial if option}
    return surface.offered[key]
