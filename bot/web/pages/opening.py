"""Opens pages: what a link, its button and the page's own address lead to."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field

import structlog

from bot.core.clock import Clock
from bot.core.page import Page, PageRequest
from bot.core.page_links import PageLinks, Purpose, Ticket
from bot.core.people import FindPerson
from bot.engine.store import opened_links
from bot.engine.store.database import Database
from bot.engine.store.errors import TROUBLE
from bot.web.pages import words

AT_ONCE = 2  # pages that are made at the same time: each takes a thread, for a second if it is long
WAITING_MAX = 16  # further ones that wait for that; all others are asked to come again

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a browser is answered.

    Attributes:
        made: whether the text is the page itself, and not one of the small ones around it.
        goes_to: another address, which the browser goes to at once.
        ticket: what is kept in the browser's cookie; None if nothing is.
    """

    status: int
    html: str = ""
    made: bool = False
    goes_to: str = ""
    ticket: Ticket | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """Opens pages for the people of one workspace.

    Attributes:
        links: reads links and cookies.
        pages: the kinds of pages, by their names.
        database: where it is kept which links were opened.
        team: the workspace.
        find_person: returns a person's profile as Slack knows it at this moment.
        now: the clock.
    """

    links: PageLinks
    pages: Mapping[str, Page]
    database: Database
    team: str
    find_person: FindPerson
    now: Clock
    _making: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))
    _turns: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE + WAITING_MAX))

    def landing(self, link_id: str, sealed: str, cookie: str) -> Answer:
        """What a link leads to: the page with the button. It changes nothing, whoever looks it up.

        Args:
            link_id: the id in the address.
            sealed: the rest of the link.
            cookie: the browser's cookie for this id; empty if there is none.
        """
        ticket = self._read(link_id, sealed, Purpose.LINK)
        if ticket is None:
            return Answer(404, words.unknown())
        if self._is_over(ticket):
            return Answer(410, words.over(self.pages[ticket.page].command))
        if self._read(link_id, cookie, Purpose.COOKIE):
            return Answer(303, goes_to=self.links.address_of(ticket))
        return Answer(200, words.landing(ticket, f"{self.links.address_of(ticket)}/{sealed}"))

    async def open(self, link_id: str, sealed: str) -> Answer:
        """What the button leads to: the link is used up, and this browser gets the cookie."""
        ticket = self._read(link_id, sealed, Purpose.LINK)
        if ticket is None or self._is_over(ticket):
            return self.landing(link_id, sealed, "")
        try:
            async with self.database.writing() as session:
                is_first = await opened_links.use(session, ticket.team, ticket.id, self.now())
        except TROUBLE as error:
            return _unavailable(error)
        if not is_first:
            _tell("page.used_before", ticket)
            return Answer(410, words.used(self.pages[ticket.page].command))
        return Answer(303, goes_to=self.links.address_of(ticket), ticket=ticket)

    async def page(self, link_id: str, cookie: str, *, only_head: bool = False) -> Answer:
        """The page itself, for the browser with the cookie, if the person may see it at this moment.

        Args:
            link_id: the id in the address.
            cookie: the browser's cookie for this id.
            only_head: whether only the head of the answer is wanted, for which no page is made.
        """
        ticket = self._read(link_id, cookie, Purpose.COOKIE)
        if ticket is None:
            return Answer(403, words.not_this_browser())
        if self._is_over(ticket):
            return Answer(410, words.over(self.pages[ticket.page].command))
        if only_head:
            return Answer(200, made=True)
        if self._turns.locked():
            return Answer(503, words.busy())
        async with self._turns, self._making:
            return await self._made(ticket)

    async def _made(self, ticket: Ticket) -> Answer:
        page = self.pages[ticket.page]
        try:
            reader = await self.find_person(ticket.team, ticket.person)
            if reader is None or not reader.is_active:
                _tell("page.refused", ticket)
                return Answer(403, words.not_for_you(page.command))
            html = await page.make(PageRequest(ticket.team, reader, ticket.subject, self.now()))
        except TROUBLE as error:
            return _unavailable(error)
        if html is None:
            _tell("page.refused", ticket)
            return Answer(403, words.not_for_you(page.command))
        _tell("page.opened", ticket)
        return Answer(200, html, made=True)

    def _read(self, link_id: str, sealed: str, purpose: Purpose) -> Ticket | None:
        ticket = self.links.read(link_id, sealed, purpose)
        is_known = ticket is not None and ticket.team == self.team and ticket.page in self.pages
        return ticket if is_known else None

    def _is_over(self, ticket: Ticket) -> bool:
        return self.now() >= ticket.until


def _tell(event: str, ticket: Ticket) -> None:
    """One line in the log, without the link: who, and what."""
    log.info(event, person=ticket.person, page=ticket.page, subject=ticket.subject)


def _unavailable(error: Exception) -> Answer:
    log.warning("page.unavailable", error=type(error).__name__)
    return Answer(503, words.unavailable())
