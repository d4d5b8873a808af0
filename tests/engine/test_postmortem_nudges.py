"""The owner of a postmortem is told before it is due, the review board after; once each."""

from dataclasses import replace

import pytest

from bot.engine.store import people
from bot.engine.store.tables import PersonRow
from bot.incident.domain import rules
from bot.incident.store import incidents, rooms
from bot.ports.slack.calls import Post
from tests.engine.world import ANNA, BEN, CLEO, INCIDENTS, TEAM, World
from tests.incident.views.reading import buttons, said

ROOM, BOARD = "CROOM1", "CBOARD"


async def ended(world: World, *, private: bool = False, commander: str | None = ANNA) -> None:
    """On Monday the 2nd of March: due on the 9th."""
    await world.declare(commander=commander, private=private)
    await world.deliver()
    await world.change(1, rules.resolve, by=BEN)
    await world.deliver()


async def days(world: World, count: float) -> None:
    world.clock.forward(days=count)
    for _ in range(2):
        await world.tick()
    await world.deliver()


def told(world: World) -> list[tuple[str, str]]:
    words = ("is due <", "is overdue since")
    return [(post.channel, said(post.message)) for post in world.slack.of(Post) if any(w in said(post.message) for w in words)
            and "Before everybody leaves" not in said(post.message)]  # fmt: skip


async def test_the_owner_is_told_twice_then_the_board_once_and_weekly(world: World) -> None:
    await ended(world)
    await days(world, 2)
    assert told(world) == []
    await days(world, 1)
    ((person, text),) = told(world)
    assert person == ANNA
    assert "The postmortem of *INC-1* Checkout is failing is due <!date^" in text
    assert "It is not begun." in text
    await days(world, 4)
    assert [who for who, _ in told(world)] == [ANNA, ANNA]
    await days(world, 1)
    assert [who for who, _ in told(world)] == [ANNA, ANNA, INCIDENTS]
    assert (
        f"is overdue since <!date^1773075600^{{date_long_pretty}}|2026-03-09>.\n<@{ANNA}> · not begun"
        in told(world)[-1][1]
    )
    await days(world, 6)
    assert len(told(world)) == 3
    await days(world, 1)
    assert [who for who, _ in told(world)][3:] == [INCIDENTS]
    await days(world, 30)  # the bot was down
    assert len(told(world)) == 5


async def test_the_policys_board_is_told(world: World) -> None:
    policy = replace(world.policy, postmortem=replace(world.policy.postmortem, board=BOARD))
    world = World(world.database, policy, world.clock)
    await ended(world)
    await days(world, 10)
    assert [who for who, _ in told(world)] == [BOARD]


async def test_of_a_private_incident_only_its_people_are_told(world: World) -> None:
    await ended(world, private=True)
    await days(world, 3)
    await days(world, 7)
    assert [who for who, _ in told(world)] == [ANNA, ROOM]


@pytest.mark.parametrize("chosen", [CLEO, None])
async def test_if_the_owner_is_gone_the_commander_is_told_else_the_room(
    world: World, chosen: str | None
) -> None:
    await ended(world)
    if chosen:
        await world.change(1, rules.choose_postmortem_owner, chosen, by=chosen)
    gone = chosen or ANNA
    async with world.database.writing() as session:
        row = PersonRow(team_id=TEAM, user_id=gone, name="x", is_active=False, seen_at=world.clock())
        await people.remember(session, row)
    await days(world, 3)
    ((who, text),) = told(world)
    assert who == (ANNA if chosen else ROOM)
    assert ("is not here any more" if chosen else "and nobody writes it") in text
    (post,) = [each for each in world.slack.of(Post) if said(each.message) == text]
    assert list(buttons(post.message)) == ["postmortem_mine", "postmortem_owner"]


async def test_without_a_commander_the_room_is_told(world: World) -> None:
    await ended(world, commander=None)
    await days(world, 3)
    assert [who for who, _ in told(world)] == [ROOM]
    await days(world, 7)
    assert "nobody writes it yet" in told(world)[-1][1]


async def test_what_is_done_meanwhile_is_not_told(world: World) -> None:
    await ended(world)
    for count in (3, 7):
        world.clock.forward(days=count)
        await world.tick()
        if count == 3:
            await world.deliver()
    await world.change(1, rules.close_without_postmortem, "INC-7 covers it", by=ANNA)
    await world.deliver()
    assert [who for who, _ in told(world)] == [ANNA]


async def test_who_left_the_room_of_a_private_incident_is_not_told(world: World) -> None:
    await ended(world, private=True)
    await world.change(1, rules.choose_postmortem_owner, BEN, by=BEN)
    async with world.database.writing() as session:
        stored = await incidents.lock(session, TEAM, 1)
        assert stored
        await rooms.record_presence(session, stored, BEN, world.clock(), present=False)
    await days(world, 3)
    assert told(world) == []
