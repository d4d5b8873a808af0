"""Lets the morning digest be posted: once a day, however many replicas there are and however often they start."""

from collections.abc import Callable
from datetime import date, datetime

from bot.engine.store.acts import Act
from bot.engine.store.database import Database
from bot.incident.domain.digest import due_digest
from bot.incident.domain.effects import PostDigest
from bot.incident.effects.installation import Installation
from bot.incident.effects.writer import Incidents
from bot.incident.store import incidents

_LOOKED_AT = 200  # open incidents among which one must have been open when the digest was due


class Digests:
    """Asks at each tick whether the digest is due.

    The digest belongs to no incident. Its effect waits in the outbox with the worst one that is open, and its key in the
    database is the day: whoever comes second adds nothing.

    Args:
        database: where incidents are stored.
        acts: adds the effect.
        team: the workspace.
        installation: returns what counts now: the policy says when, the incidents channel is where.
    """

    def __init__(
        self, database: Database, acts: Incidents, team: str, installation: Callable[[], Installation]
    ) -> None:
        self._database = database
        self._acts = acts
        self._team = team
        self._installation = installation
        self._last: date | None = None  # of this process, so that it asks the database only once a day

    async def tick(self, now: datetime) -> None:
        """Let it be posted if it is due at this time (UTC) and an incident that everybody may see was open then."""
        installation = self._installation()
        when = installation.policy.digest if installation.incidents_channel else None
        due = due_digest(when, now) if when else None
        if due is None or due.day == self._last:
            return
        async with self._database.reading() as session:
            listed = await incidents.open_to_all(session, self._team, _LOOKED_AT)
        open_then = [each.incident for each in listed.worst if each.incident.opened_at <= due.at]
        if open_then:
            act = Act(id=f"digest:{due.day}", team=self._team, now=now, permanent=True)
            await self._acts.show(act, open_then[0].number, [PostDigest(due.at)])
        self._last = due.day
