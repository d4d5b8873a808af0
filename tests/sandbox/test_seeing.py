"""What people see over the control API: channels, messages, threads, unread messages."""

import json

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Sandbox
from bot.sandbox.driver import ActionFailed, Driver


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


async def test_an_edit_adds_and_removes_no_mention(driver: Driver) -> None:
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


async def test_the_latest_messages_can_be_requested_and_then_older_ones(
    sandbox: Sandbox, driver: Driver
) -> None:
    for number in range(5):
        await driver.user("alice").say("general", str(number))
    latest = sandbox.see("bob", "general", limit=2)["channel"]
    assert ([m["text"] for m in latest["messages"]], latest["has_more"]) == (["3", "4"], True)
    older = sandbox.see("bob", "general", limit=3, before=latest["messages"][0]["ts"])["channel"]
    assert ([m["text"] for m in older["messages"]], older["has_more"]) == (["0", "1", "2"], False)
