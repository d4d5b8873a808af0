"""What the policy reserves for a user group, over the wire: Slack tells who is in it, and when that changes."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.policy_file import DEFAULT
from bot.sandbox import Sandbox
from tests.slack.conftest import Office, Town, town_on

GROUP = "checkout-team"  # alice, bob and dave


def group_id(sandbox: Sandbox) -> str:
    return next(each.id for each in sandbox.workspace.usergroups.values() if each.handle == GROUP)


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    async with town_on(f"sqlite:///{tmp_path / 'may.db'}", tmp_path) as town:
        town.sandbox.clock.run()
        yield town


@pytest.fixture
async def office(town: Town, tmp_path: Path) -> AsyncIterator[Office]:
    """Only the members of the group may resolve."""
    shipped = DEFAULT.read_text(encoding="utf-8")
    policy = tmp_path / "policy.yml"
    policy.write_text(shipped.replace("resolve: everyone ", f"resolve: [{group_id(town.sandbox)}] "))
    async with town.bot(policy_file=policy) as office:
        await office.declare()
        yield office


async def test_the_members_of_the_group_may_and_a_change_of_it_counts_at_once(office: Office) -> None:
    refused = await office.told("carol", "resolve INC-1: rolled back", "general")
    assert f"Only members of @{GROUP} may resolve or reopen INC-1" in refused
    assert "/incident resolve INC-1: rolled back" in refused
    alice, carol = office.person("alice"), office.person("carol")
    await carol.join(office.stage.room)
    pressed = await office.stage.press("carol", "resolve", await office.stage.card("triage"))
    assert pressed["modals"] == []
    await alice.change_group(GROUP, add=["carol"], remove=["bob"])
    await _until_refused(office, "bob")
    await office.stage.press("carol", "resolve", await office.stage.card("triage"))
    await carol.submit(summary="rolled back")
    await office.stage.card("resolved")


async def test_a_form_that_was_opened_before_is_refused_after_the_change_and_keeps_what_was_typed(
    office: Office,
) -> None:
    bob = office.person("bob")
    await bob.join(office.stage.room)
    await office.stage.press("bob", "resolve", await office.stage.card("triage"))
    await office.person("alice").change_group(GROUP, remove=["bob"])
    await _until_refused(office, "bob")
    answered = await bob.submit(summary="rolled back")
    assert f"Only members of @{GROUP} may resolve" in str(answered["field_errors"])
    assert answered["modals"] != []
    await office.stage.card("triage")


async def test_a_reaction_of_somebody_who_may_not_change_the_incident_is_answered(
    town: Town, tmp_path: Path
) -> None:
    policy = tmp_path / "policy.yml"
    policy.write_text(DEFAULT.read_text(encoding="utf-8").replace("change: everyone ", "change: roles "))
    async with town.bot(policy_file=policy) as office:
        await office.declare()
        alice = office.person("alice")
        said = await alice.say(office.stage.room, "errors are back")
        await alice.react(office.stage.room, said["messages"][-1]["ts"], "pushpin")
        await office.stage.shows("alice", "Only role holders may change INC-1; nobody holds such a role now.")


async def _until_refused(office: Office, name: str) -> None:
    """Until the event has come: without text the command only opens a form."""
    async with asyncio.timeout(10):
        while "Only members of" not in await office.told(name, "resolve INC-1", "general"):
            pass  # each try is a round trip, during which the bot receives the event
