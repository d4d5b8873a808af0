"""Decide and commit: a rule's facts, their timeline rows and their effects in one transaction."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum

import structlog
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.application.reminders import closed, refreshed
from bot.core import deadline, tokens
from bot.core.decision import Refused
from bot.incident.domain import facts
from bot.incident.domain.cadence import due, next_look, running
from bot.incident.domain.effects import Effect, Meet, OpenRoom, Place, ShowLink, Warn
from bot.incident.domain.incident import Incident, evolve
from bot.incident.domain.policy import Policy
from bot.incident.domain.react import react_all
from bot.incident.domain.rules import Decision
from bot.incident.domain.timeline import Entry
from bot.incident.views.facts import sentence
from bot.store import acts, incidents, outbox, reminders
from bot.store.acts import Act
from bot.store.database import Database
from bot.store.errors import OutcomeUnknownError
from bot.store.incidents import Stored
from bot.store.surroundings import Surroundings, look_around

log = structlog.get_logger(__name__)

# Facts that keep no promise and end none.
_NO_ANSWER = (facts.Noted, facts.MilestoneSet, facts.HandoffOffered, facts.HandoffDeclined)

FIRST_COUNTS = " What this form said when it was first sent is recorded, and counts."


class How(Enum):
    """How it came that something is committed."""

    NOW = "by this act"
    REPEATED = "by an earlier delivery of the same act"
    ALIKE = "by another act that counts as the same one"
    CORRECTED = "by the same form, with other contents"


@dataclass(frozen=True, slots=True)
class Done:
    """It is committed.

    Attributes:
        untold: warnings of this incident that its war room could not be shown.
        room: the channel of its war room; empty where that is not open.
    """

    stored: Stored
    how: How = How.NOW
    untold: tuple[Warn, ...] = ()
    room: str = ""

    @property
    def repeated(self) -> bool:
        """Whether it was committed before, so that this act has changed nothing."""
        return self.how is not How.NOW


Work = Callable[[AsyncSession], Awaitable[Done | Refused]]


class Incidents:
    """The only writer of incidents.

    Args:
        database: where they are kept.
        policy: the promises.
        committed: called after each commit that left effects, so that they are delivered at once.
    """

    def __init__(self, database: Database, policy: Policy, committed: Callable[[], None]) -> None:
        self._database = database
        self._policy = policy
        self._committed = committed

    async def declare(
        self,
        act: Act,
        decide: Callable[[int], Decision],
        link: ShowLink | None = None,
        more: tuple[Effect, ...] = (),
    ) -> Done | Refused:
        """Begin an incident.

        Args:
            act: who does it.
            decide: the rule, which is given the number.
            link: tells the declarer where its war room is, once it is open.
            more: what else is to be shown of it.
        """

        async def begin(session: AsyncSession) -> Done | Refused:
            number = await incidents.next_number(session, act.team)
            decision = decide(number)
            if isinstance(decision, Refused):
                return decision
            incident, entries = _apply(None, decision)
            around = await look_around(session, act.team, act, _people(entries), None)
            if earlier := await _earlier(session, act, around.traces, may_correct=False):
                return earlier
            look = next_look(incident, self._policy, act.now)
            stored = await incidents.add(session, act.team, incident, look)
            effects = (*_with_link(react_all(entries, incident), link), *more, *_strangers(entries, around))
            await incidents.append(session, stored, entries, act.now)
            await outbox.put(session, act.team, stored.id, effects, act.now, is_first=True)
            await acts.leave(session, act, stored.id, around.traces)
            return Done(stored)

        return await self._once(act, begin)

    async def change(self, act: Act, number: int, decide: Callable[[Incident], Decision]) -> Done | Refused:
        """Change an incident by a rule, which sees the latest state and nobody else's half-done change."""

        async def change(session: AsyncSession) -> Done | Refused:
            stored = await incidents.lock(session, act.team, number)
            if stored is None:
                return Refused(f"There is no INC-{number}.")
            return await self._move(session, stored, decide, act.now, act)

        return await self._once(act, change)

    async def show(self, act: Act, number: int, effects: tuple[Effect, ...]) -> Done | Refused:
        """Show something in Slack that is no change of the incident."""

        async def put(session: AsyncSession) -> Done | Refused:
            stored = await incidents.lock(session, act.team, number)
            if stored is None:
                return Refused(f"There is no INC-{number}.")
            around = await look_around(session, act.team, act, (), stored.id)
            if earlier := await _earlier(session, act, around.traces):
                return replace(earlier, untold=around.untold)
            await outbox.put(session, act.team, stored.id, effects, act.now)
            await acts.leave(session, act, stored.id, around.traces)
            return Done(stored, untold=around.untold, room=around.room)

        return await self._once(act, put)

    async def move(
        self, session: AsyncSession, stored: Stored, decide: Callable[[Incident], Decision], now: datetime
    ) -> Stored | Refused:
        """The change itself, inside a transaction that has locked the incident; it leaves no trace of an act."""
        done = await self._move(session, stored, decide, now, None)
        return done if isinstance(done, Refused) else done.stored

    async def _move(
        self,
        session: AsyncSession,
        stored: Stored,
        decide: Callable[[Incident], Decision],
        now: datetime,
        act: Act | None,
    ) -> Done | Refused:
        decision = decide(stored.incident)
        if isinstance(decision, Refused):
            return decision
        incident, entries = _apply(stored.incident, decision)
        around = await look_around(session, stored.team, act, _people(entries), stored.id)
        if act and (earlier := await _earlier(session, act, around.traces)):
            return replace(earlier, untold=around.untold)
        # What is due this moment and not yet claimed must not be overlooked.
        look = now if due(incident, self._policy, now) else next_look(incident, self._policy, now)
        await incidents.save(session, stored, incident, look)
        await incidents.append(session, stored, entries, now)
        answers = await self._answer_reminders(session, stored, incident, entries, now)
        effects = (*react_all(entries, incident), *answers, *_strangers(entries, around))
        await outbox.put(session, stored.team, stored.id, effects, now)
        if act:
            await acts.leave(session, act, stored.id, around.traces)
        return Done(Stored(stored.id, stored.team, incident), untold=around.untold, room=around.room)

    async def _answer_reminders(
        self, session: AsyncSession, before: Stored, incident: Incident, entries: list[Entry], now: datetime
    ) -> list[Effect]:
        """Mark the reminders of promises that are kept now, or over, and bring to date what goes on standing."""
        if all(isinstance(entry.fact, _NO_ANSWER) for entry in entries):
            return []
        rows = (await reminders.standing(session, [before.id])).get(before.id, [])
        if not rows:
            return []
        still = running(incident, self._policy, now)
        effects: dict[tuple[str, bool], list[Effect]] = {}
        for row in rows:
            place = row.promise, row.broadcast  # of each the last counts: 0.2.0 left more than one standing
            if row.promise not in still:
                row.answered_at, row.answered_by, row.answered_seq = now, entries[-1].fact.by, entries[-1].seq
                effects[place] = closed(row)
            elif _says_otherwise(before.incident, incident) or still != running(
                before.incident, self._policy, now
            ):
                effects[place] = refreshed(row)
        return [effect for each in effects.values() for effect in each]

    async def _once(self, act: Act, work: Work) -> Done | Refused:
        """Do the work and leave the act's trace, in one transaction; or find the trace and do nothing.

        Raises:
            OutcomeUnknownError: it may be done or not, and the database does not tell.
        """
        try:
            return await self._attempt(act, work, deadline.DONE)
        except OutcomeUnknownError as error:
            log.warning("act.outcome_unknown", error=str(error))
        # The same act again, on another connection: it waits for what the first left locked, then either finds the
        # trace, or the first one is surely undone.
        try:
            outcome = await self._attempt(act, work, deadline.LOOKED)
        except (DBAPIError, OSError) as error:
            raise OutcomeUnknownError("no look at the database was possible") from error
        if isinstance(outcome, Done) and outcome.how is How.REPEATED:
            self._committed()
            return replace(outcome, how=How.NOW)
        return outcome

    async def _attempt(self, act: Act, work: Work, until: float) -> Done | Refused:
        try:
            async with self._database.writing(until) as session:
                done = _or_roll_back(await _looked_up(session, act, await work(session)))
        except _RollBack as rolled_back:
            return rolled_back.outcome
        except IntegrityError:
            # On PostgreSQL two replicas may be at the same act: whoever comes second finds it done when it stumbles.
            async with self._database.reading() as session:
                earlier = await _earlier(session, act, await acts.traces(session, act))
            if earlier is None:
                raise
            return earlier
        self._committed()
        return done


class _RollBack(Exception):  # noqa: N818  # no error: an outcome that must leave nothing behind
    def __init__(self, outcome: Done | Refused) -> None:
        super().__init__()
        self.outcome = outcome


def _or_roll_back(outcome: Done | Refused) -> Done:
    if isinstance(outcome, Refused) or outcome.repeated:
        raise _RollBack(outcome)
    return outcome


async def _looked_up(session: AsyncSession, act: Act, outcome: Done | Refused) -> Done | Refused:
    """What the rules refuse may have been done by this very act: then they refuse to do it twice."""
    if not isinstance(outcome, Refused):
        return outcome
    traces = await acts.traces(session, act)
    if earlier := await _earlier(session, act, traces):
        return earlier
    if acts.corrects(act, traces):
        return replace(outcome, message=outcome.message + FIRST_COUNTS)
    return outcome


async def _earlier(
    session: AsyncSession, act: Act, traces: acts.Traces, *, may_correct: bool = True
) -> Done | None:
    """What was done before, where that makes it wrong to do this; `may_correct`: not where it only says more."""
    how, trace = How.REPEATED, acts.repeats(act, traces)
    if trace is None and not may_correct:
        how, trace = How.CORRECTED, acts.corrects(act, traces)
    if trace is None:
        how, trace = How.ALIKE, acts.is_like(act, traces)
    if trace is None:
        return None
    places = await incidents.places(session, trace.stream_id)
    room = places[Place.ROOM].channel if Place.ROOM in places else ""
    return Done(await incidents.by_id(session, trace.stream_id), how, room=room)


def _apply(incident: Incident | None, happened: tuple[facts.Fact, ...]) -> tuple[Incident, list[Entry]]:
    """The state after these facts, and their timeline entries."""
    entries: list[Entry] = []
    for fact in happened:
        incident = evolve(incident, fact)
        entries.append(Entry(incident.version, fact))
    if incident is None:
        raise ValueError("a rule answered with no facts and no refusal")
    return incident, entries


def _with_link(effects: tuple[Effect, ...], link: ShowLink | None) -> tuple[Effect, ...]:
    """The link goes right behind the opening of the room: it is what the declarer waits for."""
    if link is None:
        return effects
    place = effects.index(OpenRoom()) + 1
    return (*effects[:place], link, *effects[place:])


def _says_otherwise(before: Incident, after: Incident) -> bool:
    """Whether a reminder of it reads differently after the change."""
    return (before.severity, before.status) != (after.severity, after.status)


def _people(entries: list[Entry]) -> list[str]:
    """Everybody whom these facts name, each once."""
    seen: list[str] = []
    for entry in entries:
        fact = entry.fact
        seen += [fact.by, *facts.named(fact), *tokens.people(sentence(fact))]
    return list(dict.fromkeys(filter(None, seen)))


def _strangers(entries: list[Entry], around: Surroundings) -> list[Effect]:
    """Have the names learned of people who were not met before: the postmortem needs them."""
    return [Meet(person) for person in _people(entries) if person not in around.met]
