"""Modals and inputs for the tests."""

from typing import Any

from bot.sandbox.driver import Person
from tests.sandbox.blocks import plain
from tests.sandbox.recorder import Recorder


async def open_modal(app: Recorder, person: Person, view: dict[str, Any]) -> dict[str, Any]:
    """The person uses a shortcut, the app opens a modal."""
    await person.shortcut("global_help")
    trigger_id = (await app.payload("shortcut"))["trigger_id"]
    opened = await app.client.web_client.views_open(trigger_id=trigger_id, view=view)
    shown: dict[str, Any] = opened["view"]
    return shown


def choice(kind: str, **more: Any) -> dict[str, Any]:
    """An input block with a menu."""
    element = {"type": kind, "action_id": "pick", **more}
    return {"type": "input", "block_id": "menu", "label": plain("Menu"), "element": element}
