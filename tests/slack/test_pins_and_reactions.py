"""Pinned messages, and messages with the pushpin reaction, go on the timeline."""

import asyncio
import html
import re

from sqlmodel import select

from bot.drills.stage import has, latest
from bot.engine.store.tables import ActRow
from tests.slack.conftest import Office


async def test_a_message_that_is_pinned_and_marked_is_on_the_timeline_once(office: Office) -> None:
    await office.declare()
    alice = office.person("alice")
    ts = (await alice.say(office.stage.room, "The certificate <expired>"))["messages"][-1]["ts"]
    await alice.pin(office.stage.room, ts)
    await _until_noted(office, "The certificate <expired>")
    await alice.react(office.stage.room, ts, "pushpin")
    await office.stage.shows("alice", "That message is already on the timeline")
    await office.told("alice", "note Marker")
    told = await office.told("alice", "timeline")
    assert len(set(re.findall(r"`#(\d+)`.*The certificate", told))) == 1
    assert told.count("pinned") == 0, "the bot's own pin of its card is no news"
    assert "Checkout is failing (triage)" not in told


async def test_a_pin_in_another_channel_changes_nothing(office: Office) -> None:
    await office.declare()
    alice = office.person("alice")
    ts = (await alice.say("general", "Lunch?"))["messages"][-1]["ts"]
    await alice.pin("general", ts)
    await office.told("alice", "note Marker")
    assert "Lunch" not in await office.told("alice", "timeline")


async def test_a_reply_in_a_thread_with_a_pushpin_is_on_the_timeline(office: Office) -> None:
    await office.declare()
    alice = office.person("alice")
    said = await alice.say(office.stage.room, "What changed?")
    ts = said["messages"][-1]["ts"]
    await alice.reply(office.stage.room, ts, "The certificate <expired>")
    thread = (await alice.see(office.stage.room, ts))["thread"]["messages"]
    await alice.react(office.stage.room, thread[-1]["ts"], "pushpin")
    await _until_noted(office, "The certificate <expired>")
    async with asyncio.timeout(10):
        while not any(has(each, "Added to the timeline") for each in thread):
            await office.driver.traffic()
            thread = (await alice.see(office.stage.room, ts))["thread"]["messages"]
    at_the_root = (await alice.see(office.stage.room))["channel"]["messages"]
    assert not any(has(each, "Added to the timeline") for each in at_the_root)


async def test_after_a_long_time_only_the_marks_on_messages_are_stored(office: Office) -> None:
    async def remembered() -> set[str]:
        async with office.app.database.reading() as session:
            return set((await session.exec(select(ActRow.act_id))).all())

    await office.declare()
    said = await office.person("alice").say(office.stage.room, "The certificate expired")
    await office.person("alice").react(office.stage.room, said["messages"][-1]["ts"], "pushpin")
    await _until_noted(office, "The certificate expired")
    mark = f"note:{office.stage.room}:{said['messages'][-1]['ts']}"
    assert {mark} < await remembered()
    await office.driver.advance(8 * 24 * 3600)
    async with asyncio.timeout(10):
        while await remembered() != {mark}:
            await office.driver.traffic()  # a round trip; meanwhile the bot ticks


async def test_another_reaction_and_another_channel_change_nothing(office: Office) -> None:
    await office.declare()
    alice = office.person("alice")
    said = await alice.say(office.stage.room, "Looking")
    await alice.react(office.stage.room, said["messages"][-1]["ts"], "eyes")
    elsewhere = await alice.say("general", "Lunch?")
    await alice.react("general", elsewhere["messages"][-1]["ts"], "pushpin")
    await office.told("alice", "note Marker")
    told = await office.told("alice", "timeline")
    assert "Marker" in told
    assert "Looking" not in told
    assert "Lunch" not in told


async def test_the_bots_own_messages_and_pins_start_no_loop(office: Office) -> None:
    await office.declare()
    before = len(await office.driver.traffic())
    await office.told("alice", "note Quiet")
    await office.stage.shows("alice", "Quiet")
    posted = [
        entry
        for entry in (await office.driver.traffic())[before:]
        if entry.get("method") in {"chat.postMessage", "chat.update"}
    ]
    assert len(posted) == 1
    seen = await office.person("alice").see(office.stage.room)
    assert latest(seen, lambda message: has(message, "Quiet")) is not None


async def test_edits_and_the_deletion_of_a_marked_message_are_followed(office: Office) -> None:
    await office.declare()
    alice = office.person("alice")
    ts = (await alice.say(office.stage.room, "The certificate expired"))["messages"][-1]["ts"]
    await alice.react(office.stage.room, ts, "pushpin")
    await _until_noted(office, "The certificate expired")
    await alice.edit(office.stage.room, ts, "The certificate <of db-1> expired")
    await _until_noted(office, "The certificate <of db-1> expired")
    await alice.delete(office.stage.room, ts)
    await _until_told(office, "timeline struck", "deleted in Slack")
    assert "certificate" not in await office.told("alice", "timeline")


async def test_a_reaction_that_is_taken_back_takes_the_note_out_and_comes_back(office: Office) -> None:
    await office.declare()
    alice, bob = office.person("alice"), office.person("bob")
    await bob.join(office.stage.room)
    ts = (await alice.say(office.stage.room, "The certificate expired"))["messages"][-1]["ts"]
    await alice.react(office.stage.room, ts, "pushpin")
    await _until_noted(office, "The certificate expired")
    await bob.react(office.stage.room, ts, "pushpin")
    await alice.unreact(office.stage.room, ts, "pushpin")
    await office.stage.shows("alice", "is taken out of the timeline, unless")
    assert "The certificate expired" in await office.told("alice", "timeline")
    await bob.unreact(office.stage.room, ts, "pushpin")
    await _until_told(office, "timeline struck", "the reaction was taken back")
    await alice.react(office.stage.room, ts, "pushpin")
    await _until_told(office, "timeline", "The certificate expired")
    assert "`#2`" in await office.told("alice", "timeline notes"), "it has its old number"


async def test_a_file_keeps_its_name_and_its_link_and_a_reply_the_link_to_its_thread(office: Office) -> None:
    await office.declare()
    alice = office.person("alice")
    uploaded = await alice.upload(office.stage.room, "graph.png", b"png")
    message = uploaded["messages"][-1]
    await alice.react(office.stage.room, message["ts"], "pushpin")
    await _until_noted(office, "(file: graph.png ")
    assert message["files"][0]["permalink"] in await office.told("alice", "timeline")
    ts = (await alice.say(office.stage.room, "What changed?"))["messages"][-1]["ts"]
    await alice.reply(office.stage.room, ts, "The certificate expired")
    thread = (await alice.see(office.stage.room, ts))["thread"]["messages"]
    await alice.react(office.stage.room, thread[-1]["ts"], "pushpin")
    await _until_noted(office, "The certificate expired")
    assert f"?thread_ts={ts}" in await office.told("alice", "timeline")


async def _until_told(office: Office, words: str, told: str) -> None:
    async with asyncio.timeout(10):
        while told not in await office.told("alice", words):
            pass  # as below


async def _until_noted(office: Office, words: str) -> None:
    async with asyncio.timeout(10):
        while html.escape(words, quote=False) not in await office.told("alice", "timeline"):
            pass  # each asking is a round trip; meanwhile the message is read from Slack
