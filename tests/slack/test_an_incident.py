"""A whole incident as its people live it, through the real bot and client, over the wire."""

import asyncio
import html
from typing import Any

import pytest
from sqlmodel import select

from bot.drills.stage import download, has, latest, readable
from bot.engine.store.tables import ActRow
from tests.slack.conftest import Office


async def test_the_menu_offers_to_declare_where_there_is_no_incident(office: Office) -> None:
    told = await office.told("alice", "", "random")
    assert "Declare an incident" in told
    assert "Open incidents" in told


async def test_the_menus_button_opens_the_form(office: Office) -> None:
    answer = await office.person("alice").command("random", "/incident", "")
    menu = answer["messages"][-1]
    opened = await office.person("alice").click("declare", channel="random", ts=menu["ts"])
    assert opened["modals"][0]["title"]["text"] == "Declare an incident"


async def test_the_menu_in_a_war_room_offers_what_comes_next(office: Office) -> None:
    await office.declare()
    told = await office.told("alice", "")
    assert "Take command" in told
    assert "Resolve" in told


async def test_the_form_turns_into_the_link(office: Office) -> None:
    alice = office.person("alice")
    await alice.command("general", "/incident", "declare Checkout is failing")
    seen = await alice.see("general")
    assert "Checkout is failing" in str(seen["modals"][0])
    submitted = await alice.submit(severity="1", summary="Since noon", commander=office.sandbox.users["bob"])
    assert "Opening" in readable(submitted["modals"]) or "<#" in readable(submitted["modals"])
    room = await alice.until(lambda seen: "<#" in readable(seen["modals"]), "general")
    assert room
    office.stage.room = "inc-1-checkout-is-failing"
    card = await office.stage.card("SEV1", "Since noon", f"<@{office.sandbox.users['bob']}>")
    members = (await alice.see("inc-1-checkout-is-failing"))["channel"]["members"]
    assert {office.sandbox.users["alice"], office.sandbox.users["bob"]} <= set(members)
    assert card["pinned"]


async def test_one_line_needs_no_form_and_answers_with_the_link(office: Office) -> None:
    answer = await office.person("dave").command("payments", "/incident", "declare sev1 Payments are down")
    assert answer["modals"] == []
    await office.stage.shows("dave", "INC-1", "is declared. Its war room is", channel="payments")


async def test_a_global_shortcut_declares(office: Office) -> None:
    opened = await office.person("erin").shortcut("declare")
    assert opened["modals"][0]["callback_id"] == "declare"


async def test_a_message_is_declared_with_its_text_and_link(office: Office) -> None:
    erin = office.person("erin")
    said = await erin.say("general", "Nobody can log in")
    ts = said["messages"][-1]["ts"]
    opened = await erin.shortcut("declare_from_message", channel="general", ts=ts)
    assert "Nobody can log in" in str(opened["modals"][0])
    await erin.submit()
    office.stage.room = "inc-1-nobody-can-log-in"
    await erin.until(lambda seen: any(c["name"] == office.stage.room for c in seen["channels"]))
    card = await office.stage.card("Nobody can log in")
    assert "this message" in readable(card)
    room = await erin.until(lambda seen: _id_of(seen, office.stage.room), "general")
    thread = await erin.until(lambda seen: _replies(seen, "was declared from this message"), "general", ts)
    assert f"<#{room}>" in readable(thread)


async def test_a_private_incident_leaves_no_word_where_it_was_declared_from(office: Office) -> None:
    erin = office.person("erin")
    ts = (await erin.say("general", "Somebody has our keys"))["messages"][-1]["ts"]
    await erin.shortcut("declare_from_message", channel="general", ts=ts)
    await erin.submit(private=["private"])
    office.stage.room = await erin.until(lambda seen: _id_of(seen, "inc-1-somebody-has-our-keys"))
    await office.stage.shows("erin", "Somebody has our keys")
    await erin.until(lambda seen: "invite somebody" in seen["channel"]["topic"], office.stage.room)
    assert not (await erin.see("general", ts))["thread"]["messages"][1:]


async def test_command_can_be_taken_from_the_announcement_and_the_room_is_a_press_away(
    office: Office,
) -> None:
    room = await office.declare()
    frank = office.person("frank")
    announced = await office.stage.shows("frank", "Checkout is failing", room, channel="incidents")
    (join, take) = announced["blocks"][-1]["elements"]
    assert (join["text"]["text"], take["text"]["text"]) == ("Join", "Take command")
    assert join["url"].endswith(f"/archives/{room}")
    await frank.click("take_command", channel="incidents", ts=announced["ts"])
    await office.stage.shows("alice", "became Incident Commander")
    await office.stage.shows("frank", f"IC <@{office.sandbox.users['frank']}>", channel="incidents")
    channels = (await frank.see())["channels"]
    assert next(each for each in channels if each["id"] == room)["is_member"]


async def test_a_message_that_was_pinned_and_marked_enters_the_timeline_once(office: Office) -> None:
    await office.declare()
    alice = office.person("alice")
    ts = (await alice.say(office.stage.room, "The certificate <expired>"))["messages"][-1]["ts"]
    await alice.pin(office.stage.room, ts)
    await _until_noted(office, "The certificate <expired>")
    await alice.react(office.stage.room, ts, "pushpin")
    await office.stage.shows("alice", "That message is already on the timeline")
    await office.told("alice", "note Marker")
    told = await office.told("alice", "timeline")
    assert told.count("The certificate") == 1
    assert told.count("pinned") == 0, "the bot's own pin of its card is no news"
    assert "Checkout is failing (triage)" not in told


async def test_a_pin_in_another_channel_changes_nothing(office: Office) -> None:
    await office.declare()
    alice = office.person("alice")
    ts = (await alice.say("general", "Lunch?"))["messages"][-1]["ts"]
    await alice.pin("general", ts)
    await office.told("alice", "note Marker")
    assert "Lunch" not in await office.told("alice", "timeline")


async def test_roles_are_given_from_the_card_before_anybody_commands(office: Office) -> None:
    await office.declare()
    await office.stage.press("alice", "roles", await office.stage.card("nobody yet"))
    await office.person("alice").submit(person=office.sandbox.users["bob"], role="scribe")
    await office.stage.card("nobody yet", f"Scribe: <@{office.sandbox.users['bob']}>")


@pytest.mark.no_cover  # Slack waits for three seconds, and counting lines takes half as long again
async def test_fifty_clicks_in_one_moment_make_one_commander(office: Office) -> None:
    await office.declare()
    card = await office.stage.card("nobody yet")
    names = ("alice", "bob", "carol", "dave", "erin", "frank")
    for name in names[1:]:
        await office.person(name).join(office.stage.room)
    await office.app.engine.deliverer.drain()  # who came is known by now, and what was to be shown is shown
    clicks = [names[each % 6] for each in range(50)]
    answers = await asyncio.gather(*(office.stage.press(name, "take_command", card) for name in clicks))
    await office.stage.shows("alice", "became Incident Commander")
    seen = [await office.person(name).see(office.stage.room) for name in names]
    told = [
        readable(message)
        for each in seen
        for message in each["channel"]["messages"]
        if message.get("ephemeral")
    ]
    taken = [m for m in seen[0]["channel"]["messages"] if has(m, "became Incident Commander")]
    assert len(answers) == 50
    assert len(taken) == 1
    assert (
        sum("already ha" in text for text in told) == 49
    )  # "… already has command", or "You already have command"


async def test_command_is_handed_over_by_offer_and_acceptance(office: Office) -> None:
    await office.declare()
    await office.stage.press("alice", "take_command", await office.stage.card("nobody yet"))
    card = await office.stage.card("Offer command")
    await office.stage.press("alice", "handoff", card)
    await office.person("alice").submit(person=office.sandbox.users["bob"])
    offer = await office.stage.shows("bob", "to take over command", "Accept command")
    await office.stage.card(f"<@{office.sandbox.users['alice']}>")
    refused = await office.stage.press("alice", "handoff_accept", offer)
    assert any(has(message, "only they can answer") for message in refused["messages"])
    await office.stage.press("bob", "handoff_accept", offer)
    await office.stage.card(f"*Commander*\n<@{office.sandbox.users['bob']}>")


async def test_severity_status_and_notes_by_form(office: Office) -> None:
    await office.declare()
    alice = office.person("alice")
    card = await office.stage.card("SEV2")
    await office.stage.press("alice", "severity", card)
    await alice.submit(severity="1", reason="It is everybody")
    await office.stage.shows("alice", "from SEV2 to SEV1: It is everybody")
    await office.stage.press("alice", "status", card)
    await alice.submit(status="mitigating")
    await office.stage.shows("alice", "from triage to mitigating")
    await office.stage.press("alice", "note", card)
    await alice.submit(text="Deploy 214 went out")
    await office.stage.shows("alice", "Deploy 214 went out")
    assert "Deploy 214 went out" in await office.told("alice", "timeline")


async def test_resolve_reopen_and_resolve_again(office: Office) -> None:
    await office.declare()
    assert await office.told("alice", "resolve Rolled back") == ""
    await office.stage.card("resolved", "Reopen")
    await office.stage.press("alice", "reopen", await office.stage.card("Reopen"))
    await office.person("alice").submit(reason="Errors are back")
    await office.stage.shows("alice", "Incident reopened (resolved → mitigating): Errors are back")
    await office.stage.card("mitigating", "Resolve")
    await office.told("alice", "resolve Really now")
    await office.stage.card("resolved")


async def test_the_announcement_follows_the_card(office: Office) -> None:
    await office.declare()
    await office.told("alice", "update Half of all payments fail")
    await office.stage.shows("frank", "Checkout is failing", "Half of all payments fail", channel="incidents")
    await office.told("alice", "resolve Rolled back")
    await office.stage.shows("frank", "Checkout is failing", "resolved", channel="incidents")
    seen = await office.person("frank").see("incidents")
    about = [message for message in seen["channel"]["messages"] if has(message, "Checkout is failing")]
    assert len(about) == 1


async def test_a_private_incident_is_seen_by_its_own_people_only(office: Office) -> None:
    alice = office.person("alice")
    await alice.command("general", "/incident", "declare Key leaked")
    await alice.submit(severity="1", private=["private"])
    await alice.until(lambda seen: any(c["name"] == "inc-1-key-leaked" for c in seen["channels"]))
    room = next(c for c in (await alice.see())["channels"] if c["name"] == "inc-1-key-leaked")
    assert room["is_private"]
    office.stage.room = room["id"]
    await office.stage.card("Key leaked")
    assert "Key leaked" in await office.told("alice", "list", "random")
    assert "Key leaked" not in await office.told("bob", "list", "random")
    assert "Key leaked" not in await office.told("bob", "severity sev1", "random")
    assert "Key leaked" not in await office.told("bob", "", "random")
    incidents = (await office.person("bob").see("incidents"))["channel"]["messages"]
    assert not any(has(message, "Key leaked") for message in incidents)
    assert all(c["id"] != room["id"] for c in (await office.person("bob").see())["channels"])


async def test_an_incident_may_be_named_from_anywhere(office: Office) -> None:
    await office.declare()
    told = await office.told("alice", "severity INC-1 sev1 it is everybody", "random")
    assert f"Recorded on *INC-1* Checkout is failing: see <#{office.stage.room}>" in told
    await office.stage.shows("alice", "from SEV2 to SEV1: it is everybody")
    assert "`/incident update INC-1: …`" in await office.told("alice", "update", "random")
    assert "There is no INC-99" in await office.told("alice", "update INC-99 fine", "random")


async def test_a_private_incident_cannot_be_named_by_strangers(office: Office) -> None:
    alice = office.person("alice")
    await alice.command("general", "/incident", "declare Key leaked")
    await alice.submit(severity="1", private=["private"])
    await alice.until(lambda seen: any(c["name"] == "inc-1-key-leaked" for c in seen["channels"]))
    assert "There is no INC-1 that you can see" in await office.told("bob", "resolve INC-1 done", "random")
    assert "There is no INC-1 that you can see" in await office.told("bob", "timeline INC-1", "random")
    assert "Key leaked" in await office.told("alice", "timeline INC-1", "random")


async def test_a_text_of_several_lines_is_taken_whole(office: Office) -> None:
    await office.declare()
    await office.told("alice", "update\nHalf of all payments fail.\nWe roll back.")
    await office.stage.shows("alice", "Half of all payments fail.\nWe roll back.")


async def test_a_pushpin_on_a_reply_in_a_thread_enters_the_timeline(office: Office) -> None:
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


async def test_long_after_only_the_marks_on_messages_are_remembered(office: Office) -> None:
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


async def test_the_postmortem_draft_is_a_file_in_the_war_room(office: Office) -> None:
    await office.declare()
    await office.told("alice", "resolve Rolled back")
    await office.stage.press("alice", "postmortem", await office.stage.card("Postmortem draft"))
    message = await office.stage.shows("alice", "postmortem draft of INC-1")
    text = await download(message)
    assert text.startswith("# INC-1: Checkout is failing")
    assert "Alice Adams" in text


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


def _id_of(seen: dict[str, Any], name: str) -> str | None:
    return next((each["id"] for each in seen["channels"] if each["name"] == name), None)


def _replies(seen: dict[str, Any], words: str) -> list[dict[str, Any]]:
    return [each for each in seen["thread"]["messages"] if has(each, words)]


async def _until_noted(office: Office, words: str) -> None:
    async with asyncio.timeout(10):
        while html.escape(words, quote=False) not in await office.told("alice", "timeline"):
            pass  # each asking is a round trip; meanwhile the message is read from Slack
