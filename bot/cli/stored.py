"""`warroom postmortem`, `timeline`, `backup`, `outbox retry` and `outbox drop`: commands that need only the database."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from bot.config import Settings
from bot.core.clock import utc_now
from bot.core.errors import WarroomError
from bot.engine.delivery.dead_letters import retry_dead_letters
from bot.engine.store import backup, dead_letters, streams
from bot.engine.store.database import Database, Session
from bot.engine.store.schema import prepare
from bot.engine.store.url import missing_file, parse_url
from bot.followup.reactions import ACTION_ITEMS
from bot.followup.store import slack_lists
from bot.incident.dispatch import offline_postmortem, offline_timeline
from bot.incident.domain.blame import Finding
from bot.incident.domain.export import ExportFormat
from bot.incident.domain.publication.form import PostmortemForm
from bot.starting import load_installation
from bot.subjects import REGISTRIES

TIMEOUT = 600.0  # seconds; only the person who asked waits, and `doctor` may read every history


class NoDatabaseError(WarroomError):
    """There is no database yet."""


class WhichWorkspaceError(WarroomError):
    """The database holds several workspaces, and none was named."""


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Database]:
    """Open the database and upgrade its tables to this release.

    Raises:
        NoDatabaseError: there is none yet; none is created.
        DatabaseUnusableError: it cannot be used.
    """
    if missing := missing_file(parse_url(settings.database_url)):
        raise NoDatabaseError(
            f"there is no database {missing} yet: `warroom run` creates it. If there should be one, check DATABASE_URL."
        )
    async with prepared(settings) as database:
        yield database


@asynccontextmanager
async def prepared(settings: Settings) -> AsyncIterator[Database]:
    """The same; the file of a SQLite database that is not there is created.

    Raises:
        DatabaseUnusableError: it cannot be used.
    """
    database = Database(settings.database_url).with_timeout(TIMEOUT)
    try:
        await prepare(database)
        yield database
    finally:
        await database.close()


async def chosen_teams(session: Session, team: str) -> Sequence[str]:
    """The workspace with this id; without an id, the one that the database holds, or none.

    Raises:
        WhichWorkspaceError: the database holds several, and `team` is empty.
    """
    there = await streams.teams(session)
    if not team and len(there) > 1:
        raise WhichWorkspaceError(
            f"This database holds several workspaces: say which one is meant, as in --team {there[0]}. "
            f"There are {', '.join(there)}."
        )
    return [team] if team else there


async def postmortem(
    settings: Settings, number: int, form: PostmortemForm = PostmortemForm.MARKDOWN, *, redacted: bool = False
) -> bytes | None:
    """The postmortem of an incident in this form; None if there is no incident of this number.

    Raises:
        NoPictureError: the timeline cannot be drawn.
    """
    installation = load_installation(settings)
    async with opened(settings) as database:
        found = await offline_postmortem.read(
            database,
            number,
            installation.policy,
            utc_now(),
            redacted=redacted,
            action_items=ACTION_ITEMS.of_incidents,
        )
    return offline_postmortem.write(found, form, installation.templates) if found else None


async def check_postmortem(settings: Settings, number: int) -> list[Finding] | None:
    """What the reader for blame finds in the draft of an incident; None if there is no incident of this number."""
    installation = load_installation(settings)
    async with opened(settings) as database:
        return await offline_postmortem.check(
            database,
            number,
            installation.templates,
            installation.policy,
            utc_now(),
            action_items=ACTION_ITEMS.of_incidents,
        )


async def timeline(settings: Settings, number: int, form: ExportFormat) -> str | None:
    """The timeline of an incident; None if there is no incident of this number."""
    async with opened(settings) as database:
        return await offline_timeline.write(database, number, form, utc_now())


async def back_up(settings: Settings, file: Path) -> None:
    """Copy the database to a file.

    Raises:
        DatabaseUnusableError: it cannot be copied.
    """
    await asyncio.to_thread(backup.back_up, Database(settings.database_url), file)


async def retry(settings: Settings, team: str = "") -> int:
    """Make the dead letters of a workspace's outbox deliverable again; returns how many there were.

    Args:
        settings: where the database is.
        team: the workspace's id; empty if the database holds only one.

    Raises:
        WhichWorkspaceError: the database holds several, and `team` is empty.
    """
    async with opened(settings) as database:
        now = await database.now()
        async with database.writing() as session:
            chosen = await chosen_teams(session, team)
            for each in chosen:
                await slack_lists.try_again(session, each, now)
            return sum([await retry_dead_letters(session, REGISTRIES, each, now) for each in chosen])


async def drop(settings: Settings, effect: int) -> bool:
    """Drop a dead letter; False if there is none of this number."""
    async with opened(settings) as database:
        now = await database.now()
        async with database.writing() as session:
            return await dead_letters.drop(session, effect, now)
