"""A dispatcher that counts acts and logs one line for each, with its outcome and duration."""

import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Literal

import structlog
from structlog.contextvars import bind_contextvars

from bot.core.channels import FindChannel, nothing_is_known
from bot.core.metrics import ActResult, Metrics
from bot.core.people import FindPerson
from bot.core.templates import Templates
from bot.engine.acts.acts import Acts
from bot.engine.store.database import Database
from bot.incident.commands import parsing
from bot.incident.commands.registry import BUTTONS, FORMS, SHORTCUTS
from bot.incident.commands.request import Request
from bot.incident.dispatch.answers import Answer
from bot.incident.dispatch.dispatcher import Dispatcher
from bot.incident.dispatch.home import FindProblems, no_problems
from bot.incident.dispatch.neighbours import ALONE, Neighbours
from bot.incident.views.modals.updates import TEXTS

Kind = Literal["word", "button", "form", "shortcut"]

log = structlog.get_logger(__name__)


class InstrumentedDispatcher(Dispatcher):
    """Like `Dispatcher`. Of the text that people typed, only known commands appear; all else appears as `other`."""

    def __init__(
        self,
        database: Database,
        acts: Mapping[str, Acts[Any, Any]],
        find_person: FindPerson,
        templates: Callable[[], Templates],
        metrics: Metrics,
        *,
        find_channel: FindChannel = nothing_is_known,
        find_problems: FindProblems = no_problems,
        neighbours: Neighbours = ALONE,
    ) -> None:
        super().__init__(
            database,
            acts,
            find_person,
            templates,
            find_channel=find_channel,
            find_problems=find_problems,
            neighbours=neighbours,
        )
        self._metrics = metrics

    async def command(self, request: Request) -> Answer:
        """Answer `/incident …`."""
        typed = parsing.parse(request.text)
        known = typed.command.name if typed.command else "other" if typed.name else "menu"
        return await self._measured("word", known, request, super().command(request))

    async def button(self, action_id: str, request: Request) -> Answer:
        """Answer a press of a button in a message."""
        known = action_id if action_id in BUTTONS else "other"
        return await self._measured("button", known, request, super().button(action_id, request))

    async def form(self, callback_id: str, request: Request) -> Answer:
        """Answer a form that was submitted."""
        known = callback_id if callback_id in FORMS else "other"
        return await self._measured("form", known, request, super().form(callback_id, request))

    async def shortcut(self, callback_id: str, request: Request) -> Answer:
        """Answer a global or message shortcut, or a pushpin."""
        known = callback_id if callback_id in SHORTCUTS else "other"
        return await self._measured("shortcut", known, request, super().shortcut(callback_id, request))

    async def _measured(self, kind: Kind, name: str, request: Request, doing: Awaitable[Answer]) -> Answer:
        bind_contextvars(request=request.id)
        begun = time.perf_counter()
        outcome: ActResult = "failed"  # unless the act returns
        try:
            answer = await doing
            outcome = "refused" if answer.refused else "done"
        finally:
            seconds = round(time.perf_counter() - begun, 4)
            self._metrics.commanded(kind, name, outcome)
            tell = log.debug if name in TEXTS else log.info  # a line for each typed character is too much
            tell("act.answered", kind=kind, name=name, outcome=outcome, seconds=seconds)
        return answer
