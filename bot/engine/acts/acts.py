"""Decide and commit: a rule's facts, their timeline rows and their effects in one transaction."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Generic

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core.decider import Entry, F, S
from bot.core.decision import Refused
from bot.engine.acts.history import Change, History
from bot.engine.acts.idempotency import Done, Idempotency
from bot.engine.store import acts, outbox
from bot.engine.store.act_context import ActContext, read_act_context
from bot.engine.store.acts import Act
from bot.engine.store.database import Database
from bot.engine.store.streams import Stored, Streams

Decide = Callable[[S], Sequence[F] | Refused]
DecideBoth = Callable[[S, S], tuple[Sequence[F], Sequence[F]] | Refused]


def unchanged(effects: Sequence[Any]) -> Sequence[Any]:
    """The effects that the rules call for, unchanged."""
    return effects


class Acts(Generic[S, F]):
    """Carries out acts on the streams of one subject, and is their only writer.

    Attributes:
        streams: the streams of the subject.

    Args:
        database: where the streams are stored.
        history: the subject's rules, and what follows from a change.
        committed: called after each commit that added effects, so that they are delivered at once.
    """

    def __init__(self, database: Database, history: History[S, F], committed: Callable[[], None]) -> None:
        self._history = history
        self.streams = Streams(history.decider)
        self._once = Idempotency(database, self.streams, committed)

    async def begin(
        self,
        act: Act,
        decide: Callable[[int], Sequence[F] | Refused],
        show: Callable[[Sequence[Any]], Sequence[Any]] = unchanged,
    ) -> Done[S] | Refused:
        """Begin a stream.

        Args:
            act: the act, with its actor.
            decide: the rule, which gets the new stream's number.
            show: returns the effects to commit, given those that the rule's facts call for.
        """

        async def begin(session: AsyncSession) -> Done[S] | Refused:
            number = await self.streams.next_number(session, act.team)
            decision = decide(number)
            if isinstance(decision, Refused):
                return decision
            state, entries = self._history.apply(None, decision)
            context = await self._read_context(session, act.team, act, entries, None)
            if earlier := await self._once.earlier(session, act, context.traces, may_correct=False):
                return earlier
            next_look = self._history.next_look(state, act.now)
            stored = await self.streams.add(
                session, act.team, state, entries, next_look_at=next_look, now=act.now
            )
            change = Change(None, stored, entries, context.known_people, act.now)
            await self._commit(session, change, act, context, show)
            return Done(stored)

        return await self._once.do(act, begin)

    async def change(self, act: Act, number: int, decide: Decide[S, F]) -> Done[S] | Refused:
        """Change a stream by a rule, which sees the latest state and no other, unfinished change."""

        async def change(session: AsyncSession) -> Done[S] | Refused:
            stored = await self._locked(session, act.team, number)
            if isinstance(stored, Refused):
                return stored
            return await self._move(session, stored, decide, act.now, act)

        return await self._once.do(act, change)

    async def change_both(
        self, act: Act, number: int, other: int, decide: DecideBoth[S, F]
    ) -> Done[S] | Refused:
        """Change two different streams by one rule, both or neither. The outcome is about the first one.

        They are locked in the order of their numbers, so that two such acts never wait for each other. The rule gives
        facts for both.
        """

        async def change(session: AsyncSession) -> Done[S] | Refused:
            locked: dict[int, Stored[S]] = {}
            for each in sorted((number, other)):
                stored = await self._locked(session, act.team, each)
                if isinstance(stored, Refused):
                    return stored
                locked[each] = stored
            decision = decide(locked[number].state, locked[other].state)
            if isinstance(decision, Refused):
                return decision
            here, there = decision
            await self._move(session, locked[other], lambda _: there, act.now, None)
            return await self._move(session, locked[number], lambda _: here, act.now, act)

        return await self._once.do(act, change)

    async def show(self, act: Act, number: int, effects: Sequence[Any]) -> Done[S] | Refused:
        """Show something without a change of the stream."""

        async def put(session: AsyncSession) -> Done[S] | Refused:
            stored = await self._locked(session, act.team, number)
            if isinstance(stored, Refused):
                return stored
            context = await self._read_context(session, act.team, act, (), stored.id)
            if earlier := await self._once.earlier(session, act, context.traces):
                return replace(earlier, unshown_warnings=context.unshown_warnings)
            await outbox.put(session, self._history.kinds, act.team, stored.id, effects, now=act.now)
            await acts.record(session, act, stored.id, context.traces)
            return Done(stored, unshown_warnings=context.unshown_warnings, room=context.room)

        return await self._once.do(act, put)

    async def move(
        self, session: AsyncSession, stored: Stored[S], decide: Decide[S, F], now: datetime
    ) -> Stored[S] | Refused:
        """Change a stream inside a transaction that has locked it, without a trace of an act."""
        done = await self._move(session, stored, decide, now, None)
        return done if isinstance(done, Refused) else done.stored

    async def _move(
        self, session: AsyncSession, stored: Stored[S], decide: Decide[S, F], now: datetime, act: Act | None
    ) -> Done[S] | Refused:
        decision = decide(stored.state)
        if isinstance(decision, Refused):
            return decision
        state, entries = self._history.apply(stored.state, decision)
        context = await self._read_context(session, stored.team, act, entries, stored.id)
        if act and (earlier := await self._once.earlier(session, act, context.traces)):
            return replace(earlier, unshown_warnings=context.unshown_warnings)
        next_look = self._history.next_look(state, now)
        after = await self.streams.save(session, stored, state, entries, next_look_at=next_look, now=now)
        await self._commit(session, Change(stored, after, entries, context.known_people, now), act, context)
        return Done(after, unshown_warnings=context.unshown_warnings, room=context.room)

    async def _commit(
        self,
        session: AsyncSession,
        change: Change[S, F],
        act: Act | None,
        context: ActContext,
        show: Callable[[Sequence[Any]], Sequence[Any]] = unchanged,
    ) -> None:
        """Write what belongs to the new state and its facts: their effects, and the trace of the act."""
        stored, now = change.after, change.now
        effects = show(self._history.react(change.entries, stored.state))
        followed = await self._history.project(session, change)
        await outbox.put(
            session,
            self._history.kinds,
            stored.team,
            stored.id,
            (*effects, *followed),
            now=now,
            is_first=change.before is None,
        )
        if act:
            await acts.record(session, act, stored.id, context.traces)

    async def _read_context(
        self,
        session: AsyncSession,
        team: str,
        act: Act | None,
        entries: Sequence[Entry[F]],
        stream_id: int | None,
    ) -> ActContext:
        people = self._history.people_in(entries)
        return await read_act_context(session, self._history.kinds, team, act, people, stream_id=stream_id)

    async def _locked(self, session: AsyncSession, team: str, number: int) -> Stored[S] | Refused:
        found = await self.streams.lock(session, team, number)
        return found or Refused(f"There is no {self._history.decider.reference(number)}.")
