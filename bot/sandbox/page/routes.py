"""The page's addresses: the documents, their refreshed parts, the static files."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

from aiohttp import web

from bot.sandbox.core.errors import ActionRefused
from bot.sandbox.page.environment import render
from bot.sandbox.page.markdown import markdown
from bot.sandbox.page.place import Place, linked
from bot.sandbox.page.reader import Reader
from bot.sandbox.page.render import Asked, Renderer
from bot.sandbox.text import emoji

_STATIC = Path(__file__).with_name("static")
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_ACTING = "acting"  # cookie: the person as whom this browser last acted, for links without a person
_SINCE = "X-Since"  # sent if the page fetches its next place itself, so that the document stays the same
_HEADERS = {
    "Content-Security-Policy": _POLICY,  # nothing from outside, no inline code: a second protection besides escaping
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}


class Sees(Protocol):
    """What the page needs from a sandbox."""

    @property
    def users(self) -> Mapping[str, str]:
        """The ids of the people as whom one can act, by name."""

    @property
    def channels(self) -> Mapping[str, str]:
        """The ids of the channels, by name."""

    def see(
        self,
        user_id: str,
        channel: str | None = None,
        thread: str | None = None,
        *,
        limit: int | None = None,
        before: str | None = None,
    ) -> dict[str, Any]:
        """Everything that a user sees at a place, with the latest `limit` messages of the channel before `before`."""


async def _emoji(_: web.Request) -> web.Response:
    """Pairs of name and character, for the picker."""
    return web.json_response(list(emoji.CHARACTERS.items()), headers=_HEADERS)


class Pages:
    """The handlers, around one sandbox."""

    def __init__(self, sandbox: Sees) -> None:
        self._sandbox = sandbox
        self._renderer = Renderer()

    def add_to(self, app: web.Application) -> None:
        """Register the page's addresses. Call it last, because the two that begin with a name match nearly everything."""
        app.router.add_static("/page/static", _STATIC)
        app.router.add_post("/page/refresh", self.refresh)
        app.router.add_get("/page/emoji", _emoji)
        app.router.add_post("/page/preview", self.preview)
        app.router.add_get("/archives/{channel}", self.follow)
        app.router.add_get(r"/archives/{channel}/{message:p\d{7,20}}", self.follow)
        app.router.add_get("/docs/{team}/{canvas}", self.read)
        app.router.add_get("/", self.enter)
        app.router.add_get("/{user}", self.enter)
        app.router.add_get("/{user}/{channel}", self.show)

    async def enter(self, request: web.Request) -> web.StreamResponse:
        """Redirect an incomplete address to a user's first channel."""
        user = self._user(request.match_info.get("user") or next(iter(self._sandbox.users)))
        channel = "general" if "general" in self._sandbox.channels else next(iter(self._sandbox.channels))
        raise web.HTTPFound(f"/{user}/{channel}")

    async def read(self, request: web.Request) -> web.StreamResponse:
        """Redirect a canvas's address to a channel that it is shared with."""
        acting = request.cookies.get(_ACTING, "")
        user = acting if acting in self._sandbox.users else next(iter(self._sandbox.users))
        seen = self._sandbox.see(self._sandbox.users[user])
        wanted = request.match_info["canvas"]
        canvas = next((each for each in seen["canvases"] if each["id"] == wanted), None)
        if canvas is None:
            raise self._missing(f"There is no canvas that {user} can see at this address.")
        known = [each["id"] for each in seen["channels"] if each["id"] in canvas["access"]]
        channel = known[0] if known else next(iter(self._sandbox.channels))
        tab = "canvas" if canvas["channel"] else "files"
        raise web.HTTPFound(f"/{user}/{channel}?tab={tab}#canvas-{wanted}")

    async def follow(self, request: web.Request) -> web.StreamResponse:
        """Redirect a permalink to the message, as the person as whom this browser last acted."""
        acting = request.cookies.get(_ACTING, "")
        user = acting if acting in self._sandbox.users else next(iter(self._sandbox.users))
        match = request.match_info
        target = linked(match["channel"], match.get("message", ""), request.query.get("thread_ts", ""))
        raise web.HTTPFound(f"/{user}/{target}")

    async def show(self, request: web.Request) -> web.Response:
        """Return the document of a place."""
        place = Place.of(
            self._user(request.match_info["user"]),
            request.match_info["channel"],
            request.query.get("tab", ""),
            request.query.get("thread", ""),
            request.query.get("at", ""),
        )
        seen = self._see(place, Asked({}, at=place.start))
        html = self._renderer.page(seen, place, request.headers.get(_SINCE, ""))
        response = web.Response(text=html, content_type="text/html", headers=_HEADERS)
        response.set_cookie(_ACTING, place.user, path="/", httponly=True, samesite="Lax")
        return response

    async def refresh(self, request: web.Request) -> web.Response:
        """Return the parts of a place that differ from what the browser has."""
        asked = await request.json()
        place = Place.of(self._user(asked["user"]), asked["channel"], asked["tab"], asked["thread"])
        wanted = Asked(
            asked["have"],
            asked["oldest"],
            asked["newest"],
            asked["count"],
            earlier=asked["earlier"],
            later=asked["later"],
            since=asked["since"],
        )
        return web.json_response(
            self._renderer.refresh(self._see(place, wanted), place, wanted), headers=_HEADERS
        )

    async def preview(self, request: web.Request) -> web.Response:
        """Render Markdown as HTML, for a file that the browser has fetched."""
        asked = await request.json()
        user_id = self._sandbox.users[self._user(asked["user"])]
        html = markdown(str(asked["text"]), Reader.of(self._sandbox.see(user_id)))
        return web.json_response({"html": html}, headers=_HEADERS)

    def _user(self, name: str) -> str:
        """The name of the user with this name or id."""
        for each, user_id in self._sandbox.users.items():
            if name in {each, user_id}:
                return each
        raise self._missing(f"Nobody here is called {name}.")

    def _see(self, place: Place, asked: Asked) -> dict[str, Any]:
        user_id, thread = self._sandbox.users[place.user], place.thread or None
        try:
            return self._sandbox.see(user_id, place.channel, thread, limit=asked.limit, before=asked.before)
        except ActionRefused as error:
            raise self._missing(
                f"There is no channel called {place.channel} that {place.user} can see."
            ) from error

    def _missing(self, text: str) -> web.HTTPNotFound:
        html = render("missing.html", text=text, users=list(self._sandbox.users))
        return web.HTTPNotFound(text=html, content_type="text/html", headers=_HEADERS)
