"""The addresses of pages: `/pages/<id>/<rest of a link>`, and `/pages/<id>` for the browser that has opened it."""

import re
from urllib.parse import urlsplit

from aiohttp import web

from bot.core.page_links import PATH, PageLinks, Purpose, Ticket
from bot.web.pages import words
from bot.web.pages.opening import Answer, Opening

COOKIE = "warroom_page"
#: What a browser may do with a page: nothing but show it.
MADE = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
RETRY_AFTER = 5  # seconds
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_READING = ("GET", "HEAD")


class PageRoutes:
    """The addresses. They are there before the bot is ready, and say so until then.

    Args:
        links: makes links; None where pages are files only, so that there are no addresses.
    """

    def __init__(self, links: PageLinks | None) -> None:
        self._are_there = links is not None
        self._opening: Opening | None = None

    def serve(self, opening: Opening | None) -> None:
        """Open pages from now on."""
        self._opening = opening

    def add_to(self, server: web.Application) -> None:
        """Add the addresses to the server. Every method comes here, so that every answer has the same headers."""
        if not self._are_there:
            return
        server.router.add_route("*", f"{PATH}{{id}}/{{sealed}}", self._link)
        server.router.add_route("*", f"{PATH}{{id}}", self._page)
        server.router.add_route("*", f"{PATH}{{rest:.*}}", self._nothing)

    async def _link(self, request: web.Request) -> web.Response:
        link_id, sealed = request.match_info["id"], request.match_info["sealed"]
        if self._opening is None or not _ID.fullmatch(link_id):
            return await self._nothing(request)
        if request.method == "POST":
            return _response(await self._opening.open(link_id, sealed), self._opening)
        if request.method in _READING:
            return _response(self._opening.landing(link_id, sealed, _cookie(request)), self._opening)
        return _not_allowed("GET, HEAD, POST")

    async def _page(self, request: web.Request) -> web.Response:
        link_id = request.match_info["id"]
        if self._opening is None or not _ID.fullmatch(link_id):
            return await self._nothing(request)
        if request.method not in _READING:
            return _not_allowed("GET, HEAD")
        only_head = request.method == "HEAD"
        return _response(
            await self._opening.page(link_id, _cookie(request), only_head=only_head), self._opening
        )

    async def _nothing(self, _request: web.Request) -> web.Response:
        answer = Answer(404, words.unknown()) if self._opening else Answer(503, words.unavailable())
        return _written(answer)


def _response(answer: Answer, opening: Opening) -> web.Response:
    response = _written(answer)
    if answer.ticket:
        _keep(response, answer.ticket, opening)
    return response


def _written(answer: Answer) -> web.Response:
    headers = HEADERS | {"Content-Security-Policy": MADE if answer.made else words.POLICY}
    if answer.goes_to:
        headers["Location"] = answer.goes_to
    if answer.status == web.HTTPServiceUnavailable.status_code:
        headers["Retry-After"] = str(RETRY_AFTER)
    return web.Response(
        status=answer.status, text=answer.html, content_type="text/html", charset="utf-8", headers=headers
    )


def _not_allowed(allowed: str) -> web.Response:
    response = _written(Answer(405, words.unknown()))
    response.headers["Allow"] = allowed
    return response


def _keep(response: web.Response, ticket: Ticket, opening: Opening) -> None:
    """Give the browser the cookie, for this page only and until it ends."""
    links: PageLinks = opening.links
    address = urlsplit(links.address_of(ticket))
    response.set_cookie(
        COOKIE,
        links.seal(ticket, Purpose.COOKIE),
        max_age=max(int((ticket.until - opening.now()).total_seconds()), 0),
        path=address.path,
        secure=address.scheme == "https",
        httponly=True,
        samesite="Lax",  # so that the same link, clicked in Slack again, leads this browser to its page
    )


def _cookie(request: web.Request) -> str:
    return request.cookies.get(COOKIE, "")
