"""A sender with its own address proves itself in its own way."""

import hmac
from collections.abc import AsyncIterator

import aiohttp
import pytest

from bot.core.metrics import Metrics
from bot.core.route import Headers, HttpRequest, HttpResponse, Route
from bot.engine.monitor import Monitor
from bot.engine.store.database import Database
from bot.web.server import Server
from tests.web.conftest import free_port


def _has_token(headers: Headers) -> bool:
    return "X-Token" in headers


def _is_of(headers: Headers, body: bytes) -> bool:
    return hmac.compare_digest(headers["X-Token"].encode(), body[:6])


ALERTS = Route(
    path="/alerts/ours",
    content_types=frozenset({"application/json"}),
    may_be_genuine=_has_token,
    is_genuine=_is_of,
)


@pytest.fixture
async def server() -> AsyncIterator[tuple[Server, str]]:
    database = Database("sqlite:///nowhere.db")  # it is never used
    server, port = Server(Monitor(database, Metrics(), ()), [ALERTS]), free_port()
    async with server.listening("127.0.0.1", port):
        yield server, f"http://127.0.0.1:{port}"
    await database.close()


async def _posted(url: str, token: str | None, content_type: str = "application/json") -> tuple[int, str]:
    headers = {"Content-Type": content_type} | ({"X-Token": token} if token is not None else {})
    async with (
        aiohttp.ClientSession() as session,
        session.post(url, data=b"secret and more", headers=headers) as answer,
    ):
        return answer.status, await answer.text()


async def test_a_genuine_request_is_passed_on_whole_and_its_answer_is_sent(
    server: tuple[Server, str],
) -> None:
    served, url = server
    heard: list[HttpRequest] = []

    async def hear(one: HttpRequest) -> HttpResponse:
        heard.append(one)
        return HttpResponse(202, "taken")

    assert await _posted(f"{url}/alerts/ours", "secret") == (503, "not ready yet")
    async with served.handling({ALERTS.path: hear}):
        assert await _posted(f"{url}/alerts/ours", "secret") == (202, "taken")
        assert [(one.body, one.content_type) for one in heard] == [(b"secret and more", "application/json")]
        assert (await _posted(f"{url}/alerts/ours", "guess!"))[0] == 401
        assert (await _posted(f"{url}/alerts/ours", None))[0] == 401
        assert (await _posted(f"{url}/alerts/ours", "secret", "text/plain"))[0] == 415
        assert (await _posted(f"{url}/alerts/theirs", "secret"))[0] == 404
        assert len(heard) == 1
