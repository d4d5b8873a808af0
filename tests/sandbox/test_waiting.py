"""Waiting for changes over the control API: long polls and the stream."""

import asyncio
import json
from typing import Any

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Sandbox
from bot.sandbox.driver import Driver, NotSeen


async def test_a_long_poll_returns_when_something_changed(driver: Driver) -> None:
    seq = (await driver.see("alice", "general"))["seq"]
    waiting = asyncio.create_task(driver.see("alice", "general", after=seq, wait=5))
    await driver.user("bob").say("general", "news")
    assert (await waiting)["channel"]["messages"][-1]["text"] == "news"


async def test_a_long_poll_returns_at_once_if_something_has_already_changed(driver: Driver) -> None:
    seq = (await driver.see("alice"))["seq"]
    await driver.user("bob").say("general", "news")
    async with asyncio.timeout(1):
        assert (await driver.see("alice", after=seq, wait=5))["seq"] > seq


async def test_a_long_poll_does_not_return_for_what_the_person_cannot_see(
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


async def test_a_wait_that_fails_says_what_was_there_instead(driver: Driver) -> None:
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
