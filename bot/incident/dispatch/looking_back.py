"""Reads the records of many incidents for a look back: only of those that whoever reads the result may see."""

from collections.abc import Sequence
from dataclasses import replace

import structlog

from bot.engine.store.database import Database
from bot.incident.commands.request import LookBack, Request
from bot.incident.dispatch.access import Access
from bot.incident.domain.records import Past
from bot.incident.store import records, work
from bot.incident.store.elsewhere import ReadActionRecords

log = structlog.get_logger(__name__)


class LookingBack:
    """Reads what a `LookBack` wants.

    Args:
        database: where incidents are stored.
        access: decides what the actor may see.
        action_records: reads the records of action items.
    """

    def __init__(self, database: Database, access: Access, action_records: ReadActionRecords) -> None:
        self._database = database
        self._access = access
        self._action_records = action_records

    async def read(self, wanted: LookBack, request: Request) -> Sequence[Past]:
        """What there is of each period, all as of one moment. A look at private ones from outside is recorded in the log."""
        sight = await self._access.sight(request)
        conditions = records.of_viewer(request.actor, **sight)
        if wanted.everybodys:
            conditions = (*conditions, *records.everybodys())
        async with self._database.reading() as session:
            if wanted.work:
                return [
                    Past(work=await work.work(session, request.team, period, conditions))
                    for period in wanted.periods
                ]
            pasts = [
                await records.records(session, request.team, period, conditions, wanted.severity)
                for period in wanted.periods
            ]
            actions = await self._action_records(session, request.team, conditions)
        private = [each.number for past in pasts for each in past.records if each.private]
        if private and sight["sees_private"]:
            log.info("access.private_seen", person=request.actor, incidents=private)
        return [replace(each, actions=actions) for each in pasts]
