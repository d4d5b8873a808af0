"""An act is carried out once, in one transaction with its trace, which identifies a second delivery."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any, Generic

import structlog
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core import deadline
from bot.core.decider import F, S
from bot.core.decision import Refused
from bot.engine.store import acts, places
from bot.engine.store.acts import Act
from bot.engine.store.database import Database
from bot.engine.store.errors import OutcomeUnknownError
from bot.engine.store.streams import Stored, Streams

log = structlog.get_logger(__name__)

FIRST_COUNTS = " What this form said when it was first sent is recorded, and counts."


class CommittedBy(Enum):
    """Why something is committed."""

    THIS_ACT = "by this act"
    EARLIER_DELIVERY = "by an earlier delivery of the same act"
    DUPLICATE_ACT = "by another act that counts as the same one"
    CORRECTED_FORM = "by the same form, with other contents"


@dataclass(frozen=True)  # without slots, like Entry
class Done(Generic[S]):
    """The act is committed.

    Attributes:
        unshown_warnings: warnings of this stream that its own channel could not show.
        room: the id of the stream's own channel; empty if that is not open.
    """

    stored: Stored[S]
    committed_by: CommittedBy = CommittedBy.THIS_ACT
    unshown_warnings: tuple[Any, ...] = ()
    room: str = ""

    @property
    def repeated(self) -> bool:
        """Whether it was committed before, so that this act has changed nothing."""
        return self.committed_by is not CommittedBy.THIS_ACT


Work = Callable[[AsyncSession], Awaitable[Done[S] | Refused]]


class Idempotency(Generic[S, F]):
    """Carries out each act on the streams of one subject only once.

    Args:
        database: where the streams are stored.
        of: the streams of the subject.
        committed: called after each commit that added effects, so that they are delivered at once.
    """

    def __init__(self, database: Database, of: Streams[S, F], committed: Callable[[], None]) -> None:
        self._database = database
        self._streams = of
        self._committed = committed

    async def do(self, act: Act, work: Work[S]) -> Done[S] | Refused:
        """Do the work and write the act's trace, in one transaction; if there is a trace already, do nothing.

        Raises:
            OutcomeUnknownError: it may be done or not, and the database does not answer.
        """
        try:
            return await self._attempt(act, work, deadline.DONE)
        except OutcomeUnknownError as error:
            log.warning("act.outcome_unknown", error=str(error))
        # The same act arrives again, on another connection. It waits for what the first one has locked. Then it either
        # finds the trace, or the first one is certainly undone.
        try:
            outcome = await self._attempt(act, work, deadline.VERIFIED)
        except (DBAPIError, OSError) as error:
            raise OutcomeUnknownError("no look at the database was possible") from error
        if isinstance(outcome, Done) and outcome.committed_by is CommittedBy.EARLIER_DELIVERY:
            self._committed()
            return replace(outcome, committed_by=CommittedBy.THIS_ACT)
        return outcome

    async def _attempt(self, act: Act, work: Work[S], until: float) -> Done[S] | Refused:
        try:
            async with self._database.writing(until) as session:
                outcome = await self._looked_up(session, act, await work(session))
                if isinstance(outcome, Refused) or outcome.repeated:
                    raise _RollBack  # noqa: TRY301  # leaves the transaction without a commit
        except _RollBack:
            return outcome
        except IntegrityError:
            # On PostgreSQL two replicas may do the same act: the second one fails, and then finds it done.
            async with self._database.reading() as session:
                earlier = await self.earlier(session, act, await acts.traces(session, act))
            if earlier is None:
                raise
            return earlier
        self._committed()
        return outcome

    async def _looked_up(
        self, session: AsyncSession, act: Act, outcome: Done[S] | Refused
    ) -> Done[S] | Refused:
        """The outcome, or the earlier one if a refused act was done before: the rules then refuse to do it twice."""
        if not isinstance(outcome, Refused):
            return outcome
        traces = await acts.traces(session, act)
        if earlier := await self.earlier(session, act, traces):
            return earlier
        if acts.corrects(act, traces):
            return replace(outcome, message=outcome.message + FIRST_COUNTS)
        return outcome

    async def earlier(
        self, session: AsyncSession, act: Act, traces: acts.Traces, *, may_correct: bool = True
    ) -> Done[S] | None:
        """What was done before, if it forbids this act; a correction is not forbidden if `may_correct` is true."""
        committed_by, trace = CommittedBy.EARLIER_DELIVERY, acts.repeats(act, traces)
        if trace is None and not may_correct:
            committed_by, trace = CommittedBy.CORRECTED_FORM, acts.corrects(act, traces)
        if trace is None:
            committed_by, trace = CommittedBy.DUPLICATE_ACT, acts.duplicates(act, traces)
        if trace is None:
            return None
        room = await places.own_channel(session, trace.stream_id)
        return Done(await self._streams.by_id(session, trace.stream_id), committed_by, room=room)


class _RollBack(Exception):  # noqa: N818  # no error: the work must leave nothing behind
    pass
