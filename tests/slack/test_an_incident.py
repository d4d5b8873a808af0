"""An incident with the real bot and client, over the wire: command, status, privacy and the end."""

import asyncio

import pytest

from bot.drills.stage import download, has, readable
from tests.slack.conftest import Office


async def test_the_menu_in_a_war_room_offers_the_next_steps(office: Office) -> None:
    await office.declare()
    told = await office.told("alice", "")
    assert "Take command" in told
    assert "Resolve" in told


async def test_the_announcement_has_buttons_to_join_and_to_take_command(
    office: Office,
) -> None:
    room = await office.declare()
    frank = office.person("frank")
    announced = await office.stage.shows("frank", "Checkout is failing", room, channel="incidents")
    join, take, follow = announced["blocks"][-1]["elements"]
    assert [each["text"]["text"] for each in (join, take, follow)] == ["Join", "Take command", "Follow"]
    assert join["url"].endswith(f"/archives/{room}")
    await frank.click("take_command", channel="incidents", ts=announced["ts"])
    await office.stage.shows("alice", "became Incident Commander")
    await office.stage.shows("frank", f"IC <@{office.sandbox.users['frank']}>", channel="incidents")
    channels = (await frank.see())["channels"]
    assert next(each for each in channels if each["id"] == room)["is_member"]


async def test_roles_can_be_assigned_from_the_card_before_there_is_a_commander(office: Office) -> None:
    await office.declare()
    await office.stage.press("alice", "roles", await office.stage.card("nobody yet"))
    await office.person("alice").submit(person=office.sandbox.users["bob"], role="scribe")
    await office.stage.card("nobody yet", f"Scribe: <@{office.sandbox.users['bob']}>")


@pytest.mark.no_cover  # Slack waits for three seconds, and counting lines takes half as long again
async def test_fifty_clicks_at_once_make_one_commander(office: Office) -> None:
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
    await office.stage.card(f"*Commander* <@{office.sandbox.users['bob']}>")


async def test_severity_status_and_notes_are_changed_by_form(office: Office) -> None:
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


async def test_an_incident_is_resolved_reopened_and_resolved_again(office: Office) -> None:
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


async def test_only_its_own_people_see_a_private_incident(office: Office) -> None:
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


async def test_a_command_can_name_the_incident_from_any_channel(office: Office) -> None:
    await office.declare()
    told = await office.told("alice", "severity INC-1 sev1 it is everybody", "random")
    assert f"Recorded on *INC-1* Checkout is failing: see <#{office.stage.room}>" in told
    await office.stage.shows("alice", "from SEV2 to SEV1: it is everybody")
    assert "`/incident update INC-1: …`" in await office.told("alice", "update", "random")
    assert "There is no INC-99" in await office.told("alice", "update INC-99 fine", "random")


async def test_nobody_else_can_name_a_private_incident(office: Office) -> None:
    alice = office.person("alice")
    await alice.command("general", "/incident", "declare Key leaked")
    await alice.submit(severity="1", private=["private"])
    await alice.until(lambda seen: any(c["name"] == "inc-1-key-leaked" for c in seen["channels"]))
    assert "There is no INC-1 that you can see" in await office.told("bob", "resolve INC-1 done", "random")
    assert "There is no INC-1 that you can see" in await office.told("bob", "timeline INC-1", "random")
    assert "Key leaked" in await office.told("alice", "timeline INC-1", "random")


async def test_a_text_of_several_lines_is_taken_in_full(office: Office) -> None:
    await office.declare()
    await office.told("alice", "update\nHalf of all payments fail.\nWe roll back.")
    await office.stage.shows("alice", "Half of all payments fail.\nWe roll back.")


async def test_the_postmortem_draft_is_a_file_in_the_war_room(office: Office) -> None:
    await office.declare()
    await office.told("alice", "resolve Rolled back")
    await office.stage.press("alice", "postmortem", await office.stage.card("Postmortem draft"))
    message = await office.stage.shows("alice", "postmortem draft of INC-1")
    text = await download(message)
    assert text.startswith("# INC-1: Checkout is failing")
    assert "Alice Adams" in text
