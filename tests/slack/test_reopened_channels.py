"""Channels that people archive and open again: the real bot catches up, in the sandbox, over the wire."""

from typing import Any

from bot.drills.stage import readable
from tests.slack.conftest import Office

MISSED = "While this room could not be reached"


async def _until_it_caught_up(office: Office, *words: str, channel: str = "") -> str:
    """Wait until the room has all of these words. Returns its text."""

    def caught_up(seen: dict[str, Any]) -> str | None:
        told = readable(seen["channel"]["messages"])
        return told if all(word in told for word in words) else None

    told: str = await office.person("alice").until(caught_up, channel or office.stage.room)
    return told


async def test_an_archived_room_is_brought_up_to_date_when_it_is_unarchived(office: Office) -> None:
    room = await office.declare()
    alice = office.person("alice")
    await alice.archive(room)
    await office.told("alice", "update INC-1 Half of it works", "general")
    await office.told("alice", "severity INC-1 sev1", "general")
    await office.app.engine.deliverer.drain()
    await alice.unarchive(room)
    await office.told("alice", "update All works again", room)
    told = await _until_it_caught_up(office, MISSED, "Half of it works", "All works again")
    assert told.find(MISSED) < told.find("Half of it works")
    await office.stage.card("SEV1", "All works again")


async def test_a_private_room_is_brought_up_to_date_when_the_bot_is_invited_again(
    office: Office,
) -> None:
    alice = office.person("alice")
    await alice.command("general", "/incident", "declare Key leaked")
    await alice.submit(severity="2", private=["private"])
    room = await alice.until(
        lambda seen: next((c["id"] for c in seen["channels"] if c["name"].startswith("inc-1")), None)
    )
    office.stage.room = room
    await office.stage.card("triage")
    await alice.remove(room, "warroom")
    await office.told("alice", "note INC-1 Rotated the key", "general")
    await office.app.engine.deliverer.drain()
    await alice.invite(room, "warroom")
    await _until_it_caught_up(office, MISSED, "Rotated the key")


async def test_missed_announcements_are_posted_when_the_incidents_channel_is_unarchived(
    office: Office,
) -> None:
    frank = office.person("frank")
    await frank.archive("incidents")
    await office.declare()
    await office.app.engine.deliverer.drain()
    await frank.unarchive("incidents")

    def announced(seen: dict[str, Any]) -> bool:
        return "Checkout is failing" in readable(seen["channel"]["messages"])

    assert await frank.until(announced, "incidents")


async def test_another_person_who_joins_a_room_does_not_make_the_bot_catch_up(office: Office) -> None:
    room = await office.declare()
    await office.person("bob").join(room)
    await office.app.engine.deliverer.drain()
    assert MISSED not in readable((await office.person("bob").see(room))["channel"]["messages"])
