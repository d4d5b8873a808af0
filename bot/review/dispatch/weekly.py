"""Lets the pack of a week be posted: once, however many replicas there are, however often and however late they start."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from bot.core.actor import machine
from bot.engine.acts.acts import Acts
from bot.engine.store.acts import Act
from bot.incident.effects.installation import Installation
from bot.review.dispatch.making import Packs
from bot.review.domain.board import again, make
from bot.review.domain.board_policy import DueBoard, board_policy, due_board
from bot.review.domain.board_span import of_week

CLOCK = machine("warroom")


class Weekly:
    """Asks at each tick which pack was due last, and whether it is posted.

    What counts is in the database, not that this process was awake at the right moment: the key of the act is the week, so
    whoever comes second adds nothing, and whoever comes late still posts it.

    Args:
        packs: makes them.
        acts: writes boards.
        team: the workspace.
        installation: returns what counts now: the policy says when and where.
    """

    def __init__(
        self, packs: Packs, acts: Acts[Any, Any], team: str, installation: Callable[[], Installation]
    ) -> None:
        self._packs = packs
        self._acts = acts
        self._team = team
        self._installation = installation
        self._last: DueBoard | None = None  # of this process, so that it asks the database only once

    async def tick(self, now: datetime) -> None:
        """Let it be posted if it is due at this time (UTC)."""
        installation = self._installation()
        when = board_policy(installation.sections)
        channel = (when.channel or installation.incidents_channel) if when else ""
        if when is None or not channel:
            return
        due = due_board(when, now)
        if due == self._last:
            return
        asked = of_week(due.week, when.zone)
        act = Act(id=f"board:{asked.week}", team=self._team, now=now, permanent=True)
        kept = await self._packs.kept(self._team, asked)
        if kept is None:
            pack = await self._packs.make(self._team, asked, now)
            if not pack.is_first_and_empty:
                await self._acts.begin(act, partial(make, pack=pack, channel=channel, by=CLOCK, now=now))
        elif channel not in kept.posted:  # somebody has posted it elsewhere
            await self._acts.change(act, kept.number, partial(again, channel=channel, by=CLOCK, now=now))
        self._last = due
