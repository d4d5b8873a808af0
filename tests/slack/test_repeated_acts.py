"""Repeated acts in Slack: one alert and two people, a command typed again, a double click, a COMMIT that broke."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.drills.stage import has, readable
from bot.slack.listeners import UNKNOWN
from tests.postgres import empty_database
from tests.slack.conftest import Office, Town, town_on
from tests.wire import AtCommit, Wire, wire_to


async def _rooms(office: Office) -> list[str]:
    seen = await office.person("alice").see()
    return sorted(c["name"] for c in seen["channels"] if c["name"].startswith("inc-"))


async def test_two_people_declare_from_one_alert(office: Office) -> None:
    alert = (await office.person("alice").say("general", "Checkout: 40 % errors"))["messages"][-1]["ts"]
    for name in ("alice", "bob"):
        await office.person(name).shortcut("declare_from_message", channel="general", ts=alert)
    await office.person("alice").submit(severity="2")
    await office.person("alice").until(lambda seen: any("inc-1" in c["name"] for c in seen["channels"]))
    bob = office.person("bob")
    asked = await bob.submit(severity="1", summary="In Asia", commander="carol", private=["private"])
    assert "has already declared this: *INC-1*" in readable(asked["modals"])
    kept = (await bob.see())["modals"][-1]["state"]["values"]
    assert kept["summary"]["summary"]["value"] == "In Asia"
    assert kept["commander"]["commander"]["selected_user"]
    assert kept["private"]["private"]["selected_options"]
    assert len(await _rooms(office)) == 1
    await bob.submit(title="It is another one", private=[])
    await office.person("alice").until(lambda seen: any("inc-2" in c["name"] for c in seen["channels"]))


async def test_a_command_typed_again(office: Office) -> None:
    await office.declare("sev2 Checkout is failing")
    again = await office.person("alice").command("general", "/incident", "declare sev2 checkout is failing")
    asked = again["messages"][-1]
    assert has(asked, "You have already declared this", "INC-1")
    await office.person("alice").click("declare_again", channel="general", ts=asked["ts"])
    await office.person("alice").until(lambda seen: any("inc-2" in c["name"] for c in seen["channels"]))


async def test_a_double_click_on_the_draft(office: Office) -> None:
    await office.declare()
    await office.told("alice", "resolve Rolled back")
    card = await office.stage.card("resolved")
    for _ in range(2):
        answer = await office.stage.press("alice", "postmortem", card)
    assert "one is enough" in readable(answer["messages"])
    await office.stage.shows("alice", "A postmortem draft of")
    await office.app.engine.deliverer.drain()
    seen = await office.person("alice").see(office.stage.room)
    assert sum(bool(message.get("files")) for message in seen["channel"]["messages"]) == 1


@pytest.fixture
async def wire(postgres: str) -> AsyncIterator[Wire]:
    async with wire_to(await empty_database(postgres)) as wire:
        yield wire


@pytest.fixture
async def town(wire: Wire, tmp_path: Path) -> AsyncIterator[Town]:
    async with town_on(wire.url, tmp_path) as town:
        yield town


async def test_a_declaration_committed_without_an_answer_is_reported_as_done(town: Town, wire: Wire) -> None:
    async with town.bot() as office:
        wire.breaks, wire.cuts = AtCommit.ANSWER_LOST, 1
        answer = await office.person("alice").command("general", "/incident", "declare sev2 Down")
        assert wire.cuts == 0
        assert "Opening a war room" in readable(answer["messages"])
        await office.person("alice").until(lambda seen: any("inc-1" in c["name"] for c in seen["channels"]))


async def test_if_the_result_is_unknown_people_are_told_so_and_what_to_check(town: Town, wire: Wire) -> None:
    async with town.bot() as office:
        alice = office.person("alice")
        await alice.command("general", "/incident", "declare")
        wire.breaks, wire.cuts, wire.shuts = AtCommit.ANSWER_LOST, 1, True
        told = await alice.submit(title="Down", severity="2")
        wire.is_open = True
        assert UNKNOWN in str(told["field_errors"])
        assert "INC-1" in readable((await alice.command("general", "/incident", "list"))["messages"])
        await alice.submit(title="Down", severity="2")
        assert "1 incident" in readable((await alice.command("general", "/incident", "list"))["messages"])
