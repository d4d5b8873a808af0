"""What a delivery leaves behind, whichever effect it was: its handler remembers, and the room hears of what failed."""

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.application.calls import Dead, Delivered
from bot.application.effects import warn
from bot.application.effects.marking import Marking, Reminded
from bot.application.effects.registry import handler_of
from bot.application.incidents import Incidents
from bot.incident.domain.effects import Effect, Warn
from bot.store.tables import EffectRow

_UNCHANGEABLE = frozenset({"message_not_found", "edit_window_closed", "cant_update_message"})


class Receipts:
    """Writes down, in the transaction that marks the effect, what Slack told.

    Args:
        incidents: puts what was read on the timeline.
        reminded: told of each reminder that stands in Slack, and when (UTC).
    """

    def __init__(self, incidents: Incidents, reminded: Reminded | None = None) -> None:
        self._incidents = incidents
        self._reminded = reminded
        self._unknown: set[str] = set()

    async def delivered(
        self, session: AsyncSession, row: EffectRow, effect: Effect | None, result: Delivered, now: datetime
    ) -> None:
        """Remember what the receipt tells."""
        if effect is not None:
            await handler_of(effect).delivered(self._marking(session, row, now), effect, result.receipt)

    async def is_replaced(
        self, session: AsyncSession, row: EffectRow, effect: Effect | None, result: Dead, now: datetime
    ) -> bool:
        """Whether what is to be edited is gone, or may not be edited: then it is forgotten, and posted anew."""
        if effect is None or result.reason not in _UNCHANGEABLE:
            return False
        return await handler_of(effect).replaced(self._marking(session, row, now), effect)

    async def died(
        self, session: AsyncSession, row: EffectRow, effect: Effect | None, result: Dead, now: datetime
    ) -> None:
        """Tell the war room what it has to do without, and what to do about it."""
        if effect is None:
            return
        handler, marking = handler_of(effect), self._marking(session, row, now)
        await handler.died(marking, effect, result)
        if not handler.is_told or result.people:  # of people it is told by name
            return
        if not self._told_before(handler.kind, result):
            await warn.give(marking, Warn(what=handler.what, reason=result.reason))

    def _marking(self, session: AsyncSession, row: EffectRow, now: datetime) -> Marking:
        return Marking(session, row, now, self._incidents, self._reminded)

    def _told_before(self, kind: str, result: Dead) -> bool:
        """A method that the server does not know is reported once, not at every turn."""
        if result.reason != "unknown_method":
            return False
        told = kind in self._unknown
        self._unknown.add(kind)
        return told
