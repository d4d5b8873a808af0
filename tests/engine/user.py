"""A user whose acts are sent to the engine, which is wired as in `bot.app`, without Bolt."""

import itertools
from collections.abc import Mapping
from typing import Any

from bot.core.channels import FindChannel, nothing_is_known
from bot.engine.people import People
from bot.incident.commands.request import MarkedMessage, Origin, Request
from bot.incident.dispatch.answers import Answer
from bot.incident.dispatch.dispatcher import Dispatcher
from bot.subjects import discover_commands
from tests.engine.world import ANNA, TEAM, World

discover_commands()


class User:
    """Sends acts to a world. Each is a new delivery, unless it says which one it repeats."""

    def __init__(
        self, world: World, patience: float = 5.0, find_channel: FindChannel = nothing_is_known
    ) -> None:
        people = People(world.database, world.slack.perform, world.clock, patience)
        self.world = world
        self.dispatcher = Dispatcher(
            world.database,
            world.acts,
            people.find,
            lambda: world.house.templates,
            find_channel=find_channel,
            neighbours=world.neighbours,
        )
        self._ids = itertools.count(1)

    def request(self, **given: Any) -> Request:
        """A request of Anna's, in the war room that was opened first."""
        usual: dict[str, Any] = {
            "id": f"delivery:{next(self._ids)}",
            "team": TEAM,
            "actor": ANNA,
            "now": self.world.clock(),
            "policy": self.world.policy,
            "channel": "CROOM1",
        }
        return Request(**(usual | given))

    async def word(self, text: str, **given: Any) -> Answer:
        """Somebody types `/incident …`."""
        return await self.dispatcher.command(self.request(text=text, **given))

    async def press(self, button: str, number: int | None = 1, **given: Any) -> Answer:
        """Somebody presses a button."""
        return await self.dispatcher.button(button, self.request(number=number, **given))

    async def submit(
        self,
        form: str,
        fields: Mapping[str, Any],
        *,
        view: str = "",
        metadata: Mapping[str, Any] | None = None,
        **given: Any,
    ) -> Answer:
        """Somebody submits a form. `view` is the same if the same form is submitted again."""
        view = view or f"FORM{next(self._ids)}"
        usual: dict[str, Any] = {"id": f"form:{view}", "channel": "", "origin": Origin(view_id=view)}
        request = self.request(**(usual | {"fields": fields, "metadata": metadata or {}} | given))
        return await self.dispatcher.form(form, request)

    async def shortcut(self, name: str, message: MarkedMessage, **given: Any) -> Answer:
        """Somebody uses the shortcut of a message."""
        return await self.dispatcher.shortcut(name, self.request(message=message, **given))


def said(answer: Answer) -> str:
    """What the person reads, wherever it is shown."""
    message = str(answer.message.text) if answer.message else ""
    return " ".join([message, answer.refused.message if answer.refused else "", str(answer.replace or "")])
