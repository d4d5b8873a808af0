"""Who sees a private incident, and who no longer does, through the real bot and client, over the wire."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from bot.app import App
from bot.drills.stage import readable
from bot.incident.domain.incident import Incident
from bot.incident.store import incidents
from bot.sandbox.delivery import events
from tests.slack.conftest import Office
from tests.slack.test_home import home

HIDDEN = "There is no INC-1 that you can see"


async def _declare_privately(office: Office, **more: Any) -> str:
    """Alice declares a private incident. Returns the id of its room."""
    alice = office.person("alice")
    await alice.command("general", "/incident", "declare Key leaked")
    await alice.submit(severity="1", private=["private"], **more)
    office.stage.room = await alice.until(
        lambda seen: next((c["id"] for c in seen["channels"] if c["name"] == "inc-1-key-leaked"), None)
    )
    await office.stage.card("Key leaked")
    return office.stage.room


async def _incident(app: App) -> Incident:
    async with app.database.reading() as session:
        stored = await incidents.INCIDENTS.by_number(session, app.team, 1)
    assert stored is not None
    return stored.state


async def _until(holds: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(10):
        while not await holds():
            pass  # each check is a round trip, during which the bot receives the event


def _changed(office: Office, name: str, **fields: bool) -> None:
    """An admin changes the account of a person."""
    workspace = office.sandbox.workspace
    user = workspace.users[office.sandbox.users[name]]
    for field, value in fields.items():
        setattr(user, field, value)
    told = user.to_json(workspace.clock.now(), with_email=False)
    events.emit(workspace, {"type": "user_change", "user": told})


async def test_a_person_removed_from_the_room_cannot_read_or_command_and_is_not_invited_again(
    office: Office,
) -> None:
    room = await _declare_privately(office)
    bob, mention = office.person("bob"), f"<@{office.sandbox.users['bob']}>"
    await office.told("alice", f"assign {mention} expert")
    await bob.until(lambda seen: any(c["id"] == room for c in seen["channels"]))
    await _until_seen_by(office, "bob")
    assert "Key leaked" in await office.told("bob", "timeline INC-1", "general")
    await office.person("alice").remove(room, "bob")
    await office.stage.shows("alice", "Bob Brown left the room and is no longer Subject-Matter Expert")
    for typed in ("timeline INC-1", "assign INC-1 me commander force", "postmortem INC-1", "note INC-1 hi"):
        assert HIDDEN in await office.told("bob", typed, "general")
    assert "Key leaked" not in await office.told("bob", "list", "general")
    assert "Key leaked" not in await home(office, "No incident is open", by="bob")
    assert (await _incident(office.app)).commander is None
    assert all(c["id"] != room for c in (await bob.see())["channels"])
    await office.told("alice", f"assign {mention} scribe")
    await bob.until(lambda seen: any(c["id"] == room for c in seen["channels"]))
    await _until_seen_by(office, "bob")


async def test_a_form_opened_before_the_removal_is_refused_after_it(office: Office) -> None:
    room = await _declare_privately(office)
    bob = office.person("bob")
    await office.person("alice").invite(room, "bob")
    await bob.command(room, "/incident", "update")
    await office.person("alice").remove(room, "bob")
    await _until_hidden_from(office, "bob")
    answered = await bob.submit(conditions="Still here")
    assert "belongs to no incident" in str(answered["field_errors"])
    assert (await _incident(office.app)).update == ""


async def test_a_member_of_the_room_without_a_role_may_act_on_it_from_another_channel(office: Office) -> None:
    room = await _declare_privately(office)
    await office.person("alice").invite(room, "carol")
    await _until_seen_by(office, "carol")
    assert HIDDEN not in await office.told("carol", "note INC-1 the key was rotated", "random")
    await office.stage.shows("alice", "the key was rotated")


async def test_a_commander_who_leaves_is_reported_and_can_be_replaced_with_a_click(office: Office) -> None:
    await _declare_privately(office, commander=office.sandbox.users["bob"])
    bob = office.person("bob")
    await bob.until(lambda seen: any(c["id"] == office.stage.room for c in seen["channels"]))
    await bob.leave(office.stage.room)
    told = await office.stage.shows("alice", "is no longer Incident Commander", "Nobody has command now")
    await office.stage.press("alice", "take_command", told)
    await office.stage.shows("alice", "Alice Adams became Incident Commander")


async def test_unassign_ends_a_role(office: Office) -> None:
    await office.declare()
    carol = f"<@{office.sandbox.users['carol']}>"
    await office.told("alice", f"assign {carol} scribe")
    await office.told("alice", f"unassign {carol} scribe")
    await office.stage.shows("alice", f"{carol} is no longer Scribe (removed by")
    assert "holds no role" in await office.told("alice", f"unassign {carol}")


async def test_a_deactivated_person_gets_no_role_and_loses_their_own(office: Office) -> None:
    await office.declare()
    bob, carol = office.sandbox.users["bob"], office.sandbox.users["carol"]
    office.sandbox.workspace.users[carol].deleted = True
    assert "was deactivated in Slack" in await office.told("alice", f"assign <@{carol}> scribe")
    await office.stage.press("alice", "take_command", await office.stage.card("nobody yet"))
    await office.stage.press("alice", "handoff", await office.stage.card("Offer command"))
    answered = await office.person("alice").submit(person=carol)
    assert "was deactivated in Slack" in answered["field_errors"]["person"]
    await office.told("alice", f"assign <@{bob}> commander force")
    _changed(office, "bob", deleted=True)
    await office.stage.shows("alice", "was deactivated in Slack and is no longer Incident Commander")
    await office.stage.card("nobody yet")


async def test_the_form_refuses_a_deactivated_commander(office: Office) -> None:
    office.sandbox.workspace.users[office.sandbox.users["bob"]].deleted = True
    alice = office.person("alice")
    await alice.command("general", "/incident", "declare Checkout is failing")
    answered = await alice.submit(severity="1", commander=office.sandbox.users["bob"])
    assert "was deactivated in Slack" in answered["field_errors"]["commander"]


async def test_a_guest_lists_and_reads_only_incidents_of_their_own_rooms(office: Office) -> None:
    office.sandbox.workspace.users[office.sandbox.users["erin"]].is_restricted = True
    await office.declare()
    assert HIDDEN in await office.told("erin", "timeline INC-1", "general")
    assert "No incident is open" in await office.told("erin", "list", "general")
    assert "Checkout" not in await home(office, "No incident is open", by="erin")
    await office.person("alice").invite(office.stage.room, "erin")
    await _until_seen_by(office, "erin")
    assert "Checkout is failing" in await office.told("erin", "list", "general")


async def test_a_guest_who_declares_is_told_that_they_cannot_be_invited_until_it_is_possible(
    office: Office,
) -> None:
    office.sandbox.workspace.users[office.sandbox.users["erin"]].is_restricted = True
    await office.person("erin").command("general", "/incident", "declare sev2 Checkout is failing")
    office.stage.room = "inc-1-checkout-is-failing"
    alice = office.person("alice")
    await alice.until(lambda seen: any(c["name"] == office.stage.room for c in seen["channels"]))
    await alice.join(office.stage.room)
    erin = office.sandbox.users["erin"]
    await office.stage.shows("alice", f"I could not bring <@{erin}> into the war room", "user_is_restricted")
    told = await office.person("erin").until(
        lambda seen: next((c for c in seen["channels"] if c.get("is_im") or "warroom" in c["name"]), None)
    )
    direct = await office.person("erin").see(told["id"])
    assert "I could not bring you into its war room" in readable(direct["channel"]["messages"])
    _changed(office, "erin", is_restricted=False)
    await office.person("erin").until(
        lambda seen: any(c["name"] == office.stage.room and c["is_member"] for c in seen["channels"])
    )


async def _until_hidden_from(office: Office, name: str) -> None:
    async def hidden() -> bool:
        return HIDDEN in await office.told(name, "timeline INC-1", "general")

    await _until(hidden)


async def _until_seen_by(office: Office, name: str) -> None:
    async def seen() -> bool:
        return HIDDEN not in await office.told(name, "timeline INC-1", "general")

    await _until(seen)
