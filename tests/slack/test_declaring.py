"""An incident is declared: from the menu, a form, one line, a shortcut or a message."""

from typing import Any

from bot.drills.stage import has, readable
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


async def test_the_submitted_form_becomes_a_link_to_the_war_room(office: Office) -> None:
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


async def test_a_global_shortcut_opens_the_form(office: Office) -> None:
    opened = await office.person("erin").shortcut("declare")
    assert opened["modals"][0]["callback_id"] == "declare"


async def test_an_incident_declared_from_a_message_has_its_text_and_link(office: Office) -> None:
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


async def test_a_private_incident_posts_nothing_where_it_was_declared_from(office: Office) -> None:
    erin = office.person("erin")
    ts = (await erin.say("general", "Somebody has our keys"))["messages"][-1]["ts"]
    await erin.shortcut("declare_from_message", channel="general", ts=ts)
    await erin.submit(private=["private"])
    office.stage.room = await erin.until(lambda seen: _id_of(seen, "inc-1-somebody-has-our-keys"))
    await office.stage.shows("erin", "Somebody has our keys")
    await erin.until(lambda seen: "invite somebody" in seen["channel"]["topic"], office.stage.room)
    assert not (await erin.see("general", ts))["thread"]["messages"][1:]


def _id_of(seen: dict[str, Any], name: str) -> str | None:
    return next((each["id"] for each in seen["channels"] if each["name"] == name), None)


def _replies(seen: dict[str, Any], words: str) -> list[dict[str, Any]]:
    return [each for each in seen["thread"]["messages"] if has(each, words)]
