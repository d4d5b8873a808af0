"""Answers to people: closed forms, and addresses for an answer."""

import aiohttp
from aiohttp import web

from bot.core.blocks import modal, section
from bot.core.text import md
from bot.ports.port import Delivered
from bot.ports.slack.calls import ReplaceView, Respond
from tests.slack.gateway.conftest import HELLO, Line


async def test_a_form_that_was_closed_needs_no_update(line: Line) -> None:
    view = modal("opening", "Opening", [section(md("…"))])
    assert await line.do(ReplaceView("V0GONE", view)) == Delivered()


async def test_a_response_url_that_is_used_up_is_no_error(line: Line) -> None:
    async with aiohttp.ClientSession() as session, session.get(line.sandbox.page_url) as page:
        assert page.status == 200
    gone = Respond(f"{line.sandbox.page_url}response/T1/0/none", HELLO)
    assert await line.do(gone) == Delivered()


async def test_a_response_url_that_is_not_slacks_is_never_called(line: Line) -> None:
    asked: list[str] = []

    async def heard(request: web.Request) -> web.Response:
        asked.append(request.path)
        return web.Response()

    app = web.Application()
    app.router.add_post("/{path:.*}", heard)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    assert await line.do(Respond(f"http://127.0.0.1:{site.port}/response/T1/x", HELLO)) == Delivered()
    await runner.cleanup()
    assert asked == []
