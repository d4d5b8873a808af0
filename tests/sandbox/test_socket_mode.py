"""Socket Mode, tested with the official client: connections, envelopes, acks, retries."""

import asyncio
import json
from typing import Any

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Sandbox
from bot.sandbox.driver import ActionFailed, Driver
from tests.sandbox.blocks import actions
from tests.sandbox.manifest import manifest as make_manifest
from tests.sandbox.recorder import PATIENCE, Recorder


async def open_socket(sandbox: Sandbox, http: aiohttp.ClientSession) -> aiohttp.ClientWebSocketResponse:
    client = AsyncWebClient(token=sandbox.app_token, base_url=sandbox.base_url, session=http)
    url = (await client.apps_connections_open(app_token=sandbox.app_token))["url"]
    return await http.ws_connect(url)


async def next_message(socket: aiohttp.ClientWebSocketResponse) -> dict[str, Any]:
    message: dict[str, Any] = await socket.receive_json(timeout=PATIENCE)
    return message


async def test_a_connection_begins_with_hello(sandbox: Sandbox, http: aiohttp.ClientSession) -> None:
    socket = await open_socket(sandbox, http)
    hello = await next_message(socket)
    assert hello["type"] == "hello"
    assert hello["num_connections"] == 1
    assert hello["connection_info"]["app_id"] == sandbox.workspace.app.id
    await socket.close()


async def test_each_url_opens_one_socket(sandbox: Sandbox, http: aiohttp.ClientSession) -> None:
    client = AsyncWebClient(token=sandbox.app_token, base_url=sandbox.base_url, session=http)
    url = (await client.apps_connections_open(app_token=sandbox.app_token))["url"]
    first = await http.ws_connect(url)
    with pytest.raises(aiohttp.WSServerHandshakeError):
        await http.ws_connect(url)
    await first.close()


async def test_ten_sockets_are_accepted_and_the_eleventh_is_refused(
    sandbox: Sandbox, http: aiohttp.ClientSession
) -> None:
    sockets = [await open_socket(sandbox, http) for _ in range(11)]
    hellos = [await next_message(socket) for socket in sockets]
    assert [hello["type"] for hello in hellos] == ["hello"] * 10 + ["disconnect"]
    assert hellos[9]["num_connections"] == 10
    assert hellos[10]["reason"] == "too_many_websockets"
    for socket in sockets:
        await socket.close()


async def test_each_envelope_is_sent_to_one_connection(
    sandbox: Sandbox, http: aiohttp.ClientSession, driver: Driver
) -> None:
    async with Recorder(sandbox, http) as first, Recorder(sandbox, http) as second:
        for number in range(4):
            await driver.user("alice").command("general", "/help-me", str(number))
        texts = [
            sorted(request.payload["text"] for request in drain(recorder)) for recorder in (first, second)
        ]
    assert sorted(texts) == [["0", "2"], ["1", "3"]]


def drain(recorder: Recorder) -> list[Any]:
    return [recorder.requests.get_nowait() for _ in range(recorder.requests.qsize())]


async def test_commands_and_submissions_can_be_answered_in_the_ack_and_events_cannot(
    app: Recorder, driver: Driver, client: AsyncWebClient, sandbox: Sandbox
) -> None:
    general = sandbox.channels["general"]
    posted = await client.chat_postMessage(channel=general, text="x", blocks=[actions()])
    alice = driver.user("alice")
    await alice.command("general", "/help-me")
    await alice.click("press", channel="general", ts=posted["ts"])
    await alice.shortcut("global_help")
    accepts = {}
    for kind in ("message", "/help-me", "block_actions", "shortcut"):
        accepts[kind] = (await app.request(kind)).accepts_response_payload
    assert accepts == {"message": False, "/help-me": True, "block_actions": False, "shortcut": False}


async def test_without_a_connection_the_person_is_told(driver: Driver) -> None:
    outcome = await driver.act("alice", "command", channel="general", command="/help-me")
    assert outcome["ok"] is False
    assert outcome["error"] == "dispatch_failed: the app is not connected"


async def test_people_wait_as_long_as_the_workspace_is_configured(
    sandbox: Sandbox, http: aiohttp.ClientSession
) -> None:
    own = await Sandbox.start(manifest=sandbox._manifest, ack_seconds=0.05)
    own.clock.stop()
    socket = await open_socket(own, http)
    await next_message(socket)
    async with Driver(own.control_url) as driver:
        outcome = await driver.act("alice", "command", channel="general", command="/help-me")
    assert outcome["error"] == "dispatch_failed: the app did not respond in time"
    await socket.close()
    await own.stop()


async def test_a_command_that_is_not_acked_in_three_seconds_fails_and_a_late_ack_is_ignored(
    sandbox: Sandbox, http: aiohttp.ClientSession, driver: Driver
) -> None:
    socket = await open_socket(sandbox, http)
    await next_message(socket)
    sandbox.clock.stop()
    command = asyncio.create_task(driver.act("alice", "command", channel="general", command="/help-me"))
    envelope = await next_message(socket)
    await sandbox.clock.advance(2.9)
    assert not command.done()
    await sandbox.clock.advance(0.1)
    outcome = await command
    assert outcome["error"] == "dispatch_failed: the app did not respond in time"
    await socket.send_json({"envelope_id": envelope["envelope_id"], "payload": {"text": "too late"}})
    await socket.close()
    assert sandbox.see("alice", "general")["channel"]["messages"] == []


async def test_an_event_that_is_not_acked_is_sent_three_more_times(
    sandbox: Sandbox, app: Recorder, driver: Driver
) -> None:
    sandbox.clock.stop()
    app.acking = False
    await driver.user("alice").say("general", "hello?")
    seen = [await app.request("message")]
    for wait in (3, 3 + 60, 3 + 300):
        await sandbox.clock.advance(wait)
        seen.append(await app.request("message"))
    await sandbox.clock.advance(3600)
    assert [request.retry_attempt for request in seen] == [0, 1, 2, 3]
    assert [request.retry_reason for request in seen] == ["", "timeout", "timeout", "timeout"]
    assert len({request.payload["event_id"] for request in seen}) == 1
    assert app.kinds() == []


async def test_an_acked_event_is_not_sent_again(sandbox: Sandbox, app: Recorder, driver: Driver) -> None:
    await driver.user("alice").say("general", "hello")
    await app.event("message")
    await sandbox.clock.advance(3600)
    assert app.kinds() == []


async def test_an_app_that_reconnects_gets_the_event_that_it_missed(
    sandbox: Sandbox, http: aiohttp.ClientSession, driver: Driver
) -> None:
    await driver.user("alice").say("general", "anybody?")
    async with Recorder(sandbox, http) as late:
        await sandbox.clock.advance(60)
        request = await late.request("message")
        assert request.retry_attempt == 2
        assert request.retry_reason == "no_connection"


async def test_a_client_that_is_asked_to_refresh_reconnects(
    sandbox: Sandbox, app: Recorder, driver: Driver
) -> None:
    before = sandbox.sockets.connections[0]
    await driver.disconnect("refresh_requested")
    async with asyncio.timeout(PATIENCE):
        await sandbox.sockets.connected()
    assert sandbox.sockets.connections[0] is not before
    await driver.user("alice").command("general", "/help-me")
    assert await app.payload("/help-me")


async def test_a_warning_does_not_close_the_socket(sandbox: Sandbox, http: aiohttp.ClientSession) -> None:
    socket = await open_socket(sandbox, http)
    await next_message(socket)
    await sandbox.sockets.disconnect("warning")
    assert (await next_message(socket))["reason"] == "warning"
    await sandbox.sockets.disconnect("link_disabled")
    assert (await next_message(socket))["reason"] == "link_disabled"
    assert (await socket.receive(timeout=PATIENCE)).type is aiohttp.WSMsgType.CLOSE
    await socket.close()


async def test_a_message_that_is_not_an_ack_is_ignored(
    sandbox: Sandbox, http: aiohttp.ClientSession, driver: Driver
) -> None:
    socket = await open_socket(sandbox, http)
    await next_message(socket)
    command = asyncio.create_task(driver.act("alice", "command", channel="general", command="/help-me"))
    envelope = await next_message(socket)
    await socket.send_bytes(b"noise")
    for noise in ("{", "[]", "7"):
        await socket.send_str(noise)
    await socket.send_json({"envelope_id": "made-up"})
    await socket.send_json({"envelope_id": envelope["envelope_id"]})
    assert (await command)["ok"] is True
    await socket.close()


async def test_an_unknown_ticket_opens_no_socket(sandbox: Sandbox, http: aiohttp.ClientSession) -> None:
    async with http.get(sandbox.page_url + "link/", params={"ticket": "made-up"}) as answer:
        assert answer.status == 403


@pytest.mark.parametrize("manifest", [make_manifest(should_escape=True), make_manifest()])
async def test_a_commands_text_is_escaped(
    sandbox: Sandbox, app: Recorder, driver: Driver, manifest: dict[str, Any]
) -> None:
    await driver.user("alice").command("general", "/help-me", "<!channel> & @bob #random @nobody a@bob.x")
    payload = await app.payload("/help-me")
    bob, random = sandbox.users["bob"], sandbox.channels["random"]
    named = f"<@{bob}|bob> <#{random}|random>" if "should_escape" in json.dumps(manifest) else "@bob #random"
    assert payload["text"] == f"&lt;!channel&gt; &amp; {named} @nobody a@bob.x"
    assert payload["channel_name"] == "general"
    assert payload["user_name"] == "alice"


async def test_the_name_of_a_private_channel_is_not_sent(
    sandbox: Sandbox, app: Recorder, client: AsyncWebClient, driver: Driver
) -> None:
    room = (await client.conversations_create(name="room", is_private=True))["channel"]["id"]
    await client.conversations_invite(channel=room, users=sandbox.users["alice"])
    await driver.user("alice").command(room, "/help-me")
    assert (await app.payload("/help-me"))["channel_name"] == "privategroup"
    await driver.user("alice").command("@helper", "/help-me")
    assert (await app.payload("/help-me"))["channel_name"] == "directmessage"


async def test_an_answer_in_the_ack_is_shown_to_the_person_or_to_all(app: Recorder, driver: Driver) -> None:
    app.answer = lambda _: {"text": "psst"}
    alice = driver.user("alice")
    outcome = await alice.command("general", "/help-me")
    assert [(m["text"], m.get("ephemeral")) for m in outcome["messages"]] == [("psst", True)]
    app.answer = lambda _: {"text": "hey", "response_type": "in_channel"}
    outcome = await alice.command("general", "/help-me")
    assert [(m["text"], m.get("ephemeral")) for m in outcome["messages"]] == [("hey", None)]
    assert (await driver.see("bob", "general"))["channel"]["messages"][-1]["text"] == "hey"


async def test_an_answer_with_bad_blocks_is_an_error_for_the_person(app: Recorder, driver: Driver) -> None:
    app.answer = lambda _: {"blocks": [{"type": "marquee"}]}
    with pytest.raises(ActionFailed, match="invalid_blocks"):
        await driver.user("alice").command("general", "/help-me")
    app.answer = lambda _: {"text": ["not", "a", "text"]}
    with pytest.raises(ActionFailed, match="invalid_payload"):
        await driver.user("alice").command("general", "/help-me")


async def test_unknown_commands_and_channels_are_refused(app: Recorder, driver: Driver) -> None:
    alice = driver.user("alice")
    with pytest.raises(ActionFailed, match="no_such_command"):
        await alice.command("general", "/nothing")
    with pytest.raises(ActionFailed, match="no_such_shortcut"):
        await alice.shortcut("nothing")
    with pytest.raises(ActionFailed, match="not_in_channel"):
        await driver.user("erin").command("payments", "/help-me")
    assert app.kinds() == []


async def test_a_message_shortcut_sends_the_message(app: Recorder, driver: Driver) -> None:
    alice = driver.user("alice")
    said = (await alice.say("general", "look at this"))["messages"][0]
    await alice.shortcut("message_help", channel="general", ts=said["ts"])
    payload = await app.payload("message_action")
    assert payload["message"]["text"] == "look at this"
    assert payload["message_ts"] == said["ts"]
    assert payload["response_url"]
    assert payload["trigger_id"]
