"""Signed HTTP: of what Slack has not signed nothing is read, logged or answered; what it has signed may still be odd."""

import asyncio
import json
import logging
import time
from typing import Any
from urllib.parse import urlencode

import pytest
from structlog.testing import capture_logs

from tests.web.conftest import House
from tests.web.figures import figure
from tests.web.strangers import FORM, JSON, Answer, command, elsewhere, event, interactive, post, signed

pytestmark = pytest.mark.parametrize("house", ["signed http"], indirect=True)

STAMPS = ["", "soon", "1e9", "-1", "+1", " 1", "1.5", "٣", "9" * 5000, "NaN"]
SIGNATURES = ["", "v0=", "v1=" + "0" * 64, "v0=" + "é" * 64, "v0=" + "0" * 63, "v0=" + "G" * 64, "0" * 9000]


def _now() -> str:
    return str(int(time.time()))  # noqa: TID251  # as Slack's clock


def _click(house: House, **more: Any) -> dict[str, Any]:
    """A press of a button that nobody has ever seen: it is answered with a refusal, at its response URL."""
    sandbox = house.office.sandbox
    return {
        "type": "block_actions",
        "trigger_id": "1.2.3",
        "team": {"id": house.office.app.team},
        "user": {"id": sandbox.users["alice"]},
        "channel": {"id": sandbox.channels["general"]},
        "actions": [{"action_id": "nothing", "value": "7"}],
        **more,
    }


@pytest.mark.parametrize("stamp", STAMPS, ids=repr)
async def test_a_timestamp_that_is_no_number_is_refused_and_no_address_is_called(
    house: House, stamp: str
) -> None:
    async with elsewhere() as other:
        body = urlencode({"payload": json.dumps(_click(house, response_url=other.url))}).encode()
        headers = {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": "v0=" + "0" * 64}
        answer = await post(house, body, {"Content-Type": FORM, **headers})
        assert answer.status in {400, 401}  # 400 where aiohttp itself refuses so long a header
        assert other.called == []


@pytest.mark.parametrize("signature", SIGNATURES, ids=repr)
async def test_a_signature_that_is_none_is_refused_and_no_address_is_called(
    house: House, signature: str
) -> None:
    async with elsewhere() as other:
        body = urlencode({"payload": json.dumps(_click(house, response_url=other.url))}).encode()
        headers = {"X-Slack-Request-Timestamp": _now(), "X-Slack-Signature": signature}
        answer = await post(house, body, {"Content-Type": FORM, **headers})
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
async def test_what_is_not_signed_is_refused_without_a_word_in_the_log(
    house: House, name: str, headers: str, caplog: pytest.LogCaptureFixture
) -> None:
    body, content_type = UNSIGNED[name]
    given = {"X-Slack-Request-Timestamp": _now(), "X-Slack-Signature": "v0=" + "0" * 64}
    with capture_logs() as logs, caplog.at_level(logging.DEBUG, "warroom"):
        answer = await post(
            house, body, {"Content-Type": content_type, **(given if headers == "wrong" else {})}
        )
    assert answer == Answer(415 if name == "a picture" and headers == "wrong" else 401, "")
    assert [line for line in logs if line["event"].startswith("slack.")] == []
    assert caplog.records == []


async def test_a_hundred_large_bodies_that_are_not_signed_do_not_hold_up_anybody(house: House) -> None:
    body = b"x" * 1_000_000
    headers = {
        "Content-Type": JSON,
        "X-Slack-Request-Timestamp": _now(),
        "X-Slack-Signature": "v0=" + "0" * 64,
    }
    flood = asyncio.gather(*(post(house, body, headers) for _ in range(100)))
    assert (await house.get("/healthz"))[0] == 200
    assert not flood.done()
    assert {answer.status for answer in await flood} <= {401, 408}


async def test_a_body_that_is_too_large_is_refused_before_it_is_read(house: House) -> None:
    assert (await signed(house, b"x" * 2_000_000)).status == 413


async def test_a_request_is_good_for_five_minutes_and_not_for_another_body(house: House) -> None:
    body = b"{}"
    now = float(_now())
    assert (await signed(house, body, at=now - 299)).status == 400  # signed, but it says nothing
    assert (await signed(house, body, at=now - 302)).status == 401
    assert (await signed(house, body, at=now + 302)).status == 401
    assert (await signed(house, body, secret="another")).status == 401  # noqa: S106  # it is none


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
async def test_what_is_signed_and_makes_no_sense_is_a_bad_request_without_a_traceback(
    house: House, name: str
) -> None:
    with capture_logs() as logs:
        answer = await signed(house, *ODD[name])
    assert answer.status in {400, 200}
    assert answer.status == 400 or name == "events in events"  # nothing in it is read
    assert [line for line in logs if line["log_level"] in {"error", "critical"}] == []


async def test_what_is_no_http_leaves_no_traceback(house: House, caplog: pytest.LogCaptureFixture) -> None:
    for garbage in (
        b"\x16\x03\x01\x02\x00\x01",
        b"GET / HTTP/9\r\n\r\n",
        b"GET / HTTP/1.1\r\nbad header\r\n\r\n",
    ):
        reader, writer = await asyncio.open_connection("127.0.0.1", house.port)
        writer.write(garbage + b"\r\n\r\n")
        async with asyncio.timeout(5):
            assert b"400" in await reader.read()
        writer.close()
    assert caplog.records == []
    assert (await house.get("/healthz"))[0] == 200


@pytest.mark.parametrize("kind", ["click", "command"])
async def test_an_answer_goes_to_slack_or_to_nobody(house: House, kind: str) -> None:
    async with elsewhere() as other:
        if kind == "click":
            answer = await interactive(house, _click(house, response_url=other.url))
        else:
            sandbox = house.office.sandbox
            answer = await command(
                house,
                command="/incident",
                text="declare sev2 Checkout is failing",
                trigger_id="1.2.3",
                team_id=house.office.app.team,
                user_id=sandbox.users["alice"],
                channel_id=sandbox.channels["general"],
                response_url=other.url,
            )
            await house.office.person("alice").until(
                lambda seen: any(c["name"].startswith("inc-1-") for c in seen["channels"])
            )
            await house.office.app.engine.deliverer.drain()
        assert answer.status == 200
        assert other.called == []


async def test_an_event_that_nobody_listens_for_is_acked_and_counted_and_is_no_trouble(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    payload = {
        "type": "event_callback",
        "team_id": house.office.app.team,
        "event_id": "Ev0NOBODY",
        "event": {"type": "channel_rename", "channel": {"id": "C1", "name": "TOPSECRET"}},
    }
    with capture_logs() as logs:
        assert (await event(house, payload)).status == 200
    assert [line for line in logs if line["log_level"] != "debug"] == []
    assert caplog.records == []
    assert figure((await house.get("/metrics"))[1], "warroom_unheard_total") == 1


async def test_a_command_that_nobody_listens_for_is_answered(house: House) -> None:
    told = await command(
        house,
        command="/weather",
        trigger_id="1.2.3",
        team_id=house.office.app.team,
        user_id="U1",
        channel_id="C1",
    )
    assert "I do not know this command" in told.json["text"]
