"""Loads what a handler needs before it is called."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import replace

from bot.core import tokens
from bot.core.channels import FindChannel, nothing_is_known
from bot.core.page_links import links_for
from bot.core.people import FindPerson
from bot.core.templates import Templates
from bot.engine.store import drafts, people
from bot.engine.store.database import Database
from bot.engine.store.drafts import DraftKey
from bot.incident.commands import parsing
from bot.incident.commands.declare import is_complete
from bot.incident.commands.list import page_of
from bot.incident.commands.registry import SHORTCUTS
from bot.incident.commands.request import Request, Wants
from bot.incident.dispatch.access import Access
from bot.incident.dispatch.neighbours import ALONE, Neighbours
from bot.incident.domain.listing import Listing, is_recent, parse_listing, telling_words
from bot.incident.domain.present import Present
from bot.incident.domain.shortlist import Shortlist
from bot.incident.domain.subscriptions import Follows
from bot.incident.store import incidents, occupants, rooms, subscriptions, told
from bot.incident.store.duplicates import merged_histories
from bot.incident.views.lists import LISTED_MAX
from bot.incident.views.mine import MINE_MAX
from bot.incident.views.past_updates import UPDATES_MAX

KNOWN_MAX = 3  # incidents that the form shows before another one is declared
KNOWN_WORDS = 30  # of a text by which similar incidents are looked for
MENTIONED_MAX = 20  # people whose names are looked up for one act, which must be acked in time

Loader = Callable[[Request], Awaitable[Request]]


class Loading:
    """Has a loader for each thing that a handler can want.

    Args:
        database: where it is read.
        access: decides what the actor may see.
        find_person: returns a person's profile, or None if there is no such person.
        templates: returns the words of updates that count now.
        find_channel: returns what Slack knows of a channel.
        neighbours: what other subjects bring.
    """

    def __init__(
        self,
        database: Database,
        access: Access,
        find_person: FindPerson,
        templates: Callable[[], Templates],
        find_channel: FindChannel = nothing_is_known,
        *,
        neighbours: Neighbours = ALONE,
    ) -> None:
        self._neighbours = neighbours
        self._database = database
        self._access = access
        self._find_person = find_person
        self._templates = templates
        self._find_channel = find_channel
        self._loaders: dict[Wants, Loader] = {
            Wants.MESSAGE: self._message,  # first: it may mention people
            Wants.MENTIONED: self._mentioned,
            Wants.PEOPLE: self._people,
            Wants.OPEN: self._open,
            Wants.LISTED: self._listed,
            Wants.KNOWN: self._known,
            Wants.ROOM: self._room,
            Wants.MINE: self._mine,
            Wants.TIMELINE: self._timeline,
            Wants.REVIEWED: self._reviewed,
            Wants.TOLD: self._told,
            Wants.OTHER: self._other,
            Wants.UPDATES: self._updates,
            Wants.DRAFT: self._draft,
            Wants.TYPED: self._typed,
            Wants.TEMPLATES: self._with_templates,
            Wants.PRESENT: self._present,
            Wants.CHANNEL: self._channel,
            Wants.CHOSEN: self._chosen,
            Wants.SUBSCRIPTIONS: self._subscriptions,
            Wants.LINKS: self._links,
        }

    async def load(self, request: Request, wants: Wants) -> Request:
        """The request with everything that the handler wants."""
        for want, loader in self._loaders.items():
            if want in wants:
                request = await loader(request)
        return request

    async def _mentioned(self, request: Request) -> Request:
        return await self._with(request, _mentions(request))

    async def _people(self, request: Request) -> Request:
        chosen = (request.fields.get(name) for name in ("person", "commander"))
        named = (str(person) for person in chosen if person)
        return await self._with(request, [*_mentions(request), request.actor, *named])

    async def _with(self, request: Request, wanted: Iterable[str]) -> Request:
        wanted = list(dict.fromkeys(wanted))
        # At the same time: the act must be acked in time, even if Slack's answers are slow.
        found = await asyncio.gather(*(self._find_person(request.team, person) for person in wanted))
        people = {person: profile for person, profile in zip(wanted, found, strict=True) if profile}
        request = replace(request, people=people)
        return replace(request, inside=await self._inside(request))

    async def _inside(self, request: Request) -> frozenset[str]:
        """The guests among the people of this act who are in the war room: other guests cannot be brought in."""
        guests = [profile.id for profile in request.people.values() if profile.is_guest]
        if not guests or request.incident is None:
            return frozenset()
        async with self._database.reading() as session:
            return await rooms.inside(session, request.team, request.incident.number, guests)

    async def _open(self, request: Request) -> Request:
        return await self._list(request, Listing())

    async def _listed(self, request: Request) -> Request:
        return await self._list(request, parse_listing(request.text, page_of(request)))

    async def _list(self, request: Request, wanted: Listing) -> Request:
        who, sight = (request.team, request.actor), await self._access.sight(request)
        async with self._database.autocommitting() as session:
            found = await incidents.listed(
                session, *who, wanted, LISTED_MAX, services=request.policy.services, **sight
            )
        return replace(request, open_incidents=self._seen(request, found))

    def _seen(self, request: Request, found: Shortlist) -> Shortlist:
        self._access.seen(request, found.worst)
        return found

    async def _known(self, request: Request) -> Request:
        if is_complete(request):
            return request  # no form opens that would show them
        text = request.message.text if request.message else request.text
        words = telling_words(text)[:KNOWN_WORDS]
        who, sight = (request.team, request.actor), await self._access.sight(request)
        async with self._database.autocommitting() as session:
            if not words:
                found = (await incidents.listed(session, *who, Listing(), KNOWN_MAX, **sight)).worst
            else:
                found = await incidents.similar(session, *who, words, **sight)
        recent = [each for each in found if is_recent(each.incident, request.now)]
        return replace(request, known=self._access.seen(request, recent[:KNOWN_MAX]))

    async def _room(self, request: Request) -> Request:
        if request.incident is None:
            return request
        found = await self._access.with_room(request, request.incident.number)
        return replace(request, room=(found.channel or "") if found else "")

    async def _mine(self, request: Request) -> Request:
        who, sight = (request.team, request.actor), await self._access.sight(request)
        async with self._database.autocommitting() as session:
            found = await incidents.of_responder(session, *who, MINE_MAX, **sight)
            more = [await find(session, request, sight) for find in self._neighbours.duties]
        self._access.seen(request, [one for each in more for one in each.of])
        return replace(
            request,
            mine=self._seen(request, found),
            more_duties=[block for each in more for block in each.blocks],
        )

    async def _other(self, request: Request) -> Request:
        number = parsing.named_other(request)
        if number is None:
            return request
        return replace(request, other=await self._access.with_room(request, number))

    async def _timeline(self, request: Request) -> Request:
        if request.incident is None:
            return request
        async with self._database.autocommitting() as session:
            every = await incidents.history(session, request.team, request.incident.number)
        return replace(request, timeline=every)

    async def _reviewed(self, request: Request) -> Request:
        if request.incident is None:
            return request
        async with self._database.reading() as session:
            merged = await merged_histories(session, request.team, request.incident.duplicates)
            numbers = [request.incident.number, *(number for number, _ in merged)]
            items = await self._neighbours.action_items(session, request.team, numbers)
        return replace(request, merged=merged, action_lines=items)

    async def _message(self, request: Request) -> Request:
        """Of a message that was marked with a reaction, Slack tells only where it is."""
        marked = request.message
        # A press that continues a mark says which shortcut it was.
        used = SHORTCUTS.get(request.shortcut or str(request.metadata.get("shortcut", "")))
        is_wanted = used is not None and Wants.MESSAGE in used.wants
        if marked is None or not is_wanted or not marked.by_reaction or marked.text:
            return request
        found = await self._neighbours.find_message(marked.channel, marked.ts)
        if found is None:
            return request
        return replace(
            request,
            message=replace(marked, text=found.text),
            metadata={**request.metadata, "link": found.link},
        )

    async def _told(self, request: Request) -> Request:
        if request.incident is None:
            return request
        async with self._database.autocommitting() as session:
            known = await told.of_incident(session, request.team, request.incident.number)
        return replace(request, told=known)

    async def _updates(self, request: Request) -> Request:
        if request.incident is None:
            return request
        before = request.metadata.get("before")
        async with self._database.autocommitting() as session:
            found = await incidents.updates(
                session,
                request.team,
                request.incident.number,
                UPDATES_MAX + 1,
                before if isinstance(before, int) else None,
            )
        return replace(request, timeline=found)

    async def _draft(self, request: Request) -> Request:
        """What was kept and not posted, and whether somebody has posted an update since."""
        if request.incident is None or request.text.strip():  # typed text is posted without a form
            return request
        key = DraftKey(request.team, request.actor, request.incident.number)
        async with self._database.autocommitting() as session:
            kept = await drafts.of(session, key)
        if kept is None:
            return request
        posted_at = request.incident.updated_at
        is_overtaken = posted_at is not None and posted_at >= kept.typed_at
        return replace(request, draft=kept.fields, draft_is_overtaken=is_overtaken)

    async def _typed(self, request: Request) -> Request:
        if request.incident is None:
            return request
        who = request.team, request.actor, request.incident.number
        async with self._database.autocommitting() as session:
            return replace(request, typed=await drafts.of_incident(session, *who))

    async def _with_templates(self, request: Request) -> Request:
        return replace(request, templates=self._templates())

    async def _links(self, request: Request) -> Request:
        made = links_for(self._neighbours.page_links, request.team, request.actor, request.now)
        return replace(request, page_link=made)

    async def _channel(self, request: Request) -> Request:
        return replace(request, adopting=await self._find_channel(request.channel))

    async def _chosen(self, request: Request) -> Request:
        named = str(request.fields.get("channel") or "") or tokens.channel(request.text)
        return replace(request, chosen_channel=await self._find_channel(named)) if named else request

    async def _present(self, request: Request) -> Request:
        if request.incident is None:
            return request
        async with self._database.reading() as session:
            there = await occupants.of_number(session, request.team, request.incident.number)
            known = await people.known(session, request.team, there or ())
        if there is None:
            return request
        apps = {person for person, row in known.items() if row.is_bot}
        apps |= await self._apps(request.team, [each for each in there if each not in known])
        return replace(request, present=Present([each for each in there if each not in apps]))

    async def _subscriptions(self, request: Request) -> Request:
        incident = request.incident or await self._access.here(request)
        who, sight = (request.team, request.actor), await self._access.sight(request)
        async with self._database.autocommitting() as session:
            known = await subscriptions.of_people(session, request.team, [request.actor])
            follows = known.get(request.actor, Follows())
            followed = await incidents.numbered(session, *who, follows.incidents, **sight)
        return replace(
            request, incident=incident, follows=follows, followed=self._access.seen(request, followed)
        )

    async def _apps(self, team: str, unknown: Sequence[str]) -> set[str]:
        """The apps among people of whom nothing is stored."""
        found = await asyncio.gather(*(self._find_person(team, each) for each in unknown[:MENTIONED_MAX]))
        return {profile.id for profile in found if profile and profile.is_bot}


def _mentions(request: Request) -> list[str]:
    marked = request.message.text if request.message else ""
    filled_in = (str(request.fields.get(name, "")) for name in ("title", "conditions", "actions", "needs"))
    named = [person for text in (request.text, *filled_in, marked) for person in tokens.people(text)]
    return named[:MENTIONED_MAX]
