"""The names of the people in a pack."""

from collections.abc import Mapping

from bot.engine.store import people
from bot.engine.store.database import Session


async def names_in(session: Session, team: str, ids: set[str]) -> Mapping[str, str]:
    """The names of these people, as far as they are known."""
    found = await people.known(session, team, ids) if ids else {}
    return {person: row.name for person, row in found.items()}
