"""Decide and commit: a rule's facts, their timeline rows and their effects in one transaction."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.application.acts import Acts, Done
from bot.application.reminders import closed, refreshed
from bot.core import tokens
from bot.core.decision import Refused
from bot.incident.domain import facts
from bot.incident.domain.cadence import due, next_look, running
from bot.incident.domain.decider import INCIDENT
from bot.incident.domain.effects import Effect, Meet, OpenRoom, ShowLink
from bot.incident.domain.incident import Incident
from bot.incident.domain.policy import Policy
from bot.incident.domain.react import react_all
from bot.incident.domain.rules import Decision
from bot.incident.domain.timeline import Entry
from bot.incident.domain.vocabulary import reference
from bot.incident.views.facts import sentence
from bot.store import acts, incidents, outbox, reminders
from bot.store.acts import Act
from bot.store.database import Database
from bot.store.incidents import Stored
from bot.store.surroundings import Surroundings, look_around

# Facts that keep no promise and end none.
_NO_ANSWER = (facts.Noted, facts.MilestoneSet, facts.HandoffOffered, facts.HandoffDeclined)


class Incidents:
    """The only writer of incidents.

    Args:
        database: where they are kept.
        policy: the promises.
        committed: called after each commit that left effects, so that they are delivered at once.
    """

    def __init__(self, database: Database, policy: Policy, committed: Callable[[], None]) -> None:
        self._policy = policy
        self._acts = Acts(database, incidents.INCIDENTS, committed)

    async def declare(
        self,
        act: Act,
        decide: Callable[[int], Decision],
        link: ShowLink | None = None,
        more: tuple[Effect, ...] = (),
    ) -> Done[Incident] | Refused:
        """Begin an incident.

        Args:
            act: who does it.
            decide: the rule, which is given the number.
            link: tells the declarer where its war room is, once it is open.
            more: what else is to be shown of it.
        """

        async def begin(session: AsyncSession) -> Done[Incident] | Refused:
            number = await incidents.next_number(session, act.team)
            decision = decide(number)
            if isinstance(decision, Refused):
                return decision
            incident, entries = INCIDENT.apply(None, decision)
            around = await look_around(session, act.team, act, _people(entries), None)
            if earlier := await self._acts.earlier(session, act, around.traces, may_correct=False):
                return earlier
            look = next_look(incident, self._policy, act.now)
            stored = await incidents.add(session, act.team, incident, look)
            effects = (*_with_link(react_all(entries, incident), link), *more, *_strangers(entries, around))
            await incidents.append(session, stored, entries, act.now)
            await outbox.put(session, act.team, stored.id, effects, act.now, is_first=True)
            await acts.leave(session, act, stored.id, around.traces)
            return Done(stored)

        return await self._acts.once(act, begin)

    async def change(
        self, act: Act, number: int, decide: Callable[[Incident], Decision]
    ) -> Done[Incident] | Refused:
        """Change an incident by a rule, which sees the latest state and nobody else's half-done change."""

        async def change(session: AsyncSession) -> Done[Incident] | Refused:
            stored = await _locked(session, act.team, number)
            if isinstance(stored, Refused):
                return stored
            return await self._move(session, stored, decide, act.now, act)

        return await self._acts.once(act, change)

    async def show(self, act: Act, number: int, effects: tuple[Effect, ...]) -> Done[Incident] | Refused:
        """Show something in Slack that is no change of the incident."""

        async def put(session: AsyncSession) -> Done[Incident] | Refused:
            stored = await _locked(session, act.team, number)
            if isinstance(stored, Refused):
                return stored
            around = await look_around(session, act.team, act, (), stored.id)
            if earlier := await self._acts.earlier(session, act, around.traces):
                return replace(earlier, untold=around.untold)
            await outbox.put(session, act.team, stored.id, effects, act.now)
            await acts.leave(session, act, stored.id, around.traces)
            return Done(stored, untold=around.untold, room=around.room)

        return await self._acts.once(act, put)

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
    ) -> Done[Incident] | Refused:
        decision = decide(stored.state)
        if isinstance(decision, Refused):
            return decision
        incident, entries = INCIDENT.apply(stored.state, decision)
        around = await look_around(session, stored.team, act, _people(entries), stored.id)
        if act and (earlier := await self._acts.earlier(session, act, around.traces)):
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
            elif _says_otherwise(before.state, incident) or still != running(before.state, self._policy, now):
                effects[place] = refreshed(row)
        return [effect for each in effects.values() for effect in each]


async def _locked(session: AsyncSession, team: str, number: int) -> Stored | Refused:
    return await incidents.lock(session, team, number) or Refused(f"There is no {reference(number)}.")


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
