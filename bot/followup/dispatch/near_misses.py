"""Loads near misses for the handlers that want them. Guests see none but their own."""

from dataclasses import replace

from bot.engine.store import acts, people
from bot.engine.store.database import Database
from bot.followup.commands.near_miss_loaded import Alike
from bot.followup.domain.near_miss import NearMiss
from bot.followup.domain.near_miss_listing import Page, Which, named, parse_listing
from bot.followup.store import near_misses
from bot.followup.views.near_miss_messages import LISTED_MAX
from bot.incident.commands.list import page_of
from bot.incident.commands.request import Request
from bot.incident.dispatch.access import Access


class NearMissLoading:
    """Loads near misses of people's acts.

    Args:
        database: where they are stored.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def one(self, request: Request, access: Access) -> Request:
        """The near miss that a button, a form or the typed text names, if the actor may see it."""
        number = request.metadata.get("near_miss", named(request.text))
        if not isinstance(number, int):
            return request
        async with self._database.autocommitting() as session:
            item = await near_misses.one(session, request.team, number)
        if item is None or not await _may_see(item, request, access):
            return request
        return replace(request, loaded=item)

    async def of_form(self, request: Request, _access: Access) -> Request:
        """The near miss that the form in which a button was pressed has begun.

        Who presses it is not asked: the trace of the form is the proof, and nobody else has that form.
        """
        number = request.metadata.get("near_miss")
        if not isinstance(number, int) or not request.origin.view_id:
            return request
        async with self._database.reading() as session:
            trace = await acts.trace(session, request.team, f"form:{request.origin.view_id}")
            stored = await near_misses.NEAR_MISSES.by_number(session, request.team, number)
        is_its_form = trace is not None and stored is not None and trace.stream_id == stored.id
        return replace(request, loaded=stored.state) if stored and is_its_form else request

    async def alike(self, request: Request, _access: Access) -> Request:
        """Earlier near misses that are similar to what is reported, and whether the reporter may read them.

        A profile that is not known is not looked up: see `Alike`.
        """
        texts = [str(request.fields.get(name, "")) for name in ("title", "summary")]
        async with self._database.autocommitting() as session:
            found = await near_misses.alike(session, request.team, *texts)
            known = (await people.known(session, request.team, [request.actor])).get(request.actor)
        may_be_read = known is not None and known.is_active and not known.is_guest
        return replace(request, loaded=Alike(found, may_be_read=may_be_read))

    async def listed(self, request: Request, access: Access) -> Request:
        """A page of the list that was asked for; of a guest, their own."""
        wanted = parse_listing(request.text, page_of(request))
        if (await access.sight(request))["is_guest"]:
            wanted = replace(wanted, which=Which.MINE)
        async with self._database.autocommitting() as session:
            page: Page = await near_misses.listed(session, request.team, request.actor, wanted, LISTED_MAX)
        return replace(request, loaded=page)


async def _may_see(item: NearMiss, request: Request, access: Access) -> bool:
    if request.actor == item.reported_by:
        return True
    if item.is_withdrawn and request.actor != item.withdrawn_by:
        return False
    return not (await access.sight(request))["is_guest"]
