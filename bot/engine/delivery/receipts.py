"""What every delivery has in common: its handler stores the receipt, and people are told of failures."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.engine.delivery.effect_source import Pairs, Subjects
from bot.engine.delivery.handler import Handler
from bot.engine.delivery.registry import Registry
from bot.engine.delivery.transaction import DeliveryTransaction, Reminded
from bot.engine.store.tables import EffectRow
from bot.ports.port import Dead, Delivered


class Receipts:
    """Stores the data of the answer, in the transaction that marks the effect.

    Args:
        subjects: the subjects, by name.
        reminded: called for each posted reminder with its delay in seconds.
    """

    def __init__(self, subjects: Subjects, reminded: Reminded | None = None) -> None:
        self._subjects = subjects
        self._reminded = reminded
        self._unknown: set[str] = set()

    async def preload(self, session: AsyncSession, marked: Pairs) -> Sequence[object]:
        """The rows that marking these effects would otherwise read one by one, read at once."""
        loaded = []
        for name, source in self._subjects.items():
            effects = [effect for row, effect in marked if effect is not None and row.subject == name]
            if effects:
                loaded.append(await source.preload(session, effects))
        return loaded

    async def delivered(
        self, session: AsyncSession, row: EffectRow, effect: Any | None, result: Delivered, now: datetime
    ) -> None:
        """Store the data of the receipt."""
        if effect is not None:
            await (
                self._registry(row)
                .of(effect)
                .delivered(self._transaction(session, row, now), effect, result.receipt)
            )

    async def is_replaced(
        self, session: AsyncSession, row: EffectRow, effect: Any | None, result: Dead, now: datetime
    ) -> bool:
        """Whether the message to edit is gone or cannot be edited: its place is then deleted, and it is posted anew."""
        if effect is None:
            return False
        handler = self._registry(row).of(effect)
        if result.reason not in handler.port.unchangeable:
            return False
        return await handler.replaced(self._transaction(session, row, now), effect)

    def is_gone(self, row: EffectRow, effect: Any | None, result: Dead) -> bool:
        """Whether the thing that the effect is about is gone, so that nobody can repair it."""
        return effect is not None and result.reason in self._registry(row).of(effect).port.gone

    async def died(
        self, session: AsyncSession, row: EffectRow, effect: Any | None, result: Dead, now: datetime
    ) -> None:
        """Tell people what could not be shown, and what to do about it."""
        if effect is None:
            return
        registry, transaction = self._registry(row), self._transaction(session, row, now)
        handler = registry.of(effect)
        await handler.died(transaction, effect, result)
        if not handler.warns_if_dead or result.people:  # people who were not let in are told of by name
            return
        if not self._warned_before(handler, result):
            await registry.warn(transaction, handler, result.reason)

    def _transaction(self, session: AsyncSession, row: EffectRow, now: datetime) -> DeliveryTransaction:
        source = self._subjects[row.subject]
        return DeliveryTransaction(session, row, now, source.registry, source.acts, self._reminded)

    def _registry(self, row: EffectRow) -> Registry:
        return self._subjects[row.subject].registry

    def _warned_before(self, handler: Handler[Any, Any], result: Dead) -> bool:
        """Whether people were told already: what the server does not support is reported once, not at every turn."""
        if result.reason != handler.port.unsupported:
            return False
        before = handler.kind in self._unknown
        self._unknown.add(handler.kind)
        return before
