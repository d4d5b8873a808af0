"""Tracks who is in the war rooms: from Slack's events, and by reading members if events may have been missed."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from bot.core.decision import Refused
from bot.engine.people import person_row
from bot.engine.store import outbox, people, places
from bot.engine.store.acts import Act
from bot.engine.store.database import Database
from bot.incident.domain import rules
from bot.incident.domain.effects import BriefNewcomer, ReadMembers
from bot.incident.domain.vocabulary import RoleEndReason
from bot.incident.effects.leaving import end_roles
from bot.incident.effects.read_members import READ_EVERY
from bot.incident.effects.registry import EFFECTS
from bot.incident.effects.writer import Incidents
from bot.incident.store import incidents, rooms
from bot.ports.port import Delivered

READS_PER_TICK = 1  # sixty a minute; Slack allows a hundred (conversations.members is of tier 4)


class Rooms:
    """Tracks who is in the war rooms of one workspace.

    Args:
        database: where this is stored.
        acts: ends people's roles.
        team: the workspace.
        committed: called after each commit that added effects.
    """

    def __init__(self, database: Database, acts: Incidents, team: str, committed: Callable[[], None]) -> None:
        self._database = database
        self._acts = acts
        self._team = team
        self._committed = committed
        self._missed = True

    def missed(self) -> None:
        """Read every room again from the next tick on, because events may have been missed."""
        self._missed = True

    async def joined(
        self, channel: str, person: str, at: datetime, now: datetime, *, is_bot: bool = False
    ) -> None:
        """Note that a person joined a channel at a time, and tell them how it stands.

        If the bot itself came back, read who is there.
        """
        if not await self._is_own(channel):
            return
        async with self._database.writing() as session:
            stored = await rooms.of_channel(session, self._team, channel)
            if stored is None:
                return
            await rooms.record_presence(session, stored, person, at, present=True)
            if is_bot:
                await rooms.schedule_read(session, stored.id, now)
        if not is_bot and not stored.state.is_closed:
            # Slack may send the event again: each coming is one act.
            act = Act(id=f"joined:{channel}:{person}:{at.timestamp()}", team=self._team, now=now)
            await self._acts.show(act, stored.state.number, [BriefNewcomer(person)])

    async def left(self, channel: str, person: str, at: datetime, now: datetime) -> None:
        """Note that a person left a channel, or was removed: their roles in its incident end."""
        if not await self._is_own(channel):
            return
        async with self._database.writing() as session:
            stored = await rooms.of_channel(session, self._team, channel)
            if stored and await rooms.record_presence(session, stored, person, at, present=False):
                await end_roles(session, self._acts, stored, {person: RoleEndReason.LEFT}, now)
        self._committed()

    async def unarchived(self, channel: str, person: str, now: datetime) -> None:
        """Somebody has unarchived a channel; empty if Slack does not say who."""
        if not await self._is_own(channel):
            return
        async with self._database.writing() as session:
            stored = await rooms.of_channel(session, self._team, channel)
            if stored is None:
                return
            unarchived = partial(rules.room_unarchived, by=person or rules.SLACK, now=now)
            moved = await self._acts.move(session, stored, unarchived, now)
        if not isinstance(moved, Refused):
            self._committed()

    async def changed(self, person: str, profile: Delivered, now: datetime) -> None:
        """Handle a change of an account. A deactivated person counts as gone; one who may join now is invited."""
        row = person_row(self._team, person, profile.receipt, now)
        async with self._database.writing() as session:
            known = (await people.known(session, self._team, [person])).get(person)
            if known:
                await people.remember(session, row)
            if row.is_active and known and (known.is_guest or not known.is_active):
                await rooms.schedule_reads_for(session, self._team, person, now)
        if not row.is_active:
            await self._gone(person, now)

    async def tick(self, now: datetime) -> None:
        """Let the rooms be read that are due."""
        async with self._database.writing() as session:
            if self._missed:
                await rooms.schedule_all_reads(session, self._team, now)
            due = await rooms.claim_reads(session, self._team, now, now + READ_EVERY, READS_PER_TICK)
            await outbox.put_all(session, EFFECTS, [(self._team, each, ReadMembers()) for each in due], now)
        self._missed = False
        if due:
            self._committed()

    async def _is_own(self, channel: str) -> bool:
        """Whether it is the channel of a stream. Most are not, and to know it needs no turn among those who write."""
        async with self._database.reading() as session:
            return await places.of_channel(session, self._team, channel) is not None

    async def _gone(self, person: str, now: datetime) -> None:
        async with self._database.reading() as session:
            numbers = await rooms.of_responder(session, self._team, person)
        for number in numbers:
            async with self._database.writing() as session:
                if stored := await incidents.lock(session, self._team, number):
                    await end_roles(session, self._acts, stored, {person: RoleEndReason.DEACTIVATED}, now)
        self._committed()
