"""Finds the incident of an act for people who may see it: the only way in which an act gets its incident."""

from collections.abc import Sequence
from typing import TypedDict

import structlog

from bot.engine.store.database import Database
from bot.engine.store.errors import TROUBLE
from bot.incident.commands.request import Request
from bot.incident.dispatch.actors import Actors
from bot.incident.domain.access import Viewer, belongs, may_see
from bot.incident.domain.incident import Incident
from bot.incident.domain.permissions import Capability, may
from bot.incident.domain.shortlist import ListedIncident
from bot.incident.store import incidents, rooms
from bot.incident.store.incidents import Stored
from bot.incident.store.presence import Presence

log = structlog.get_logger(__name__)


class Sight(TypedDict):
    """What of a person decides which incidents they find, as arguments of the queries in `store.incidents`."""

    is_guest: bool
    sees_private: bool


class Access:
    """Decides which incidents people may see.

    Args:
        database: where incidents are stored.
        actors: tells what is known of people.
    """

    def __init__(self, database: Database, actors: Actors) -> None:
        self._database = database
        self._actors = actors

    async def here(self, request: Request) -> Incident | None:
        """The incident whose war room the act was done in."""
        return await self._found(request, channel=request.channel)

    async def numbered(self, request: Request, number: int) -> Incident | None:
        """The incident with this number. A number proves nothing, wherever it comes from; see `_visible`."""
        return await self._found(request, number=number)

    async def with_room(self, request: Request, number: int) -> ListedIncident | None:
        """The same, with its war room."""
        return self._looked(request, await self._listed(request, number=number))

    async def from_inside(self, request: Request, number: int) -> Incident | None:
        """The incident with this number, if the actor belongs to it: to see private ones from outside is not enough."""
        listed = await self._listed(request, number=number)
        return None if listed is None or listed.is_seen_from_outside else listed.incident

    async def sight(self, request: Request) -> Sight:
        """What of the actor decides which incidents they find."""
        is_guest = await self._actors.is_guest(request)
        return Sight(is_guest=is_guest, sees_private=not is_guest and await self._sees_private(request))

    async def in_room(self, request: Request, incident: Incident) -> bool | None:
        """Whether the actor is in the war room of an incident that they may see; None if that is unknown."""
        async with self._database.reading() as session:
            found = await incidents.found(session, request.team, request.actor, number=incident.number)
        if found is None:
            return False
        _, presence = found
        return _acts_there(request, presence) or presence.in_room

    def seen(self, request: Request, found: Sequence[ListedIncident]) -> Sequence[ListedIncident]:
        """The same incidents; a look at private ones from outside their war rooms is recorded in the log."""
        outside = [each.incident.number for each in found if each.is_seen_from_outside]
        if outside:
            log.info("access.private_seen", person=request.actor, incidents=outside)
        return found

    async def _found(
        self, request: Request, *, number: int | None = None, channel: str = ""
    ) -> Incident | None:
        listed = self._looked(request, await self._listed(request, number=number, channel=channel))
        return listed.incident if listed else None

    def _looked(self, request: Request, listed: ListedIncident | None) -> ListedIncident | None:
        """The same incident; see `seen`."""
        return self.seen(request, [listed])[0] if listed else None

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
        is_inside = (
            not stored.state.private
            or _acts_there(request, presence)
            or belongs(stored.state, request.actor, in_room=presence.in_room)
        )
        return ListedIncident(stored.state, presence.channel, is_seen_from_outside=not is_inside)

    async def _visible(self, request: Request, stored: Stored, presence: Presence) -> Incident | None:
        """The incident, or None: people who do not belong to it do not learn that it exists.

        If Slack accepted the act in the war room itself, that is proof enough.
        """
        if _acts_there(request, presence):
            if not presence.present:
                await self._remember(request, stored)
            return stored.state
        incident = stored.state
        is_guest = False if incident.private else await self._actors.is_guest(request)
        viewer = Viewer(request.actor, presence.in_room, is_guest)
        if may_see(incident, viewer):
            return incident
        if incident.private and await self._sees_private(request):
            return incident
        return None

    async def _sees_private(self, request: Request) -> bool:
        """Whether the policy lets the actor see private incidents without being in their war rooms."""
        permissions = request.policy.may
        who = permissions.of(Capability.SEE_PRIVATE)
        if who.is_nobody:
            return False
        actor, _ = await self._actors.known(request, who)
        return may(Capability.SEE_PRIVATE, actor, None, permissions)

    async def _remember(self, request: Request, stored: Stored) -> None:
        """Store that they are in the room, so that their forms may come from elsewhere. The act does not need it."""
        try:
            async with self._database.writing() as session:
                await rooms.record_actor(session, stored, request.actor, request.now)
        except TROUBLE as error:
            log.warning("rooms.not_remembered", error=type(error).__name__)


def _acts_there(request: Request, presence: Presence) -> bool:
    """Whether Slack confirms that the act happened in the war room."""
    return request.channel_is_verified and bool(request.channel) and request.channel == presence.channel
