"""If Slack does not let the bot into a war room, the people concerned are told anyway, and nobody else."""

import pytest

from bot.drills.stage import has, readable
from tests.resilience.conftest import Opened
from tests.resilience.faulty_office import FaultyOffice
from tests.resilience.uses import declared, said


async def _private_room(office: FaultyOffice) -> None:
    """Bob has a private incident, and removes the app from its room."""
    bob = office.person("bob")
    await bob.command("general", "/incident", "declare Key leaked")
    await bob.submit(severity="1", private=["private"])
    await office.settle()
    room = next(c for c in (await bob.see())["channels"] if c["is_private"] and not c["is_im"])
    office.stage.room = room["id"]
    await bob.remove(room["id"], "warroom")


async def _direct(office: FaultyOffice, name: str) -> str:
    """The direct messages of the app to this person."""
    person = office.person(name)
    channels = [c["id"] for c in (await person.see())["channels"] if c["is_im"] and c["name"] == "warroom"]
    return "\n".join([readable((await person.see(channel))["channel"]["messages"]) for channel in channels])


async def test_a_bot_removed_from_a_private_room_asks_the_commander_to_invite_it_back(
    open_office: Opened,
) -> None:
    async with open_office("private") as office:
        await _private_room(office)
        assert "Recorded on *INC-1*" in await office.told("bob", "update INC-1 Rotated", "general")
        await office.settle()
        told = await _direct(office, "bob")
        assert "*INC-1*: I could not post in the war room" in told
        assert "Invite me to that channel" in told
        assert "Key leaked" not in told
        assert [await _direct(office, name) for name in ("alice", "frank")] == ["", ""]
        await office.person("bob").invite(office.stage.room, "warroom")
        await office.retry()
        seen = (await office.person("bob").see(office.stage.room))["channel"]["messages"]
        assert sum(has(message, "While this room could not be reached", "Rotated") for message in seen) == 1
        assert not any(has(message, "I could not") for message in seen)
        assert await office.dead() == []


@pytest.mark.parametrize("fault", ["missing_scope", "unknown_method"])
async def test_if_the_bot_can_write_nowhere_the_answer_to_the_next_act_says_so(
    open_office: Opened, fault: str
) -> None:
    async with open_office("mute") as office:
        await declared(office)
        await office.settle()
        office.strike(fault, method="chat.postMessage")
        assert "Recorded on *INC-1*" in await said("update Half of it works")(office)
        await office.settle()
        told = await said("note Still looking")(office)
        assert "It is recorded, but I cannot show it in the war room of *INC-1*" in told
        assert f"`{fault}`" in told
        office.sandbox.faults.clear()
        await office.retry()
        assert "cannot show" not in await said("note Found it")(office)
        await office.settle()
        seen = (await office.person("alice").see(office.stage.room))["channel"]["messages"]
        for words in ("Half of it works", "Still looking", "Found it"):
            assert sum(has(m, words) and not m.get("pinned") for m in seen) == 1


async def test_if_the_bot_can_write_nowhere_a_form_says_so_too(open_office: Opened) -> None:
    async with open_office("mute form") as office:
        await declared(office)
        office.strike("missing_scope", method="chat.postMessage")
        await said("update Half of it works")(office)
        await office.settle()
        await office.told("alice", "note INC-1", "general")
        answer = await office.person("alice").submit(text="Still looking")
        assert "It is recorded, but I cannot show it" in readable(answer["modals"])


async def test_a_refused_room_is_reported_with_the_reason_and_opens_once_that_is_fixed(
    open_office: Opened,
) -> None:
    async with open_office("restricted") as office:
        office.strike("refuse", method="conversations.create", error="restricted_action")
        await office.told("alice", "declare sev4 Down", "general")
        await office.settle()
        seen = (await office.person("alice").see("general"))["channel"]["messages"]
        assert any(
            has(m, "did not let me open its war room", "restricted_action", "an admin can allow")
            for m in seen
        )
        assert "Recorded on *INC-1*" in await said("update Half of it works")(office)
        office.sandbox.faults.clear()
        await office.retry()
        rooms = [
            c["id"] for c in (await office.person("alice").see())["channels"] if c["name"].startswith("inc-")
        ]
        assert len(rooms) == 1
        seen = (await office.person("alice").see(rooms[0]))["channel"]["messages"]
        assert sum(has(m, "Status update", "Half of it works") for m in seen) == 1
        assert not any(has(m, "I could not") for m in seen)
        announced = (await office.person("frank").see("incidents"))["channel"]["messages"]
        assert sum(has(m, "Down") for m in announced) == 1
