"""Forgets a person: replaces them by a pseudonym everywhere in the database, also while the bot is running."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.core.pseudonyms import Pseudonyms, called
from bot.engine.store import forgettings
from bot.engine.store.database import Database
from bot.engine.store.forgetting import TABLES, AllStreams, Forgetting, Found, Progress
from bot.engine.store.forgettings import InSlack


@dataclass(frozen=True, slots=True)
class Wanted:
    """Who is to be forgotten.

    Attributes:
        person: their id.
        names: what they are called.
        replaces_names: whether the names are replaced, too, where they stand in texts as words.
    """

    person: str
    names: Sequence[str]
    replaces_names: bool = False


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What came of it, or would come of it.

    Attributes:
        pseudonym: what they are called from now on.
    """

    pseudonym: str
    found: Found
    in_slack: InSlack

    @property
    def is_nothing(self) -> bool:
        """Whether the database has nothing of them."""
        return not (self.found.entries or self.found.streams or self.found.rows or self.found.deleted)


def pseudonym(number: int) -> str:
    """What the person is called whose forgetting has this number."""
    return f"Former colleague {number}"


@dataclass(frozen=True, slots=True)
class Forgetter:
    """Forgets one person.

    Attributes:
        database: where.
        team: the workspace.
        streams: the streams of each subject, by its name.
        wanted: who.
    """

    database: Database
    team: str
    streams: AllStreams
    wanted: Wanted

    async def size(self) -> int:
        """How much there is to look at, for a progress bar."""
        async with self.database.reading() as session:
            return await forgettings.count(session, [table.name for table in TABLES])

    async def preview(self, now: datetime, progress: Progress) -> Forgotten:
        """What `forget` would do at this time (UTC); nothing is changed. `progress` is told of what was looked at."""
        async with self.database.reading() as session:
            number = await forgettings.next_number(session, self.team, self.wanted.person)
        work = self._work(number, now, progress, writes=False)
        found = await work.everywhere()
        async with self.database.reading() as session:
            await work.of_people(session, found)
            return Forgotten(pseudonym(number), found, await forgettings.in_slack(session, found.streams))

    async def forget(self, now: datetime, progress: Progress) -> Forgotten:
        """Replace the person everywhere. If it is interrupted, call it again: it goes on with the same pseudonym."""
        async with self.database.writing() as session:
            begun = await forgettings.begin(session, self.team, self.wanted.person, now)
            number, is_new = begun.number, begun.started_at == now
        work = self._work(number, now, progress, writes=True)
        found = await work.everywhere()
        async with self.database.reading() as session:
            shown = await forgettings.in_slack(session, found.streams)
        async with self.database.writing() as session:
            await work.of_people(session, found)
            done = Forgotten(pseudonym(number), found, shown)
            if is_new and done.is_nothing:
                await forgettings.abandon(session, self.team, number)
            else:
                await forgettings.finish(session, self.team, number, sum(found.entries.values()), now)
        return done

    def _work(self, number: int, now: datetime, progress: Progress, *, writes: bool) -> Forgetting:
        names = {self.wanted.person: pseudonym(number)}
        words = called(self.wanted.names, pseudonym(number))
        return Forgetting(
            database=self.database,
            team=self.team,
            streams=self.streams,
            pseudonyms=Pseudonyms(names, words if self.wanted.replaces_names else {}),
            counting=Pseudonyms(names, words),
            writes=writes,
            now=now,
            progress=progress,
        )
