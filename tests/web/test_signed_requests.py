"""Signed HTTP: nothing of an unsigned request is parsed, logged or answered; a signed request may still be invalid."""

import asyncio
import json
import logging
import time
from typing import Any
from urllib.parse import urlencode

import pytest
from structlog.testing import capture_logs

from tests.web.conftest import BotServer
from tests.web.figures import figure
from tests.web.requests import FORM, JSON, Answer, command, event, interactive, other_server, post, signed

pytestmark = pytest.mark.parametrize("bot_server", ["signed http"], indirect=True)

STAMPS = ["", "soon", "1e9", "-1", "+1", " 1", "1.5", "٣", "9" * 5000, "NaN"]
SIGNATURES = ["", "v0=", "v1=" + "0" * 64, "v0=" + "é" * 64, "v0=" + "0" * 63, "v0=" + "G" * 64, "0" * 9000]


def _now() -> str:
    return str(int(time.time()))  # noqa: TID251  # as Slack's clock


def _click(bot_server: BotServer, **more: Any) -> dict[str, Any]:
    """A press of an unknown button, which is answered with a refusal at its response URL."""
    sandbox = bot_server.office.sandbox
    return {
        "type": "block_actions",
        "trigger_id": "1.2.3",
        "team": {"id": bot_server.office.app.team},
        "user": {"id": sandbox.users["alice"]},
        "channel": {"id": sandbox.channels["general"]},
        "actions": [{"action_id": "nothing", "value": "7"}],
        **more,
    }


@pytest.mark.parametrize("stamp", STAMPS, ids=repr)
async def test_a_time_stamp_that_is_not_a_number_is_refused_and_no_address_is_called(
    bot_server: BotServer, stamp: str
) -> None:
    async with other_server() as other:
        body = urlencode({"payload": json.dumps(_click(bot_server, response_url=other.url))}).encode()
        headers = {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": "v0=" + "0" * 64}
        answer = await post(bot_server, body, {"Content-Type": FORM, **headers})
        assert answer.status in {400, 401}  # 400 if aiohttp itself refuses such a long header
        assert other.called == []


@pytest.mark.parametrize("signature", SIGNATURES, ids=repr)
async def test_an_invalid_signature_is_refused_and_no_address_is_called(
    bot_server: BotServer, signature: str
) -> None:
    async with other_server() as other:
        body = urlencode({"payload": json.dumps(_click(bot_server, response_url=other.url))}).encode()
        headers = {"X-Slack-Request-Timestamp": _now(), "X-Slack-Signature": signature}
        answer = await post(bot_server, body, {"Content-Type": FORM, **headers})
        assert answer.status in {400, 401}
        assert other.called == []


UNSIGNED = {
    "list": (b"[]", JSON),
    "number": (b"5", JSON),
    "null": (b"null", JSON),
    "brackets": (b"[" * 200_000, JSON),
    "unknown charset": (b"{}", f"{JSON}; charset=klingon"),
    "wrong charset": ("{é}".encode("latin-1"), f"{JSON}; charset=utf-16"),
    "nothing": (b"", JSON),
    "no UTF-8": (b"payload=\xff\xfe", FORM),
    "a check": (b'{"type": "url_verification", "challenge": "x"}', JSON),
    "another check": (b"ssl_check=1&token=x", FORM),
    "a picture": (b"\x89PNG", "image/png"),
}


@pytest.mark.parametrize("name", UNSIGNED)
@pytest.mark.parametrize("headers", ["none", "wrong"])
async def test_unsigned_requests_are_refused_and_nothing_of_them_is_logged(
    bot_server: BotServer, name: str, headers: str, caplog: pytest.LogCaptureFixture
) -> None:
    body, content_type = UNSIGNED[name]
    given = {"X-Slack-Request-Timestamp": _now(), "X-Slack-Signature": "v0=" + "0" * 64}
    with capture_logs() as logs, caplog.at_level(logging.DEBUG, "warroom"):
        answer = await post(
            bot_server, body, {"Content-Type": content_type, **(given if headers == "wrong" else {})}
        )
    assert answer == Answer(415 if name == "a picture" and headers == "wrong" else 401, "")
    assert [line for line in logs if line["event"].startswith("slack.")] == []
    assert caplog.records == []


async def test_a_hundred_large_unsigned_bodies_delay_nobody(bot_server: BotServer) -> None:
    body = b"x" * 1_000_000
    headers = {
        "Content-Type": JSON,
        "X-Slack-Request-Timestamp": _now(),
        "X-Slack-Signature": "v0=" + "0" * 64,
    }
    flood = asyncio.gather(*(post(bot_server, body, headers) for _ in range(100)))
    assert (await bot_server.get("/healthz"))[0] == 200
    assert not flood.done()
    assert {answer.status for answer in await flood} <= {401, 408}


async def test_a_body_that_is_too_large_is_refused_before_it_is_read(bot_server: BotServer) -> None:
    assert (await signed(bot_server, b"x" * 2_000_000)).status == 413


async def test_a_signature_is_valid_for_five_minutes_and_for_no_other_body(bot_server: BotServer) -> None:
    body = b"{}"
    now = float(_now())
    assert (await signed(bot_server, body, at=now - 299)).status == 400  # signed, but empty
    assert (await signed(bot_server, body, at=now - 302)).status == 401
    assert (await signed(bot_server, body, at=now + 302)).status == 401
    assert (await signed(bot_server, body, secret="another")).status == 401  # noqa: S106  # not a real one


ODD: dict[str, tuple[bytes, str]] = {
    "list": (b"[]", JSON),
    "number": (b"5", JSON),
    "null": (b"null", JSON),
    "brackets": (b"[" * 200_000, JSON),
    "braces": (b'{"a":' * 100_000, JSON),
    "no JSON": (b"{", JSON),
    "no UTF-8": (b"\xff\xfe", JSON),
    "an object that says nothing": (b"{}", JSON),
    "a type that is none": (b'{"type": ["block_actions"]}', JSON),
    "payload of a number": (b"payload=5", FORM),
    "payload of brackets": (b"payload=" + b"[" * 200_000, FORM),
    "a thousand fields": (b"a=1&" * 1000, FORM),
    "a command without a person": (b"command=%2Fincident", FORM),
    "an event that is none": (b'{"type": "event_callback", "event": 5, "event_id": "E1"}', JSON),
    "events in events": (
        b'{"type": "event_callback", "event_id": "E1", "event": '
        + b'{"type": "x", "event": ' * 400
        + b"{}"
        + b"}" * 401,
        JSON,
    ),
    "a button without actions": (
        b'payload={"type": "block_actions", "trigger_id": "1", "user": {"id": "U1"}, "actions": []}',
        FORM,
    ),
    "a form without a view": (
        b'payload={"type": "view_submission", "trigger_id": "1", "user": {"id": "U1"}, "view": null}',
        FORM,
    ),
}


@pytest.mark.parametrize("name", ODD)
async def test_a_signed_but_invalid_request_is_a_bad_request_without_a_traceback(
    bot_server: BotServer, name: str
) -> None:
    with capture_logs() as logs:
        answer = await signed(bot_server, *ODD[name])
    assert answer.status in {400, 200}
    assert answer.status == 400 or name == "events in events"  # nothing in it is parsed
    assert [line for line in logs if line["log_level"] in {"error", "critical"}] == []


async def test_bytes_that_are_not_http_leave_no_traceback(
    bot_server: BotServer, caplog: pytest.LogCaptureFixture
) -> None:
    for garbage in (
        b"\x16\x03\x01\x02\x00\x01",
        b"GET / HTTP/9\r\n\r\n",
        b"GET / HTTP/1.1\r\nbad header\r\n\r\n",
    ):
        reader, writer = await asyncio.open_connection("127.0.0.1", bot_server.port)
        writer.write(garbage + b"\r\n\r\n")
        async with asyncio.timeout(5):
            assert b"400" in await reader.read()
        writer.close()
    assert caplog.records == []
    assert (await bot_server.get("/healthz"))[0] == 200


@pytest.mark.parametrize("kind", ["click", "command"])
async def test_answers_are_sent_only_to_slack(bot_server: BotServer, kind: str) -> None:
    async with other_server() as other:
        if kind == "click":
            answer = await interactive(bot_server, _click(bot_server, response_url=other.url))
        else:
            sandbox = bot_server.office.sandbox
            answer = await command(
                bot_server,
                command="/incident",
                text="declare sev2 Checkout is failing",
                trigger_id="1.2.3",
                team_id=bot_server.office.app.team,
                user_id=sandbox.users["alice"],
                channel_id=sandbox.channels["general"],
                response_url=other.url,
            )
            await bot_server.office.person("alice").until(
                lambda seen: any(c["name"].startswith("inc-1-") for c in seen["channels"])
            )
            await bot_server.office.app.engine.deliverer.drain()
        assert answer.status == 200
        assert other.called == []


async def test_an_event_without_a_listener_is_acked_and_counted_and_is_not_an_error(
    bot_server: BotServer, caplog: pytest.LogCaptureFixture
) -> None:
    payload = {
        "type": "event_callback",
        "team_id": bot_server.office.app.team,
        "event_id": "Ev0NOBODY",
        "event": {"type": "channel_rename", "channel": {"id": "C1", "name": "TOPSECRET"}},
    }
    with capture_logs() as logs:
        assert (await event(bot_server, payload)).status == 200
    assert [line for line in logs if line["log_level"] != "debug"] == []
    assert caplog.records == []
    assert figure((await bot_server.get("/metrics"))[1], "warroom_unheard_total") == 1


async def test_a_command_without_a_listener_is_answered(bot_server: BotServer) -> None:
    told = await command(
        bot_server,
        command="/weather",
        trigger_id="1.2.3",
        team_id=bot_server.office.app.team,
        user_id="U1",
        channel_id="C1",
    )
    assert "I do not know this command" in told.json["text"]
