"""What `warroom doctor` says about the retention and about forgotten people."""

from collections.abc import AsyncIterator

from bot.core.retention import Terms
from bot.engine.findings import Finding
from bot.engine.retention import Retention
from bot.engine.store import forgettings, streams
from bot.engine.store.database import Database
from bot.subjects import SUBJECTS


async def check(database: Database, team: str, terms: Terms) -> AsyncIterator[Finding]:
    """What the retention has to do, and whether a person is only partly forgotten."""
    async with database.reading() as session:
        teams = [team] if team else await streams.teams(session)
        begun = sum([await forgettings.unfinished(session, each) for each in teams])
    if begun:
        yield Finding(
            "a person is only partly forgotten",
            "It was interrupted: run `warroom forget` for the same person again.",
        )
    if terms.redact_after is None:
        yield Finding("retention: people, words and links are kept for ever, as the policy says")
        return
    of = {name: each.streams for name, each in SUBJECTS.items()}
    now = await database.now()
    due = sum([await Retention(database, each, of, lambda: terms).count(now) for each in teams])
    yield Finding(f"retention: after {terms.redact_after.days} days; {due} due, {len(terms.keep)} on hold")
