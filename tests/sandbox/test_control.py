"""The control API: what people see and do, and who is told of it."""

import asyncio
import json
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Sandbox
from bot.sandbox.driver import ActionFailed, Driver, NotSeen
from tests.sandbox.recorder import Recorder


async def test_the_seeded_workspace_is_as_described(sandbox: Sandbox, driver: Driver) -> None:
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
async def test_a_slash_too_many_is_understood(
    sandbox: Sandbox, http: aiohttp.ClientSession, slashes: str
) -> None:
    async with http.get(f"{sandbox.control_url}{slashes}see?user=alice") as answer:
        assert (await answer.json())["user"]["name"] == "alice"


async def test_the_last_message_is_the_newest_that_somebody_wrote(
    sandbox: Sandbox, client: AsyncWebClient, driver: Driver
) -> None:
    alice, general = driver.user("alice"), sandbox.channels["general"]
    assert "nobody has written" in (await driver.act("alice", "pin", channel="general", ts="last"))["error"]
    ts = (await alice.say("general", "parent"))["messages"][0]["ts"]
    await alice.reply("general", "last", "child")
    await alice.pin("general", "last")
    await alice.react("general", "last", "eyes")
    parent = (await alice.see("general"))["channel"]["messages"][0]
    assert (parent["ts"], parent["reply_count"], parent["pinned"]) == (ts, 1, True)
    assert parent["reactions"][0]["name"] == "eyes"
    await client.chat_postEphemeral(channel=general, user=sandbox.users["alice"], text="psst")
    with pytest.raises(ActionFailed, match="visible to you only"):
        await alice.react("general", "last", "eyes")
    await driver.user("bob").react("general", "last", "eyes")


async def test_python_and_http_show_the_same(sandbox: Sandbox, driver: Driver) -> None:
    sandbox.clock.stop()
    await driver.user("bob").say("general", "hello")
    over_http = await driver.see("alice", "general")
    assert over_http == json.loads(json.dumps(sandbox.see(sandbox.users["alice"], "general")))


async def test_what_is_seen_is_a_copy(sandbox: Sandbox, driver: Driver) -> None:
    await driver.user("bob").say("general", "hello")
    sandbox.see("alice", "general")["channel"]["messages"][0]["text"] = "forged"
    assert sandbox.see("alice", "general")["channel"]["messages"][0]["text"] == "hello"


async def test_unread_messages_and_mentions_are_counted_until_read(driver: Driver) -> None:
    alice, bob = driver.user("alice"), driver.user("bob")
    for text in ("hello", "@bob look", "@here all"):
        await alice.say("general", text)

    async def counts(name: str) -> tuple[int, int]:
        entry = (await driver.see(name))["channels"][0]
        return entry["unread"], entry["mentions"]

    assert await counts("bob") == (3, 2)
    assert await counts("alice") == (0, 0)
    await bob.read("general")
    assert await counts("bob") == (0, 0)


async def test_an_edit_calls_nobody_and_takes_no_call_back(driver: Driver) -> None:
    alice = driver.user("alice")
    quiet = (await alice.say("general", "look"))["messages"][0]["ts"]
    loud = (await alice.say("general", "@bob look"))["messages"][0]["ts"]
    for ts, texts in ((quiet, ("@bob look", "@bob look again")), (loud, ("look",))):
        for text in texts:
            await alice.edit("general", ts, text)
    entry = (await driver.see("bob"))["channels"][0]
    assert (entry["unread"], entry["mentions"]) == (2, 1)


async def test_a_thread_is_seen_with_its_parent(driver: Driver) -> None:
    alice = driver.user("alice")
    ts = (await alice.say("general", "parent"))["messages"][0]["ts"]
    await driver.user("bob").reply("general", ts, "child")
    shown = await alice.see("general", ts)
    assert [message["text"] for message in shown["thread"]["messages"]] == ["parent", "child"]
    assert [message["text"] for message in shown["channel"]["messages"]] == ["parent"]
    assert shown["channel"]["messages"][0]["reply_count"] == 1


async def test_the_latest_messages_can_be_asked_for_and_then_older_ones(
    sandbox: Sandbox, driver: Driver
) -> None:
    for number in range(5):
        await driver.user("alice").say("general", str(number))
    latest = sandbox.see("bob", "general", limit=2)["channel"]
    assert ([m["text"] for m in latest["messages"]], latest["has_more"]) == (["3", "4"], True)
    older = sandbox.see("bob", "general", limit=3, before=latest["messages"][0]["ts"])["channel"]
    assert ([m["text"] for m in older["messages"]], older["has_more"]) == (["0", "1", "2"], False)


async def test_a_long_poll_returns_when_something_changed(driver: Driver) -> None:
    seq = (await driver.see("alice", "general"))["seq"]
    waiting = asyncio.create_task(driver.see("alice", "general", after=seq, wait=5))
    await driver.user("bob").say("general", "news")
    assert (await waiting)["channel"]["messages"][-1]["text"] == "news"


async def test_a_long_poll_returns_at_once_when_something_had_changed(driver: Driver) -> None:
    seq = (await driver.see("alice"))["seq"]
    await driver.user("bob").say("general", "news")
    async with asyncio.timeout(1):
        assert (await driver.see("alice", after=seq, wait=5))["seq"] > seq


async def test_a_long_poll_is_not_woken_by_what_one_cannot_see(
    sandbox: Sandbox, client: AsyncWebClient, driver: Driver
) -> None:
    seq = (await driver.see("alice"))["seq"]
    waiting = asyncio.create_task(driver.see("alice", after=seq, wait=0.1))
    bob = sandbox.users["bob"]
    await client.chat_postEphemeral(channel=sandbox.channels["general"], user=bob, text="for bob")
    room = (await client.conversations_create(name="room", is_private=True))["channel"]["id"]
    await client.chat_postMessage(channel=room, text="among ourselves")
    done, _ = await asyncio.wait([waiting], timeout=0.05)
    assert not done
    assert (await waiting)["ok"]


async def test_waiting_in_vain_says_what_was_there_instead(driver: Driver) -> None:
    await driver.user("bob").say("general", "something else")
    with pytest.raises(NotSeen, match="something else"):
        await driver.user("alice").until(lambda shown: shown["modals"], "general", timeout=0.05)


async def read_event(stream: aiohttp.StreamReader) -> tuple[int, dict[str, Any]]:
    lines: dict[str, str] = {}
    async with asyncio.timeout(5):
        while "data" not in lines:
            name, _, value = (await stream.readline()).decode().rstrip("\n").partition(": ")
            lines[name] = value
    return int(lines["id"]), json.loads(lines["data"])


async def test_the_stream_tells_what_changed_and_resumes(
    sandbox: Sandbox, http: aiohttp.ClientSession, driver: Driver
) -> None:
    url = sandbox.control_url + "stream?user=alice"
    async with http.get(url) as answer:
        assert answer.content_type == "text/event-stream"
        assert await answer.content.readline() == b": connected\n"
        await driver.user("bob").say("general", "one")
        seq, data = await read_event(answer.content)
    assert data == {"seq": seq, "channels": [sandbox.channels["general"]], "what": ["messages"]}
    await driver.user("bob").say("random", "two")
    async with http.get(url, headers={"Last-Event-ID": str(seq)}) as answer:
        _, missed = await read_event(answer.content)
    assert missed["channels"] == [sandbox.channels["random"]]


async def test_acting_answers_with_what_is_new(sandbox: Sandbox, driver: Driver) -> None:
    await driver.user("bob").say("general", "old")
    outcome = await driver.user("alice").say("general", "new")
    assert [message["text"] for message in outcome["messages"]] == ["new"]
    assert outcome["seq"] == sandbox.revisions.seq


@pytest.mark.parametrize(
    ("user", "action", "details", "error"),
    [
        ("nobody", "say", {}, "user_not_found"),
        ("helper", "say", {"channel": "general", "text": "x"}, "nobody who could do something"),
        ("alice", "leave", {"channel": "@bob"}, "not a channel"),
        ("alice", "submit", {"values": ["x"]}, "no modal is open"),
        ("alice", "fly", {}, "unknown_action"),
        ("alice", "say", {"channel": "general"}, "needs 'text'"),
        ("alice", "say", {"channel": "nowhere", "text": "x"}, "channel_not_found"),
        ("erin", "say", {"channel": "random", "text": "x"}, "not_in_channel"),
        ("alice", "reply", {"channel": "general", "ts": "1.0", "text": "x"}, "message_not_found"),
        ("alice", "join", {"channel": "general"}, "already_in_channel"),
        ("alice", "leave", {"channel": "general"}, "cant_leave_general"),
        ("alice", "archive", {"channel": "general"}, "cant_archive_general"),
        ("alice", "unarchive", {"channel": "general"}, "not_archived"),
        ("alice", "invite", {"channel": "general", "target": "bob"}, "already_in_channel"),
        ("alice", "remove", {"channel": "random", "target": "erin"}, "not_in_channel"),
        ("alice", "click", {"home": True, "action_id": "x"}, "no Home tab"),
        ("alice", "click", {"view_id": "V0", "action_id": "x"}, "no modal is open"),
    ],
)
async def test_what_cannot_be_done_is_said(
    driver: Driver, user: str, action: str, details: dict[str, Any], error: str
) -> None:
    outcome = await driver.act(user, action, **details)
    assert outcome["ok"] is False
    assert error in outcome["error"]
    assert outcome["messages"] == outcome["modals"] == []


async def test_an_archived_channel_is_opened_again_with_its_members(
    sandbox: Sandbox, client: AsyncWebClient, driver: Driver
) -> None:
    alice = driver.user("alice")
    await alice.invite("random", "helper")
    await alice.archive("random")
    with pytest.raises(SlackApiError, match="is_archived"):
        await client.chat_postMessage(channel=sandbox.channels["random"], text="x")
    await alice.unarchive("random")
    assert (await client.chat_postMessage(channel=sandbox.channels["random"], text="x"))["ok"]


async def test_people_change_only_their_own_messages(
    sandbox: Sandbox, client: AsyncWebClient, driver: Driver
) -> None:
    general = sandbox.channels["general"]
    theirs = (await driver.user("bob").say("general", "mine"))["messages"][0]["ts"]
    apps = (await client.chat_postMessage(channel=general, text="x"))["ts"]
    for ts in (theirs, apps):
        with pytest.raises(ActionFailed, match="cant_change_message"):
            await driver.user("alice").edit("general", ts, "forged")
    await driver.user("bob").edit("general", theirs, "still mine")
    shown = (await driver.see("alice", "general"))["channel"]["messages"][0]
    assert (shown["text"], shown["edited"]["user"]) == ("still mine", sandbox.users["bob"])


async def test_nobody_reacts_to_what_only_they_can_see(
    sandbox: Sandbox, client: AsyncWebClient, driver: Driver
) -> None:
    alice = driver.user("alice")
    await client.chat_postEphemeral(
        channel=sandbox.channels["general"], user=sandbox.users["alice"], text="psst"
    )
    ts = (await alice.see("general"))["channel"]["messages"][0]["ts"]
    with pytest.raises(ActionFailed, match="visible to you only"):
        await alice.react("general", ts, "eyes")
    with pytest.raises(ActionFailed, match="message_not_found"):
        await driver.user("bob").react("general", ts, "eyes")


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


async def test_a_reset_brings_the_seed_back_with_the_same_ids_and_tokens(
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
async def test_a_senseless_request_is_refused_with_a_reason(
    sandbox: Sandbox, http: aiohttp.ClientSession, method: str, path: str, body: dict[str, Any] | None
) -> None:
    async with http.request(method, sandbox.control_url + path, json=body) as answer:
        assert answer.status == 400
        assert (await answer.json())["error"]


@pytest.mark.parametrize("body", ["{", "[]"])
async def test_a_body_that_is_no_object_is_refused(
    sandbox: Sandbox, http: aiohttp.ClientSession, body: str
) -> None:
    async with http.post(sandbox.control_url + "act", data=body) as answer:
        assert answer.status == 400


async def test_a_workspace_of_ones_own(sandbox: Sandbox) -> None:
    contents = {
        "users": [{"name": "zoe", "tz": "Pacific/Auckland"}],
        "channels": [{"name": "lab", "members": ["zoe"], "app": True, "is_private": True, "topic": "Tests"}],
    }
    own = await Sandbox.start(manifest=sandbox._manifest, workspace=contents)
    shown = own.see("zoe", "lab")
    await own.stop()
    assert shown["user"]["tz_offset"] in {12 * 3600, 13 * 3600}
    assert (shown["channel"]["topic"], shown["channel"]["is_private"]) == ("Tests", True)
