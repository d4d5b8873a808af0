"""Slack's errors, invalid answers and network errors become data; none is raised."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from aiohttp import web

from bot.ports.port import Dead, Retry
from bot.ports.slack.calls import (
    Call,
    CreateChannel,
    Edit,
    FetchMessage,
    FetchPerson,
    FetchUserGroup,
    LookAtChannel,
    Pin,
    Post,
    Remove,
    Respond,
    UploadFile,
    UploadPicture,
)
from bot.slack.connection import web_client
from bot.slack.gateway.gateway import Gateway
from tests.slack.gateway.conftest import HELLO, NOW, Line


@pytest.fixture
async def site() -> AsyncIterator[str]:
    """A server that answers everything with a page, as the login page of a network does."""

    async def page(_request: web.Request) -> web.Response:
        return web.Response(text="<html>Please log in</html>", content_type="text/html")

    app = web.Application()
    app.router.add_route("*", "/{any:.*}", page)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}/"
    await runner.cleanup()


async def test_a_rate_limit_says_how_long_to_wait(line: Line) -> None:
    await line.driver.fault("ratelimited", method="chat.postMessage", count=1, retry_after=17)
    assert await line.do(Post("C1", HELLO, "k1")) == Retry("ratelimited", after=timedelta(seconds=17))


@pytest.mark.parametrize(
    ("told", "seconds"),
    [
        ("17", 17),
        ("0", 0),
        ("0.2", 1),
        ("1e999", None),
        ("nan", None),
        ("-5", None),
        ("", None),
        ("Wed, 21 Oct 2026 07:28:00 GMT", None),
        ("99999999999999999999", 3600),
        ("soon", None),
    ],
)
async def test_any_retry_after_header_is_understood_or_ignored(
    line: Line, told: str, seconds: int | None
) -> None:
    expected = Retry("ratelimited", after=None if seconds is None else timedelta(seconds=seconds))
    await line.driver.fault("ratelimited", retry_after=told)
    assert await line.do(Post("C1", HELLO, "k1")) == expected
    assert await line.do(Respond(f"{line.sandbox.page_url}response/T1/x", HELLO)) == expected


async def test_a_web_page_instead_of_an_answer_is_unexpected_and_in_doubt(site: str) -> None:
    async with web_client("xoxb-1", site) as (client, session):
        result = await Gateway(client, session).perform(Post("C1", HELLO, "k1"))
    assert result == Retry("http_200", doubt=True, unexpected=True)


ODD = {
    "yes and nothing else": ("application/json", '{"ok": true}'),
    "half of it": ("application/json", '{"ok": true, "channel": "C1", "ts'),
    "a list": ("application/json", '[{"ok": true}]'),
    "a number": ("application/json", "5"),
    "nothing": ("application/json", "null"),
    "other types": ("application/json", '{"ok": true, "channel": [5], "ts": [], "messages": 7, "user": []}'),
    "plain text": ("text/plain", "ok"),
    "a page": ("text/html", "<html>ok</html>"),
    "no body": ("application/json", ""),
}


PLACING = [
    CreateChannel(["inc-1"], private=False, since=NOW),
    Post("C1", HELLO, "k1"),
    UploadFile("draft.md", "# Draft\n"),
    UploadPicture("timeline.png", b"PNG", "Timeline"),
    FetchPerson("U1"),
    FetchUserGroup("S1"),
    FetchMessage("C1", "1.1"),
    LookAtChannel("C1"),
]


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("call", PLACING, ids=lambda call: type(call).__name__)
async def test_an_invalid_answer_is_unexpected_and_in_doubt_if_the_call_may_have_taken_effect(
    odd: str, call: Call
) -> None:
    kind, body = ODD[odd]

    async def answer(_request: web.Request) -> web.Response:
        return web.Response(text=body, content_type=kind)

    app = web.Application()
    app.router.add_route("*", "/{any:.*}", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    async with web_client("xoxb-1", f"http://127.0.0.1:{runner.addresses[0][1]}/") as (client, session):
        gateway = Gateway(client, session)
        results = [await gateway.perform(call, doubt) for doubt in (False, True)]
    await runner.cleanup()
    for result in results:
        assert isinstance(result, Retry)
        assert result.unexpected
        assert result.doubt is isinstance(call, (CreateChannel, Post))


@pytest.mark.parametrize(("fault", "status"), [("error500", "500"), ("error503", "503")])
async def test_a_server_error_with_html_may_have_taken_effect(line: Line, fault: str, status: str) -> None:
    room = await line.room()
    await line.driver.fault(fault, method="chat.postMessage", count=1)
    assert await line.do(Post(room, HELLO, "k1")) == Retry(f"http_{status}", doubt=True)


async def test_without_a_connection_there_is_no_doubt() -> None:
    async with web_client("xoxb-1", "http://127.0.0.1:1/api/") as (client, session):
        result = await Gateway(client, session).perform(Post("C1", HELLO, "k1"))
    assert isinstance(result, Retry)
    assert not result.doubt


@pytest.mark.parametrize(
    ("call", "reason"),
    [
        (Post("C0NOWHERE", HELLO, "k1"), "channel_not_found"),
        (FetchPerson("U0NOBODY"), "user_not_found"),
        (FetchUserGroup("S0NOBODY"), "no_such_subteam"),
        (Edit("C0NOWHERE", "1.1", HELLO), "channel_not_found"),
        (Remove("C0NOWHERE", "1.1", HELLO), "channel_not_found"),
    ],
)
async def test_a_call_that_can_never_work_is_dead_with_slacks_reason(
    line: Line, call: Call, reason: str
) -> None:
    assert await line.do(call) == Dead(reason)


async def test_a_missing_scope_and_an_unknown_method_are_dead(line: Line) -> None:
    room = await line.room()
    await line.driver.fault("missing_scope", method="chat.postMessage", count=1)
    assert await line.do(Post(room, HELLO, "k1")) == Dead("missing_scope")
    await line.driver.fault("unknown_method", method="pins.add")
    assert [await line.do(Pin(room, "1.1")) for _ in range(2)] == [Dead("unknown_method")] * 2
