"""One effect, from the state of this very moment to the call that shows it, and its answer."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from pydantic import ValidationError
from sqlmodel.ext.asyncio.session import AsyncSession
from structlog.contextvars import bind_contextvars

from bot.core.templates import TemplateBrokenError
from bot.engine.delivery.attempts import Attempt
from bot.engine.delivery.handler import Handler
from bot.engine.delivery.outgoing import Gathered, Subjects
from bot.engine.store import outbox
from bot.engine.store.codec import OtherReleaseError
from bot.engine.store.tables import EffectRow
from bot.ports.port import Call, Dead, Delivered, Perform, Result, Retry

LONGEST_CALL = outbox.LEASE.total_seconds() * 0.75

_OTHER_RELEASE = Retry("other_release", after=outbox.LONGEST_PAUSE)


class Showing:
    """Shows effects.

    Args:
        subjects: whose effects they are, by name.
        performs: do the calls, each those of one outside world, by its key.
    """

    def __init__(self, subjects: Subjects, performs: Mapping[str, Perform]) -> None:
        self._subjects = subjects
        self._performs = performs

    def decoded(self, row: EffectRow) -> Any | None:
        """What is to be shown; None where the row is damaged, or of a kind that this release does not know."""
        outgoing = self._subjects.get(row.subject)
        try:
            return outgoing.registry.decode(row.kind, row.payload) if outgoing else None
        except (LookupError, ValidationError):
            return None

    async def gather(
        self, session: AsyncSession, begun: Sequence[tuple[EffectRow, Any]], now: datetime
    ) -> Mapping[str, Gathered]:
        """What these effects need, by subject."""
        gathered = {}
        for name, outgoing in self._subjects.items():
            pairs = [(row, effect) for row, effect in begun if effect is not None and row.subject == name]
            if pairs:
                gathered[name] = await outgoing.gather(session, pairs, now)
        return gathered

    async def deliver(self, row: EffectRow, effect: Any | None, gathered: Gathered | None) -> Attempt:
        """One effect, from state to call. Its lease covers every way in which this may end early."""
        number = gathered.number(row) if gathered else None
        bind_contextvars(effect=row.id, kind=row.kind, incident=number)  # of this task's log lines alone
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
            # What a person typed may stand in the error's own text, which would end up in logs.
            told = str(error) if isinstance(error, TemplateBrokenError) else type(error).__name__
            return Attempt(row, effect, Dead(f"cannot be rendered: {told}"), number)
        result: Result = Delivered() if call is None else await self._call(call, doubt=row.doubt)
        return Attempt(row, effect, result, number)

    def _unread(self, row: EffectRow) -> Result:
        """What is of a kind that this release does not know waits for a replica of the release that has written it."""
        outgoing = self._subjects.get(row.subject)
        is_known = outgoing is not None and outgoing.registry.by_kind(row.kind) is not None
        return Dead("cannot be read") if is_known else _OTHER_RELEASE

    async def _call(self, call: Call, *, doubt: bool) -> Result:
        """However many requests a call takes, it is over before the lease is."""
        try:
            async with asyncio.timeout(LONGEST_CALL):
                return await self._performs[call.port](call, doubt)
        except TimeoutError:
            return Retry("took_too_long", doubt=True)


def _put_in_words(handler: Handler[Any, Any], row: EffectRow, effect: Any, gathered: Gathered) -> Call | None:
    return handler.render(effect, gathered.scene(row, effect))
