"""Loads packs and boards for the handlers that want them."""

from collections.abc import Callable
from dataclasses import replace

from bot.core.decision import Refused
from bot.incident.commands.request import Request
from bot.incident.dispatch.access import Access
from bot.incident.effects.installation import Installation
from bot.review.commands.board_loaded import LoadedPack
from bot.review.dispatch.making import Packs
from bot.review.domain.board_policy import board_policy
from bot.review.domain.board_span import BoardSpan, read_board_span
from bot.review.store import boards
from bot.review.store.names import names_in

GUEST = Refused("The review board is about incidents of the whole workspace, which guests do not see.")


class BoardLoading:
    """Loads what people's acts about the review board need.

    Args:
        packs: makes and finds packs.
        installation: returns what counts now: the policy says in which time zone weeks are.
    """

    def __init__(self, packs: Packs, installation: Callable[[], Installation]) -> None:
        self._packs = packs
        self._installation = installation

    async def pack(self, request: Request, access: Access) -> Request:
        """The pack that the text names: the kept one, or one that is made now."""
        if (await access.sight(request))["is_guest"]:
            return replace(request, loaded=GUEST)
        asked = read_board_span(request.text, request.now, self.zone())
        if isinstance(asked, Refused):
            return replace(request, loaded=asked)
        return replace(request, loaded=await self._loaded(request, asked))

    async def board(self, request: Request, access: Access) -> Request:
        """The board that a button or a form names."""
        if (await access.sight(request))["is_guest"]:
            return replace(request, loaded=GUEST)
        number = request.metadata.get("board")
        if not isinstance(number, int):
            return request
        async with self._packs.database.reading() as session:
            return replace(request, loaded=await boards.numbered(session, request.team, number))

    async def topic(self, request: Request, access: Access) -> Request:
        """The same, and the incident that was chosen in its form, if the actor may see it."""
        request = await self.board(request, access)
        chosen = str(request.fields.get("incident", ""))
        found = await access.numbered(request, int(chosen)) if chosen.isdecimal() else None
        return replace(request, incident=found)

    def zone(self) -> str:
        """The time zone of weeks; empty for UTC."""
        installation = self._installation()
        when = board_policy(installation.sections)
        return when.zone if when else installation.policy.time_zone

    async def _loaded(self, request: Request, asked: BoardSpan) -> LoadedPack:
        kept = await self._packs.kept(request.team, asked)
        pack = kept.pack if kept else await self._packs.make(request.team, asked, request.now)
        async with self._packs.database.reading() as session:
            names = await names_in(session, request.team, pack.people)
        return LoadedPack(pack=pack, board=kept, names=names)
