"""Which links to incidents are shown with a preview, and to whom an incident's details are shown."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import structlog

from bot.core.blocks import Block
from bot.core.people import FindPerson
from bot.engine.store import people
from bot.engine.store.database import Database
from bot.incident.commands.parsing import leading_reference
from bot.incident.commands.request import Request
from bot.incident.dispatch.access import Access
from bot.incident.dispatch.actors import Actors
from bot.incident.domain.shortlist import ListedIncident
from bot.incident.store import incidents
from bot.incident.views import unfurls as views
from bot.incident.views.unfurls import Entity
from bot.ports.port import Delivered, Perform
from bot.ports.slack.calls import FetchMembers

log = structlog.get_logger(__name__)

LINKS_MAX = 5  # previews of one message
STRANGERS_MAX = (
    100  # members of a channel whose profiles are read before a preview; people are known from then on
)
AT_ONCE = 10  # of these


@dataclass(frozen=True, slots=True)
class Preview:
    """What is shown below a link: the blocks, or the Work Object where Slack shows those."""

    blocks: list[Block]
    entity: Entity


class Unfurls:
    """Decides about previews and details.

    Everybody in the channel sees a preview. So a private incident has one only in its own war room. Another one has one
    where whoever posted the link may see it, and where everybody else may: not in a channel with guests, whatever war
    room they are in, and not in one that is shared with another organisation.

    Args:
        database: where incidents and people are stored.
        find_person: returns a person's profile, or None if there is no such person.
        perform: reads the members of a channel.
    """

    def __init__(self, database: Database, find_person: FindPerson, perform: Perform) -> None:
        self._database = database
        self._find_person = find_person
        self._perform = perform
        self._access = Access(database, Actors(database, find_person))

    async def previews(
        self, request: Request, addresses: Sequence[str], *, is_shared: bool
    ) -> Mapping[str, Preview]:
        """The previews of these links in a message of `request.channel`, by address; those that have none are left out.

        Args:
            request: who posted the message, and where.
            addresses: the links.
            is_shared: whether the channel is shared with another organisation.
        """
        found: dict[str, ListedIncident] = {}
        for address in list(dict.fromkeys(addresses))[:LINKS_MAX]:
            if listed := await self._linked(request, address):
                found[address] = listed
        elsewhere = [each for each in found.values() if each.channel != request.channel]
        if elsewhere and (is_shared or await self._has_guests(request)):
            found = {key: each for key, each in found.items() if each.channel == request.channel}
        return {
            address: Preview(
                views.preview(each, request.policy, request.now), self._entity(request, each, address)
            )
            for address, each in found.items()
        }

    async def details(self, request: Request, named: str) -> Entity | None:
        """All about the incident of this reference, for one person; None if there is none that they may see."""
        reference = leading_reference(named)
        if reference is None or reference.rest:
            return None
        listed = await self._access.with_room(request, reference.number)
        if listed is None or request.policy.link is None:
            return None
        address = request.policy.link.of(reference.number)
        return views.work_object(listed, request.policy, request.now, address, full=True)

    async def _linked(self, request: Request, address: str) -> ListedIncident | None:
        number = request.policy.link.number_in(address) if request.policy.link else None
        if number is None:
            return None
        try:
            listed = await self._access.with_room(request, number)
        except incidents.UNREADABLE as error:  # the other links of the message are shown
            log.warning("unfurls.unreadable", incident=number, error=type(error).__name__)
            return None
        if listed and listed.incident.private and listed.channel != request.channel:
            return None
        return listed

    def _entity(self, request: Request, listed: ListedIncident, address: str) -> Entity:
        pattern = request.policy.link
        own = pattern.of(listed.incident.number) if pattern else address
        entity = views.work_object(listed, request.policy, request.now, own)
        return {**entity, "app_unfurl_url": address}

    async def _has_guests(self, request: Request) -> bool:
        """Whether there is a guest in the channel, or may be: its members cannot be read, or too few are known."""
        result = await self._perform(FetchMembers(request.channel), False)  # noqa: FBT003  # `Perform`'s shape
        members = result.receipt.get("members", "").split() if isinstance(result, Delivered) else []
        if not members:
            return True
        async with self._database.autocommitting() as session:
            known = await people.known(session, request.team, members)
        if any(each.is_guest for each in known.values()):
            return True
        strangers = [each for each in members if each not in known]
        turns = asyncio.Semaphore(AT_ONCE)

        async def is_guest(person: str) -> bool:
            async with turns:
                profile = await self._find_person(request.team, person)
            # Without a time zone, Slack could not be asked.
            return profile is None or profile.is_guest or not (profile.zone or profile.is_bot)

        found = await asyncio.gather(*(is_guest(each) for each in strangers[:STRANGERS_MAX]))
        return any(found) or len(strangers) > STRANGERS_MAX
