"""The user groups that decide who may do what are read ahead, and an event changes them at once."""

from datetime import datetime

from bot.engine.store import user_groups
from bot.engine.store.tables import UserGroupRow
from bot.engine.user_groups import READS_PER_LOOK, UserGroups
from bot.ports.port import Dead, Delivered, Result, Retry
from bot.ports.slack.calls import FetchUserGroup
from tests.engine.world import ANNA, BEN, CLEO, TEAM, World

SRE = "SSRE"


def members(*people: str, handle: str = "sre") -> Delivered:
    return Delivered({"members": " ".join(people), "handle": handle})


def groups_of(world: World, *groups: str) -> UserGroups:
    async def now() -> datetime:
        return world.clock()

    return UserGroups(world.database, TEAM, lambda: groups or (SRE,), world.slack.perform, now)


async def row_of(world: World, group: str = SRE) -> UserGroupRow:
    async with world.database.reading() as session:
        (row,) = await user_groups.of_team(session, TEAM, [group])
    return row


def answers(world: World, *given: Result) -> None:
    world.slack.answers[FetchUserGroup] = list(given)


async def test_a_group_is_read_at_the_start_and_again_after_ten_minutes(world: World) -> None:
    groups = groups_of(world)
    answers(world, members(ANNA, BEN), members(ANNA, handle=""))
    await groups.read_due()
    await groups.read_due()
    assert len(world.slack.of(FetchUserGroup)) == 1
    row = await row_of(world)
    assert (row.members, row.handle, row.read_at, row.trouble) == ([ANNA, BEN], "sre", world.clock(), "")
    world.clock.forward(minutes=10)
    await groups.read_due()
    assert (await row_of(world)).members == [ANNA]


async def test_two_replicas_share_the_work(world: World) -> None:
    answers(world, members(ANNA), members(ANNA))
    for _ in range(2):
        await groups_of(world).read_due()
    assert len(world.slack.of(FetchUserGroup)) == 1


async def test_of_many_groups_a_few_are_read_at_a_time(world: World) -> None:
    many = [f"S{number}" for number in range(READS_PER_LOOK + 1)]
    answers(world, *(members(ANNA) for _ in many))
    groups = groups_of(world, *many)
    await groups.read_due()
    assert len(world.slack.of(FetchUserGroup)) == READS_PER_LOOK
    await groups.read_due()
    assert len(world.slack.of(FetchUserGroup)) == READS_PER_LOOK + 1


async def test_an_event_changes_a_group_at_once_and_it_is_read_again(world: World) -> None:
    groups = groups_of(world)
    answers(world, members(ANNA, BEN), members(ANNA, CLEO))
    await groups.read_due()
    await groups.changed(SRE, [CLEO, ANNA], [BEN])
    assert (await row_of(world)).members == [ANNA, CLEO]
    await groups.read_due()
    assert len(world.slack.of(FetchUserGroup)) == 2


async def test_events_of_other_groups_and_of_unread_ones_add_nobody(world: World) -> None:
    groups = groups_of(world)
    await groups.changed("SOTHER", [CLEO], [])
    await groups.changed(SRE, [CLEO], [])
    answers(world, Dead("missing_scope"))
    await groups.read_due()
    await groups.changed(SRE, [CLEO], [])
    assert (await row_of(world)).members == []


async def test_while_slack_is_out_of_reach_the_last_known_members_count_and_it_is_tried_again(
    world: World,
) -> None:
    groups = groups_of(world)
    answers(world, members(ANNA), Retry("http_503"), members(BEN))
    await groups.read_due()
    world.clock.forward(minutes=10)
    await groups.read_due()
    assert (await row_of(world)).members == [ANNA]
    await groups.read_due()
    assert (await row_of(world)).members == [BEN]


async def test_if_slack_refuses_nobody_is_in_the_group_until_it_tells_again(world: World) -> None:
    groups = groups_of(world)
    answers(world, members(ANNA), Dead("no_such_subteam"), members(ANNA))
    await groups.read_due()
    world.clock.forward(minutes=10)
    await groups.read_due()
    row = await row_of(world)
    assert (row.members, row.trouble) == ([], "no_such_subteam")
    world.clock.forward(minutes=10)
    await groups.read_due()
    row = await row_of(world)
    assert (row.members, row.trouble) == ([ANNA], "")


async def test_without_groups_in_the_policy_nothing_is_read(world: World) -> None:
    await UserGroups(world.database, TEAM, lambda: (), world.slack.perform, groups_of(world)._now).read_due()
    assert world.slack.of(FetchUserGroup) == []
