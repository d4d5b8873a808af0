"""Shows one effect: from the present state to the call that shows it, and its answer."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from pydantic import ValidationError
from sqlmodel.ext.asyncio.session import AsyncSession
from structlog.contextvars import bind_contextvars

from bot.core.templates import TemplateBrokenError
from bot.engine.delivery.attempts import Attempt
from bot.engine.delivery.effect_source import Gathered, Subjects
from bot.engine.delivery.handler import Handler
from bot.engine.store import leases, outcomes
from bot.engine.store.codec import OtherReleaseError
from bot.engine.store.tables import EffectRow
from bot.ports.port import Call, Dead, Delivered, Perform, Result, Retry

LONGEST_CALL = leases.LEASE.total_seconds() * 0.75

_OTHER_RELEASE = Retry("other_release", after=outcomes.LONGEST_PAUSE)


class Sender:
    """Shows effects.

    Args:
        subjects: the subjects whose effects are shown, by name.
        performs: the functions that do the calls, each for one outside world, by its key.
    """

    def __init__(self, subjects: Subjects, performs: Mapping[str, Perform]) -> None:
        self._subjects = subjects
        self._performs = performs

    def decoded(self, row: EffectRow) -> Any | None:
        """The effect of a row; None if the row is damaged, or of a kind that this release does not know."""
        source = self._subjects.get(row.subject)
        try:
            return source.registry.decode(row.kind, row.payload) if source else None
        except (LookupError, ValidationError):
            return None

    async def gather(
        self, session: AsyncSession, begun: Sequence[tuple[EffectRow, Any]], now: datetime
    ) -> Mapping[str, Gathered]:
        """What these effects need to be rendered, by subject."""
        gathered = {}
        for name, source in self._subjects.items():
            pairs = [(row, effect) for row, effect in begun if effect is not None and row.subject == name]
            if pairs:
                gathered[name] = await source.gather(session, pairs, now)
        return gathered

    async def deliver(self, row: EffectRow, effect: Any | None, gathered: Gathered | None) -> Attempt:
        """Deliver one effect, from the state to the call. If this ends early for any reason, the lease covers it."""
        number = gathered.number(row) if gathered else None
        bind_contextvars(effect=row.id, kind=row.kind, incident=number)  # for the log lines of this task only
        if effect is None or gathered is None:
            return Attempt(row, None, self._unread(row), number)
        handler = self._subjects[row.subject].registry.of(effect)
        try:
            if handler.lengthy:
                call = await asyncio.to_thread(_put_in_words, handler, row, effect, gathered)
            else:
                call = _put_in_words(handler, row, effect, gathered)
        except OtherReleaseError:
            return Attempt(row, effect, _OTHER_RELEASE, number)
        except (TemplateBrokenError, LookupError, ValueError, ValidationError) as error:
            # The error's own text may contain what a person typed, which would then be in the logs.
            reason = str(error) if isinstance(error, TemplateBrokenError) else type(error).__name__
            return Attempt(row, effect, Dead(f"cannot be rendered: {reason}"), number)
        result: Result = Delivered() if call is None else await self._call(call, doubt=row.doubt)
        return Attempt(row, effect, result, number)

    def _unread(self, row: EffectRow) -> Result:
        """The result for an unreadable row. One of an unknown kind waits for a replica of the release that wrote it."""
        source = self._subjects.get(row.subject)
        is_known = source is not None and source.registry.by_kind(row.kind) is not None
        return Dead("cannot be read") if is_known else _OTHER_RELEASE

    async def _call(self, call: Call, *, doubt: bool) -> Result:
        """The result of a call. However many requests a call takes, it ends before the lease does."""
        try:
            async with asyncio.timeout(LONGEST_CALL):
                return await self._performs[call.port](call, doubt)
        except TimeoutError:
            return Retry("took_too_long", doubt=True)


def _put_in_words(handler: Handler[Any, Any], row: EffectRow, effect: Any, gathered: Gathered) -> Call | None:
    return handler.render(effect, gathered.render_context(row, effect))
