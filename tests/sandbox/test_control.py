"""The control API: the seeded workspace, traffic, the clock, a reset, and invalid requests."""

import json
from typing import Any

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Sandbox
from bot.sandbox.driver import Driver
from tests.sandbox.recorder import Recorder


async def test_the_seeded_workspace_has_its_people_channels_and_app(sandbox: Sandbox, driver: Driver) -> None:
    shown = await driver.see("alice")
    assert [user["name"] for user in shown["users"] if not user["is_bot"]] == [
        "alice",
        "bob",
        "carol",
        "dave",
        "erin",
        "frank",
    ]
    assert [channel["name"] for channel in shown["channels"]] == [
        "general",
        "random",
        "incidents",
        "payments",
    ]
    assert len({user["tz"] for user in shown["users"]}) > 3
    assert shown["app"]["commands"] == [
        {"command": "/help-me", "description": "Get help", "usage_hint": "with …"}
    ]
    assert {shortcut["type"] for shortcut in shown["app"]["shortcuts"]} == {"global", "message"}
    assert shown["app"]["home_tab_enabled"] is True
    assert list(sandbox.channels) == ["general", "random", "incidents", "payments"]


def test_a_sandbox_describes_itself_as_json(sandbox: Sandbox) -> None:
    described = json.loads(json.dumps(sandbox.describe()))
    assert described == {
        "base_url": sandbox.page_url + "api/",
        "control_url": sandbox.page_url + "control/",
        "bot_token": sandbox.bot_token,
        "app_token": sandbox.app_token,
        "signing_secret": sandbox.signing_secret,
        "bot_user_id": sandbox.bot_user_id,
        "users": {user.name: user.id for user in sandbox.workspace.users.values() if not user.is_bot},
        "channels": {channel.name: channel.id for channel in sandbox.workspace.channels.values()},
    }


@pytest.mark.parametrize("slashes", ["", "/"])
async def test_an_extra_slash_in_the_address_is_allowed(
    sandbox: Sandbox, http: aiohttp.ClientSession, slashes: str
) -> None:
    async with http.get(f"{sandbox.control_url}{slashes}see?user=alice") as answer:
        assert (await answer.json())["user"]["name"] == "alice"


async def test_traffic_shows_calls_envelopes_and_acks(
    app: Recorder, client: AsyncWebClient, driver: Driver
) -> None:
    await driver.user("alice").command("general", "/help-me", "now")
    await client.auth_test()
    entries = await driver.traffic()
    kinds = [(entry["kind"], entry.get("method") or entry.get("type")) for entry in entries]
    assert kinds == [
        ("call", "apps.connections.open"),
        ("envelope", "/help-me"),
        ("ack", "/help-me"),
        ("call", "auth.test"),
    ]
    assert entries[1]["request"]["payload"]["text"] == "now"
    assert entries[3]["response"]["ok"] is True
    assert [entry["kind"] for entry in await driver.traffic(since=entries[2]["seq"])] == ["call"]
    assert "xoxb" not in json.dumps(entries)
    assert app.kinds() == ["/help-me"]


async def test_the_clock_is_stopped_moved_and_run_over_http(sandbox: Sandbox, driver: Driver) -> None:
    await driver.stop_clock()
    before = sandbox.clock.timestamp()
    await driver.advance(900)
    shown = await driver.see("alice")
    assert shown["now"] == before + 900
    assert shown["clock"] == {"running": False}
    await driver.run_clock()
    assert sandbox.clock.running


async def test_a_reset_restores_the_seed_with_the_same_ids_and_tokens(
    sandbox: Sandbox, app: Recorder, client: AsyncWebClient, driver: Driver
) -> None:
    before = (sandbox.users, sandbox.channels, sandbox.bot_token)
    room = (await client.conversations_create(name="room"))["channel"]["id"]
    seq = (await driver.see("alice"))["seq"]
    await driver.reset()
    assert (sandbox.users, sandbox.channels, sandbox.bot_token) == before
    assert (await driver.see("alice"))["seq"] > seq
    again = (await client.conversations_create(name="room"))["channel"]["id"]
    assert again != room
    app.kinds()
    await driver.user("alice").command("general", "/help-me")
    assert await app.payload("/help-me")


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "see?user=nobody", None),
        ("GET", "see?user=alice&after=x", None),
        ("GET", "see?user=alice&channel=nowhere", None),
        ("GET", "stream?user=nobody", None),
        ("GET", "traffic?since=x", None),
        ("POST", "clock", {"do": "jump"}),
        ("POST", "clock", {"do": "advance", "seconds": -1}),
        ("POST", "delivery", {"mode": "pigeon"}),
        ("POST", "delivery", {"mode": "http", "url": "http://127.0.0.1:9/"}),
        ("POST", "disconnect", {"reason": "boredom"}),
    ],
)
async def test_an_invalid_request_is_refused_with_a_reason(
    sandbox: Sandbox, http: aiohttp.ClientSession, method: str, path: str, body: dict[str, Any] | None
) -> None:
    async with http.request(method, sandbox.control_url + path, json=body) as answer:
        assert answer.status == 400
        assert (await answer.json())["error"]


@pytest.mark.parametrize("body", ["{", "[]"])
async def test_a_body_that_is_not_a_json_object_is_refused(
    sandbox: Sandbox, http: aiohttp.ClientSession, body: str
) -> None:
    async with http.post(sandbox.control_url + "act", data=body) as answer:
        assert answer.status == 400


async def test_a_workspace_can_have_its_own_people_and_channels(sandbox: Sandbox) -> None:
    contents = {
        "users": [{"name": "zoe", "tz": "Pacific/Auckland"}],
        "channels": [{"name": "lab", "members": ["zoe"], "app": True, "is_private": True, "topic": "Tests"}],
    }
    own = await Sandbox.start(manifest=sandbox._manifest, workspace=contents)
    shown = own.see("zoe", "lab")
    await own.stop()
    assert shown["user"]["tz_offset"] in {12 * 3600, 13 * 3600}
    assert (shown["channel"]["topic"], shown["channel"]["is_private"]) == ("Tests", True)
