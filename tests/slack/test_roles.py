"""Roles over the wire: who joins, who gets a role and declines it, and who asks for command."""

from typing import Any

from bot.drills.stage import has
from tests.slack.conftest import Office


async def _direct(office: Office, name: str, *words: str) -> dict[str, Any]:
    """The direct message of the bot to this person that has these words."""
    channel: dict[str, Any] = await office.person(name).until(
        lambda seen: next((each for each in seen["channels"] if "warroom" in each["name"]), None)
    )
    return await office.stage.shows(name, *words, channel=channel["id"]) | {"in": channel["id"]}


async def test_whoever_joins_reads_how_it_stands_and_what_is_needed(office: Office) -> None:
    room = await office.declare()
    await office.told("alice", "update Half of all payments fail")
    await office.person("erin").join(room)
    message = await _direct(office, "erin", "Checkout is failing", "Half of all payments fail", "Needed")
    assert has(message, "somebody who takes command, a scribe")
    await office.person("erin").click("take_command", channel=message["in"], ts=message["ts"])
    await office.stage.shows("alice", "became Incident Commander")
    assert "Half of all payments fail" in await office.told("erin", "catchup")


async def test_who_leaves_out_the_bot_itself(office: Office) -> None:
    room = await office.declare()
    await office.person("erin").join(room)
    await office.told("alice", "assign me")
    await office.app.engine.deliverer.drain()  # the members are read by now
    told = await office.told("alice", "who")
    erin, bot = office.sandbox.users["erin"], office.app.bot_user
    assert f"*Incident Commander* <@{office.sandbox.users['alice']}> since" in told
    assert f"*Here without a role* <@{erin}>" in told
    assert bot not in told


async def test_a_role_is_declined_in_the_direct_message(office: Office) -> None:
    await office.declare()
    await office.told("alice", "assign me")
    await office.told("alice", f"assign <@{office.sandbox.users['bob']}> customer liaison")
    message = await _direct(office, "bob", "You are *Customer Liaison* of *INC-1*")
    answer = await office.person("bob").click("decline_role", channel=message["in"], ts=message["ts"])
    assert has(answer["messages"], "Recorded on *INC-1*")
    await office.stage.shows("alice", "cannot take the role of Customer Liaison", "Nobody has it now")
    assert "*Customer Liaison* <@" not in await office.told("bob", "who")


async def test_a_takeover_asks_the_commander_who_hands_over(office: Office) -> None:
    room = await office.declare()
    await office.told("alice", "assign me")
    await office.person("bob").join(room)
    await office.told("bob", "takeover")
    request = await office.stage.shows("alice", "to hand over command", "Keep command")
    refused = await office.stage.press("bob", "takeover_accept", request)
    assert any(has(message, "only they can answer") for message in refused["messages"])
    await office.stage.press("alice", "takeover_accept", request)
    await office.stage.card(f"*Commander* <@{office.sandbox.users['bob']}>")
    await office.stage.shows("alice", "Request for command", "has handed over to")
    assert "asked" in await office.told("alice", "timeline")


async def test_whoever_leaves_their_roles_stays_and_the_room_is_told(office: Office) -> None:
    await office.declare()
    await office.told("alice", "assign me")
    assert await office.told("alice", "leave") == ""
    await office.stage.shows("alice", "stepped down as Incident Commander", "Nobody has command now")
    assert "You hold no role in INC-1" in await office.told("alice", "leave")
