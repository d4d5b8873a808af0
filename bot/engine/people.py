"""People's profiles: from the database if it has them, otherwise from Slack."""

import asyncio
from collections.abc import Mapping
from datetime import datetime, timedelta

import structlog

from bot.core import deadline
from bot.core.clock import Clock
from bot.core.people import Profile
from bot.engine.store import people
from bot.engine.store.database import Database
from bot.engine.store.errors import TROUBLE
from bot.engine.store.tables import PersonRow
from bot.ports.port import Dead, Delivered, Perform, Result, Retry
from bot.ports.slack.calls import FetchPerson

SAVED_WITHIN = 0.5  # seconds: an act does not need it, and must not wait for it
FRESH = timedelta(days=1)  # people move, and change their names
NO_SUCH_PERSON = frozenset({"user_not_found", "user_not_visible"})  # Slack docs, users.info

log = structlog.get_logger(__name__)


class People:
    """Finds people's profiles.

    Args:
        database: where the profiles that were read before are stored.
        perform: asks Slack for the others, and again if a name and zone are not fresh.
        now: the clock.
        timeout: how long Slack may take, in seconds: somebody waits, and their act must be acked in time.
    """

    def __init__(self, database: Database, perform: Perform, now: Clock, timeout: float) -> None:
        self._database = database
        self._perform = perform
        self._now = now
        self._timeout = timeout
        self._learned: list[PersonRow] = []
        self._writing = asyncio.Lock()

    async def find(self, team: str, person: str) -> Profile | None:
        """A person's profile; None if Slack knows no such person.

        If Slack cannot be asked, the person is taken to exist: an incident does not wait for it.
        """
        async with self._database.autocommitting() as session:
            known = (await people.known(session, team, [person])).get(person)
        if known and known.is_admin is not None and self._now() - known.seen_at < FRESH:
            return _profile(known)
        return await self._asked(team, person, known)

    async def find_now(self, team: str, person: str) -> Profile | None:
        """The same as Slack knows it at this moment, where yesterday's is not enough."""
        async with self._database.autocommitting() as session:
            known = (await people.known(session, team, [person])).get(person)
        return await self._asked(team, person, known)

    async def _asked(self, team: str, person: str, known: PersonRow | None) -> Profile | None:
        result = await self._ask(person)
        if isinstance(result, Dead) and result.reason in NO_SUCH_PERSON:
            return None
        if not isinstance(result, Delivered):
            return _profile(known) if known else Profile(id=person, name=person)
        row = person_row(team, person, result.receipt, self._now())
        await self._remember(row)
        return _profile(row)

    async def _remember(self, row: PersonRow) -> None:
        """Store the profile, so that Slack need not be asked again. If that fails, it is asked again.

        Of many who come at the same time, the next one stores the profiles of all: acts need the database's turns.
        """
        self._learned.append(row)
        async with self._writing:
            rows, self._learned = self._learned, []
            if not rows:
                return
            try:
                async with self._database.with_timeout(SAVED_WITHIN).writing() as session:
                    await people.remember(session, *rows)
            except TROUBLE as error:
                log.warning("people.not_remembered", count=len(rows), error=type(error).__name__)

    async def _ask(self, person: str) -> Result:
        try:
            async with asyncio.timeout(deadline.left(self._timeout, deadline.DONE)):
                return await self._perform(FetchPerson(person), False)  # noqa: FBT003  # `Perform`'s shape
        except TimeoutError:
            return Retry("took_too_long")


def person_row(team: str, person: str, receipt: Mapping[str, str], now: datetime) -> PersonRow:
    """The row of a person, from the receipt of `FetchPerson` at `now` (UTC)."""
    return PersonRow(
        team_id=team,
        user_id=person,
        name=receipt["name"],
        zone=receipt.get("zone", ""),
        is_bot=receipt.get("is_bot") == "yes",
        is_guest=receipt.get("is_guest") == "yes",
        is_active=receipt.get("is_active") != "no",
        is_admin=receipt.get("is_admin") == "yes",
        seen_at=now,
    )


def _profile(row: PersonRow) -> Profile:
    return Profile(
        id=row.user_id,
        name=row.name,
        zone=row.zone,
        is_bot=row.is_bot,
        is_guest=row.is_guest,
        is_active=row.is_active,
        is_admin=bool(row.is_admin),
    )
