"""Decide and commit: a rule's facts, their timeline rows and their effects in one transaction."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import tokens
from bot.domain.cadence import due, kept_by, next_look
from bot.domain.effects import CloseBroadcast, CloseReminder, Effect, Meet, OpenRoom, ShowLink, react_all
from bot.domain.events import Entry, Fact
from bot.domain.incident import Incident, evolve
from bot.domain.policy import Policy
from bot.domain.rules import Decision, Refused
from bot.store import acts, incidents, outbox, people, reminders
from bot.store.database import Database
from bot.store.incidents import Stored
from bot.store.tables import ActRow
from bot.views.facts import sentence


@dataclass(frozen=True, slots=True)
class Done:
    """It is committed. `repeated` says that it was already, by an earlier delivery of the same act."""

    stored: Stored
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class Act:
    """Who does it, when, and the identity by which a second delivery is known.

    Attributes:
        permanent: whether the identity counts for ever; otherwise as long as Slack may deliver it again.
    """

    id: str
    team: str
    now: datetime
    permanent: bool = False


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
        self, act: Act, decide: Callable[[int], Decision], link: ShowLink | None = None
    ) -> Done | Refused:
        """Begin an incident. `link` tells the declarer where its war room is, once it is open."""

        async def begin(session: AsyncSession) -> Stored | Refused:
            number = await incidents.next_number(session, act.team)
            decision = decide(number)
            if isinstance(decision, Refused):
                return decision
            incident, entries = _apply(None, decision)
            look = next_look(incident, self._policy, act.now)
            stored = await incidents.add(session, act.team, incident, look)
            effects = _with_link(react_all(entries, incident), link)
            await self._record(session, stored, entries, effects, act.now)
            return stored

        return await self._once(act, begin)

    async def change(self, act: Act, number: int, decide: Callable[[Incident], Decision]) -> Done | Refused:
        """Change an incident by a rule, which sees the latest state and nobody else's half-done change."""

        async def move(session: AsyncSession) -> Stored | Refused:
            stored = await incidents.lock(session, act.team, number)
            if stored is None:
                return Refused(f"There is no INC-{number}.")
            return await self.move(session, stored, decide, act.now)

        return await self._once(act, move)

    async def show(self, act: Act, number: int, effects: tuple[Effect, ...]) -> Done | Refused:
        """Show something in Slack that is no change of the incident."""

        async def put(session: AsyncSession) -> Stored | Refused:
            stored = await incidents.lock(session, act.team, number)
            if stored is None:
                return Refused(f"There is no INC-{number}.")
            await outbox.put(session, act.team, stored.id, effects, act.now)
            return stored

        return await self._once(act, put)

    async def move(
        self, session: AsyncSession, stored: Stored, decide: Callable[[Incident], Decision], now: datetime
    ) -> Stored | Refused:
        """The change itself, inside a transaction that has locked the incident."""
        decision = decide(stored.incident)
        if isinstance(decision, Refused):
            return decision
        incident, entries = _apply(stored.incident, decision)
        # What is due this moment and not yet claimed must not be overlooked.
        look = now if due(incident, self._policy, now) else next_look(incident, self._policy, now)
        await incidents.save(session, stored, incident, look)
        answers = await _answer_reminders(session, stored, entries, now)
        await self._record(session, stored, entries, (*react_all(entries, incident), *answers), now)
        return Stored(stored.id, stored.team, incident)

    async def _record(
        self,
        session: AsyncSession,
        stored: Stored,
        entries: list[Entry],
        effects: tuple[Effect, ...],
        now: datetime,
    ) -> None:
        await incidents.append(session, stored, entries, now)
        strangers = await _strangers(session, stored, entries)
        await outbox.put(session, stored.team, stored.id, (*effects, *strangers), now)

    async def _once(
        self, act: Act, work: Callable[[AsyncSession], Awaitable[Stored | Refused]]
    ) -> Done | Refused:
        """Do the work and leave the act's trace, in one transaction; or find the trace and do nothing."""
        try:
            async with self._database.writing() as session:
                earlier = await acts.find(session, act.team, act.id)
                if earlier:
                    return Done(await incidents.by_id(session, earlier.incident_id), repeated=True)
                outcome = _or_roll_back(await work(session))
                trace = ActRow(
                    team_id=act.team,
                    act_id=act.id,
                    incident_id=outcome.id,
                    at=act.now,
                    permanent=act.permanent,
                )
                session.add(trace)
        except _RollBack as rolled_back:
            return await self._repeated(act) or rolled_back.refused
        except IntegrityError:
            repeated = await self._repeated(act)
            if repeated is None:
                raise
            return repeated
        self._committed()
        return Done(outcome)

    async def _repeated(self, act: Act) -> Done | None:
        """On PostgreSQL two replicas may be at the same act: whoever comes second finds it done when it stumbles."""
        async with self._database.reading() as session:
            earlier = await acts.find(session, act.team, act.id)
            if earlier is None:
                return None
            return Done(await incidents.by_id(session, earlier.incident_id), repeated=True)


class _RollBack(Exception):  # noqa: N818  # no error: a refusal that must leave nothing behind
    def __init__(self, refused: Refused) -> None:
        super().__init__(refused.message)
        self.refused = refused


def _or_roll_back(outcome: Stored | Refused) -> Stored:
    if isinstance(outcome, Refused):
        raise _RollBack(outcome)
    return outcome


def _apply(incident: Incident | None, facts: tuple[Fact, ...]) -> tuple[Incident, list[Entry]]:
    """The state after these facts, and their timeline entries."""
    entries: list[Entry] = []
    for fact in facts:
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


async def _answer_reminders(
    session: AsyncSession, stored: Stored, entries: list[Entry], now: datetime
) -> list[Effect]:
    """Mark the reminders that these facts answer, and have each of them edited to say so."""
    closing: list[Effect] = []
    for entry in entries:
        for row in await reminders.open_ones(session, stored.id, kept_by(entry.fact)):
            row.answered_at, row.answered_by, row.answered_seq = now, entry.fact.by, entry.seq
            session.add(row)
            await session.flush()
            kind = CloseBroadcast if row.broadcast else CloseReminder
            if row.id is not None:
                closing.append(kind(reminder=row.id))
    return closing


async def _strangers(session: AsyncSession, stored: Stored, entries: list[Entry]) -> list[Effect]:
    """Have the names learned of people who were not met before: the postmortem needs them."""
    seen: list[str] = []
    for entry in entries:
        fact = entry.fact
        seen += [
            fact.by,
            *(str(getattr(fact, name)) for name in ("person", "to", "author") if hasattr(fact, name)),
            *tokens.people(sentence(fact)),
        ]
    met = await people.known(session, stored.team, seen)
    return [Meet(person) for person in dict.fromkeys(seen) if person and person not in met]
