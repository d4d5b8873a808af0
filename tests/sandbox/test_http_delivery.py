"""Signed HTTP delivery, tested with Bolt and with slack_sdk's own signature check."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

import pytest
from aiohttp import web
from slack_sdk.signature import SignatureVerifier

from bot.sandbox import Sandbox
from bot.sandbox.driver import ActionFailed, Driver
from tests.sandbox.recorder import PATIENCE


@dataclass(slots=True)
class RequestUrl:
    """An app behind a Request URL.

    Attributes:
        answer: the status, body and content type of every answer except the challenge's.
        headers: its further headers.
        patience: not set while answers are held back.
    """

    secret: str
    url: str = ""
    answer: tuple[int, str, str] = (200, "", "text/plain")
    headers: dict[str, str] = field(default_factory=dict)
    patience: asyncio.Event = field(default_factory=asyncio.Event)
    requests: asyncio.Queue[tuple[web.Request, str]] = field(default_factory=asyncio.Queue)

    def __post_init__(self) -> None:
        self.patience.set()

    async def take(self, request: web.Request) -> web.Response:
        body = await request.text()
        if not SignatureVerifier(self.secret).is_valid_request(body, dict(request.headers)):
            return web.Response(status=401)
        if request.content_type == "application/json" and "challenge" in json.loads(body):
            return web.json_response({"challenge": json.loads(body)["challenge"]})
        self.requests.put_nowait((request, body))
        await self.patience.wait()
        status, text, content_type = self.answer
        return web.Response(status=status, text=text, content_type=content_type, headers=self.headers)

    async def next(self) -> tuple[web.Request, str]:
        async with asyncio.timeout(PATIENCE):
            return await self.requests.get()


async def start(handler: RequestUrl) -> web.AppRunner:
    app = web.Application()
    app.router.add_post("/slack/events", handler.take)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    handler.url = f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
    return runner


@pytest.fixture
async def app(sandbox: Sandbox, driver: Driver) -> AsyncIterator[RequestUrl]:
    handler = RequestUrl(sandbox.signing_secret)
    runner = await start(handler)
    await driver.deliver_to(handler.url)
    yield handler
    await runner.cleanup()


async def test_a_url_that_fails_the_challenge_is_refused(sandbox: Sandbox, driver: Driver) -> None:
    handler = RequestUrl("another secret")
    runner = await start(handler)
    with pytest.raises(ActionFailed, match="url_verification failed"):
        await driver.deliver_to(handler.url)
    await runner.cleanup()
    assert sandbox.signing_secret != handler.secret


async def test_an_event_is_sent_signed_as_json(app: RequestUrl, driver: Driver) -> None:
    await driver.user("alice").say("general", "hello")
    request, body = await app.next()
    assert json.loads(body)["event"]["text"] == "hello"
    assert "X-Slack-Retry-Num" not in request.headers


async def test_the_signature_is_valid_whatever_the_workspaces_clock_says(
    sandbox: Sandbox, app: RequestUrl, driver: Driver
) -> None:
    await sandbox.clock.advance(24 * 3600)
    await driver.user("alice").say("general", "tomorrow")
    assert await app.next()


async def test_a_refused_event_is_sent_three_more_times_with_the_same_id(
    sandbox: Sandbox, app: RequestUrl, driver: Driver
) -> None:
    sandbox.clock.stop()
    app.answer = (500, "", "text/plain")
    await driver.user("alice").say("general", "hello")
    seen = [await app.next(), await app.next()]
    for wait in (60, 300):
        await sandbox.clock.advance(wait)
        seen.append(await app.next())
    await sandbox.clock.advance(3600)
    assert app.requests.empty()
    assert [request.headers.get("X-Slack-Retry-Num") for request, _ in seen] == [None, "1", "2", "3"]
    assert seen[1][0].headers["X-Slack-Retry-Reason"] == "http_error"
    assert len({json.loads(body)["event_id"] for _, body in seen}) == 1


async def test_a_command_is_sent_as_a_form_and_its_plain_answer_is_shown(
    app: RequestUrl, driver: Driver
) -> None:
    app.answer = (200, "at your service", "text/plain")
    outcome = await driver.user("alice").command("general", "/help-me", "now & then")
    request, body = await app.next()
    assert request.content_type == "application/x-www-form-urlencoded"
    assert parse_qs(body)["text"] == ["now &amp; then"]
    assert [(m["text"], m["ephemeral"]) for m in outcome["messages"]] == [("at your service", True)]


async def test_a_json_answer_is_shown_too(app: RequestUrl, driver: Driver) -> None:
    app.answer = (200, json.dumps({"text": "hey", "response_type": "in_channel"}), "application/json")
    outcome = await driver.user("alice").command("general", "/help-me")
    assert [m["text"] for m in outcome["messages"]] == ["hey"]


async def test_an_interaction_is_sent_as_a_payload_in_a_form(app: RequestUrl, driver: Driver) -> None:
    await driver.user("alice").shortcut("global_help")
    _, body = await app.next()
    payload: dict[str, Any] = json.loads(parse_qs(body)["payload"][0])
    assert payload["type"] == "shortcut"


async def test_an_app_may_ask_for_no_retry_of_an_event(
    sandbox: Sandbox, app: RequestUrl, driver: Driver
) -> None:
    app.answer = (500, "", "text/plain")
    app.headers = {"X-Slack-No-Retry": "1"}
    await driver.user("alice").say("general", "hello")
    await app.next()
    await sandbox.clock.advance(3600)
    assert app.requests.empty()


async def test_an_app_that_does_not_answer_in_three_seconds_has_failed(
    sandbox: Sandbox, app: RequestUrl, driver: Driver
) -> None:
    sandbox.clock.stop()
    app.patience.clear()
    command = asyncio.create_task(driver.act("alice", "command", channel="general", command="/help-me"))
    await app.next()
    await sandbox.clock.advance(2.9)
    assert not command.done()
    await sandbox.clock.advance(0.1)
    assert (await command)["error"] == "dispatch_failed: the app did not respond in time"
    app.answer = (200, "too late", "text/plain")
    app.patience.set()
    assert sandbox.see("alice", "general")["channel"]["messages"] == []


async def test_an_event_that_is_not_answered_in_three_seconds_is_sent_again(
    sandbox: Sandbox, app: RequestUrl, driver: Driver
) -> None:
    sandbox.clock.stop()
    app.patience.clear()
    await driver.user("alice").say("general", "hello")
    await app.next()
    await sandbox.clock.advance(3)
    again, _ = await app.next()
    assert again.headers["X-Slack-Retry-Num"] == "1"
    assert again.headers["X-Slack-Retry-Reason"] == "http_timeout"
    app.patience.set()


async def test_an_app_that_is_away_is_an_error_for_the_person(sandbox: Sandbox, driver: Driver) -> None:
    handler = RequestUrl(sandbox.signing_secret)
    runner = await start(handler)
    await driver.deliver_to(handler.url)
    await runner.cleanup()
    with pytest.raises(ActionFailed, match="the app is not connected"):
        await driver.user("alice").command("general", "/help-me")


async def test_an_answer_that_is_not_json_is_an_error_for_the_person(app: RequestUrl, driver: Driver) -> None:
    app.answer = (200, "{", "application/json")
    with pytest.raises(ActionFailed, match="the app answered with an error"):
        await driver.user("alice").command("general", "/help-me")


@pytest.mark.parametrize("status", [404, 500])
async def test_a_failing_app_is_an_error_for_the_person(app: RequestUrl, driver: Driver, status: int) -> None:
    app.answer = (status, "", "text/plain")
    with pytest.raises(ActionFailed, match="dispatch_failed"):
        await driver.user("alice").command("general", "/help-me")


async def test_delivery_can_be_switched_back_to_sockets(app: RequestUrl, driver: Driver) -> None:
    await driver.deliver_to(None)
    with pytest.raises(ActionFailed, match="not connected"):
        await driver.user("alice").command("general", "/help-me")
    assert app.requests.empty()
