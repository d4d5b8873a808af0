"""Finds the incident of an act for people who may see it: the only way in which an act gets its incident."""

import structlog

from bot.core.people import FindPerson
from bot.engine.store.database import Database
from bot.engine.store.errors import TROUBLE
from bot.incident.commands.request import Request
from bot.incident.domain.access import Viewer, may_see
from bot.incident.domain.incident import Incident
from bot.incident.domain.shortlist import ListedIncident
from bot.incident.store import incidents, rooms
from bot.incident.store.incidents import Stored
from bot.incident.store.presence import Presence

log = structlog.get_logger(__name__)


class Access:
    """Decides which incidents people may see.

    Args:
        database: where incidents are stored.
        find_person: returns a person's profile, or None if there is no such person.
    """

    def __init__(self, database: Database, find_person: FindPerson) -> None:
        self._database = database
        self._find_person = find_person

    async def here(self, request: Request) -> Incident | None:
        """The incident whose war room the act was done in."""
        return await self._found(request, channel=request.channel)

    async def numbered(self, request: Request, number: int) -> Incident | None:
        """The incident with this number. A number proves nothing, wherever it comes from; see `_visible`."""
        return await self._found(request, number=number)

    async def with_room(self, request: Request, number: int) -> ListedIncident | None:
        """The same, with its war room."""
        return await self._listed(request, number=number)

    async def is_guest(self, request: Request) -> bool:
        """Whether the actor is a guest. A person whom Slack does not know counts as one."""
        profile = await self._find_person(request.team, request.actor)
        return profile is None or profile.is_guest

    async def _found(
        self, request: Request, *, number: int | None = None, channel: str = ""
    ) -> Incident | None:
        listed = await self._listed(request, number=number, channel=channel)
        return listed.incident if listed else None

    async def _listed(
        self, request: Request, *, number: int | None = None, channel: str = ""
    ) -> ListedIncident | None:
        async with self._database.reading() as session:
            found = await incidents.found(
                session, request.team, request.actor, number=number, channel=channel
            )
        if found is None or await self._visible(request, *found) is None:
            return None
        stored, presence = found
        return ListedIncident(stored.state, presence.channel)

    async def _visible(self, request: Request, stored: Stored, presence: Presence) -> Incident | None:
        """The incident, or None: people who do not belong to it do not learn that it exists.

        If Slack accepted the act in the war room itself, that is proof enough.
        """
        if request.channel_is_verified and request.channel == presence.channel:
            if not presence.present:
                await self._remember(request, stored)
            return stored.state
        is_guest = False if stored.state.private else await self.is_guest(request)
        viewer = Viewer(request.actor, presence.in_room, is_guest)
        return stored.state if may_see(stored.state, viewer) else None

    async def _remember(self, request: Request, stored: Stored) -> None:
        """Store that they are in the room, so that their forms may come from elsewhere. The act does not need it."""
        try:
            async with self._database.writing() as session:
                await rooms.record_actor(session, stored, request.actor, request.now)
        except TROUBLE as error:
            log.warning("rooms.not_remembered", error=type(error).__name__)
