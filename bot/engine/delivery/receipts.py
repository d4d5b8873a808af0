"""What a delivery leaves behind, whichever effect it was: its handler remembers, and people hear of what failed."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.engine.delivery.handler import Handler
from bot.engine.delivery.marking import Marking, Reminded
from bot.engine.delivery.outgoing import Pairs, Subjects
from bot.engine.delivery.registry import Registry
from bot.engine.store.tables import EffectRow
from bot.ports.port import Dead, Delivered


class Receipts:
    """Writes down, in the transaction that marks the effect, what the answer tells.

    Args:
        subjects: by their names.
        reminded: told of each reminder that was posted how many seconds after its time.
    """

    def __init__(self, subjects: Subjects, reminded: Reminded | None = None) -> None:
        self._subjects = subjects
        self._reminded = reminded
        self._unknown: set[str] = set()

    async def preload(self, session: AsyncSession, marked: Pairs) -> Sequence[object]:
        """Read at once what marking these effects would read one by one."""
        loaded = []
        for name, outgoing in self._subjects.items():
            effects = [effect for row, effect in marked if effect is not None and row.subject == name]
            if effects:
                loaded.append(await outgoing.preload(session, effects))
        return loaded

    async def delivered(
        self, session: AsyncSession, row: EffectRow, effect: Any | None, result: Delivered, now: datetime
    ) -> None:
        """Remember what the receipt tells."""
        if effect is not None:
            await (
                self._registry(row)
                .of(effect)
                .delivered(self._marking(session, row, now), effect, result.receipt)
            )

    async def is_replaced(
        self, session: AsyncSession, row: EffectRow, effect: Any | None, result: Dead, now: datetime
    ) -> bool:
        """Whether what is to be edited is gone, or may not be edited: then it is forgotten, and posted anew."""
        if effect is None:
            return False
        handler = self._registry(row).of(effect)
        if result.reason not in handler.port.unchangeable:
            return False
        return await handler.replaced(self._marking(session, row, now), effect)

    def is_gone(self, row: EffectRow, effect: Any | None, result: Dead) -> bool:
        """Whether what it was about is gone, so that nobody can mend it."""
        return effect is not None and result.reason in self._registry(row).of(effect).port.gone

    async def died(
        self, session: AsyncSession, row: EffectRow, effect: Any | None, result: Dead, now: datetime
    ) -> None:
        """Tell people what they have to do without, and what to do about it."""
        if effect is None:
            return
        registry, marking = self._registry(row), self._marking(session, row, now)
        handler = registry.of(effect)
        await handler.died(marking, effect, result)
        if not handler.is_told or result.people:  # of people it is told by name
            return
        if not self._told_before(handler, result):
            await registry.warn(marking, handler, result.reason)

    def _marking(self, session: AsyncSession, row: EffectRow, now: datetime) -> Marking:
        outgoing = self._subjects[row.subject]
        return Marking(session, row, now, outgoing.registry, outgoing.acts, self._reminded)

    def _registry(self, row: EffectRow) -> Registry:
        return self._subjects[row.subject].registry

    def _told_before(self, handler: Handler[Any, Any], result: Dead) -> bool:
        """What the server does not know at all is reported once, not at every turn."""
        if result.reason != handler.port.unsupported:
            return False
        told = handler.kind in self._unknown
        self._unknown.add(handler.kind)
        return told
