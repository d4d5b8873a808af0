"""At the start: takes over what other workers have left."""

import structlog

from bot.core.clock import Now
from bot.engine.delivery import worker
from bot.engine.store import leases, streams
from bot.engine.store.database import Database

log = structlog.get_logger(__name__)


async def take_over(database: Database, team: str, now: Now) -> None:
    """Free the leases of dead workers, and correct what a wrong clock has postponed.

    Raises:
        DatabaseUnavailableError: the database cannot be used at the moment.
    """
    async with database.at_the_start():
        moment = await now()
        async with database.writing() as session:
            await leases.take_over(session, team, worker.is_gone)
            await leases.settle(session, team, moment, leases=False)
        async with database.reading() as session:
            others = [each for each in await streams.teams(session) if each != team]
    if others:
        log.warning(
            "warroom.other_workspaces",
            team=team,
            others=others,
            hint="this database also contains their incidents, which are not touched; is it the right database?",
        )
