"""Gathers what a person's Home tab shows, in as few round trips to the database as there are queries."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import datetime

from bot.core.blocks import View
from bot.engine.findings import Finding
from bot.engine.store.database import Database, Session
from bot.incident.commands.request import Request
from bot.incident.dispatch.access import Access
from bot.incident.dispatch.neighbours import FindDuties
from bot.incident.dispatch.permissions import PermissionCheck
from bot.incident.domain.home import PAGE_SIZE, last_page, wanted_of
from bot.incident.domain.incident import Incident
from bot.incident.domain.listing import is_recent
from bot.incident.domain.postmortem_nudges import is_postmortem_nudged
from bot.incident.store import incidents
from bot.incident.views.home import DUTIES_MAX, RECENT_MAX, Tab, home

WAITING_READ = 40  # closed incidents for which the clock waits: those whose postmortem is owed are among them
CLOSED_READ = 12  # of the latest closed incidents: those of the last days are among them

# What keeps messages of this workspace from being shown, at this time (UTC).
FindProblems = Callable[[Session, str, datetime], Awaitable[Sequence[Finding]]]


async def no_problems(_session: Session, _team: str, _now: datetime) -> Sequence[Finding]:
    """Find nothing, where nobody delivers anything."""
    return ()


class Homes:
    """Makes the Home tabs of people.

    Args:
        database: where incidents are stored.
        access: decides what people may see.
        permissions: decides who is an administrator.
        find_problems: finds what administrators should know of.
        more_duties: each finds what a person has to do in another subject.
    """

    def __init__(
        self,
        database: Database,
        access: Access,
        permissions: PermissionCheck,
        find_problems: FindProblems,
        more_duties: Sequence[FindDuties] = (),
    ) -> None:
        self._database = database
        self._access = access
        self._permissions = permissions
        self._find_problems = find_problems
        self._more_duties = more_duties

    async def view(self, request: Request) -> View:
        """The tab of the person who acts. `request.metadata` is what their tab remembers."""
        who, sight = (request.team, request.actor), await self._access.sight(request)
        administers = await self._permissions.may_administer(request)
        wanted = wanted_of(request.metadata)
        async with self._database.autocommitting() as session:
            listed = await incidents.listed(session, *who, wanted, PAGE_SIZE, **sight)
            if wanted.page > last_page(listed.total):  # some were closed since the page before was shown
                wanted = replace(wanted, page=last_page(listed.total))
                listed = await incidents.listed(session, *who, wanted, PAGE_SIZE, **sight)
            duties = await incidents.of_responder(session, *who, DUTIES_MAX, **sight)
            closed = await incidents.lately_closed(session, *who, CLOSED_READ, **sight)
            waiting = await incidents.closed_and_waiting(session, *who, WAITING_READ, **sight)
            problems = await self._find_problems(session, request.team, request.now) if administers else ()
            more = [await find(session, request, sight) for find in self._more_duties]
        owed = [each for each in waiting.worst if _owes(each.incident, request.actor)]
        of_more = (one for each in more for one in each.of)
        self._access.seen(request, [*listed.worst, *duties.worst, *closed.worst, *owed, *of_more])
        recent = [each for each in closed.worst if is_recent(each.incident, request.now)]
        return home(
            Tab(
                person=request.actor,
                listed=listed,
                wanted=wanted,
                duties=duties.worst,
                more_duties=[block for each in more for block in each.blocks],
                recent=recent[:RECENT_MAX],
                owed=sorted(owed, key=lambda each: each.incident.postmortem.due_at or request.now),
                unreadable=sorted({*listed.unreadable, *duties.unreadable, *closed.unreadable}),
                problems=[(each.what, each.remedy) for each in problems],
                policy=request.policy,
                now=request.now,
            )
        )


def _owes(incident: Incident, person: str) -> bool:
    return is_postmortem_nudged(incident) and incident.postmortem_writer == person
