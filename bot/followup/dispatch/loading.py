"""Loads action items for the handlers that want them: what a person may see follows from their incidents."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from bot.core.decision import Refused
from bot.core.local_time import zone_of
from bot.engine.store.database import Database, Session
from bot.followup.commands.change_arguments import parse_change
from bot.followup.commands.loaded import today_of
from bot.followup.domain.listing import ListedItem, Listing, Which, parse_listing
from bot.followup.domain.tracking import TrackerPolicy
from bot.followup.store import items
from bot.followup.views import lists
from bot.incident.commands.list import page_of
from bot.incident.commands.request import Request
from bot.incident.dispatch.access import Access, Sight
from bot.incident.dispatch.neighbours import Duties

NOT_UNDERSTOOD = "I do not know “{}”. Write `/incident actions`, `actions mine`, `actions overdue`, `actions done` or `actions INC-12`."


class ItemLoading:
    """Loads action items of people's acts.

    Args:
        database: where they are stored.
        tracker: returns what the team has decided about issues, as it counts now.
    """

    def __init__(self, database: Database, tracker: Callable[[], TrackerPolicy]) -> None:
        self._database = database
        self._tracker = tracker

    async def one(self, request: Request, _access: Access) -> Request:
        """The item that a button or a form names, if it belongs to the incident of the act.

        Whether the actor may see that incident was decided before: a number proves nothing.
        """
        number = request.metadata.get("item")
        if request.incident is None or not isinstance(number, int):
            return request
        async with self._database.autocommitting() as session:
            found = await items.numbered(session, request.team, [number])
        mine = [
            replace(each, tracker=self._tracker())
            for each in found
            if each.item.incident == request.incident.number
        ]
        return replace(request, loaded=mine[0] if mine else None)

    async def typed(self, request: Request, access: Access) -> Request:
        """The item that was typed, with its incident, if the actor may see that; unchanged if none was typed."""
        asked = parse_change(request.text)
        if asked is None:
            return request
        async with self._database.autocommitting() as session:
            found = await items.numbered(session, request.team, [asked.number])
        incident = await access.numbered(request, found[0].item.incident) if found else None
        if incident is None:
            return request
        return replace(request, incident=incident, loaded=found[0])

    async def rehearsed(self, request: Request, access: Access) -> Request:
        """The item that the drill of the act tries out, if the actor may see its incident."""
        number = request.incident.rehearses if request.incident else None
        if number is None:
            return request
        async with self._database.autocommitting() as session:
            found = await items.numbered(session, request.team, [number])
        seen = found and await access.numbered(request, found[0].item.incident)
        return replace(request, loaded=found[0]) if seen else request

    async def listed(self, request: Request, access: Access) -> Request:
        """A page of the list that was asked for; a refusal if it was not understood."""
        wanted = parse_listing(request.text, page_of(request))
        if wanted is None:
            return replace(request, loaded=Refused(NOT_UNDERSTOOD.format(request.text[:50])))
        if not request.text.strip() and (here := await access.here(request)):
            wanted = replace(wanted, incident=here.number)
        sight = await access.sight(request)
        async with self._database.autocommitting() as session:
            found = await items.listed(
                session,
                request.team,
                request.actor,
                wanted,
                lists.LISTED_MAX,
                today=today_of(request),
                **sight,
            )
        access.seen(request, found.incidents)
        shown = [replace(each, tracker=self._tracker()) for each in found.page.items]
        return replace(request, loaded=replace(found.page, items=shown))


async def duties(session: Session, request: Request, sight: Sight) -> Duties:
    """The actor's own open items, for the Home tab and for `mine`."""
    utc = request.now.date()
    found = await items.listed(
        session,
        request.team,
        request.actor,
        Listing(Which.MINE),
        lists.DUTIES_MAX,
        today=utc,
        **sight,
    )
    if not found.page.items:
        return Duties()
    page = replace(found.page, today=_today(found.page.items[0], request))
    return Duties(lists.duties(page), found.incidents)


def _today(own: ListedItem, request: Request) -> date:
    zone = zone_of(own.owner_zone or request.policy.time_zone or "UTC")
    return request.now.astimezone(zone).date()
