"""Whoever the policy calls at a severity is brought into the war room: people, and the members of user groups."""

from dataclasses import replace
from datetime import datetime

import pytest

from bot.engine.store.database import Database
from bot.engine.user_groups import UserGroups
from bot.incident.domain import rules
from bot.incident.domain.policy import CallList, Policy
from bot.incident.domain.vocabulary import Severity
from bot.ports.port import Dead, Delivered
from bot.ports.slack.calls import FetchUserGroup, InvitePeople
from tests.conftest import StillClock
from tests.engine.world import ANNA, BEN, CLEO, TEAM, World

SRE = "SSRE"


@pytest.fixture
def world(database: Database, policy: Policy, clock: StillClock) -> World:
    worst = replace(policy.levels[Severity.SEV1], call=CallList(people=(BEN,), groups=(SRE,)))
    return World(database, replace(policy, levels={**policy.levels, Severity.SEV1: worst}), clock)


async def read_groups(world: World, answer: Delivered | Dead) -> None:
    async def now() -> datetime:
        return world.clock()

    world.slack.answers[FetchUserGroup] = [answer]
    groups = UserGroups(world.database, TEAM, lambda: world.policy.groups, world.slack.perform, now)
    await groups.read_due()


def invited(world: World) -> list[tuple[str, ...]]:
    return [tuple(call.people) for call in world.slack.of(InvitePeople)]


async def test_people_and_members_of_groups_are_brought_in_when_an_incident_is_declared(world: World) -> None:
    await read_groups(world, Delivered({"members": f"{CLEO} {BEN}", "handle": "sre"}))
    await world.declare(severity=Severity.SEV1)
    await world.deliver()
    assert invited(world) == [(ANNA,), (BEN, CLEO)]


async def test_they_are_called_when_the_severity_is_raised_and_not_when_it_is_lowered(world: World) -> None:
    await read_groups(world, Delivered({"members": CLEO, "handle": "sre"}))
    await world.declare(severity=Severity.SEV2)
    await world.deliver()
    assert invited(world) == [(ANNA,)]
    await world.change(1, rules.change_severity, Severity.SEV1)
    await world.deliver()
    assert invited(world)[1:] == [(BEN, CLEO)]
    await world.change(1, rules.change_severity, Severity.SEV2)
    await world.deliver()
    assert len(invited(world)) == 2


async def test_nobody_is_called_to_a_private_incident(world: World) -> None:
    await read_groups(world, Delivered({"members": CLEO, "handle": "sre"}))
    await world.declare(severity=Severity.SEV1, private=True)
    await world.deliver()
    assert invited(world) == [(ANNA,)]


@pytest.mark.parametrize("is_read", [True, False])
async def test_a_group_that_cannot_be_read_is_told_and_does_not_stand_in_the_way_of_the_others(
    world: World, *, is_read: bool
) -> None:
    if is_read:
        await read_groups(world, Dead("missing_scope"))
    await world.declare(severity=Severity.SEV1)
    await world.deliver()
    assert invited(world) == [(ANNA,), (BEN,)]
    (warning,) = [text for text in world.slack.said() if f"call the user group {SRE}" in text]
    assert ("missing_scope" if is_read else "user_group_not_read_yet") in warning
