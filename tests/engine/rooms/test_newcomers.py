"""Whoever joins a war room is told once, directly, how it stands."""

from datetime import timedelta

import pytest

from bot.incident.domain import rules
from bot.incident.domain.vocabulary import Role
from bot.ports.port import Delivered
from bot.ports.slack.calls import FetchMembers, FetchPerson, Post
from tests.engine.rooms.members import joined, left, opened
from tests.engine.user import User, said
from tests.engine.world import ANNA, BEN, CLEO, World

APP = Delivered({"name": "Deploybot", "is_bot": "yes"})


def _told(world: World, person: str) -> list[str]:
    return [str(post.message.text) for post in world.slack.of(Post) if post.channel == person]


@pytest.mark.parametrize("is_known", [False, True])
async def test_whoever_joins_is_told_how_it_stands_and_the_room_is_not(world: World, is_known: bool) -> None:  # noqa: FBT001  # a parameter of the test
    await opened(world, ANNA, BEN)
    if is_known:
        await world.change(1, rules.note, "found by", author=CLEO)
    await world.deliver()
    before = len(world.slack.of(Post))
    await joined(world, CLEO)
    await world.deliver()
    (told,) = _told(world, CLEO)
    assert "*INC-1* Checkout is failing · <#CROOM1>" in told
    assert "*Needed* somebody who takes command" in told
    assert len(world.slack.of(Post)) == before + 1


async def test_the_message_leads_to_the_card(world: World) -> None:
    await opened(world, ANNA, BEN)
    await joined(world, CLEO)
    await world.deliver()
    (post,) = [post for post in world.slack.of(Post) if post.channel == CLEO]
    assert "<https://acme.slack.com/archives/CROOM1/p" in str(post.message.blocks)


async def test_each_coming_counts_once_however_often_slack_tells_of_it(world: World) -> None:
    await opened(world, ANNA, BEN)
    at = world.clock()
    for _ in range(3):
        await joined(world, CLEO, at=at)
        await world.deliver()
    assert len(_told(world, CLEO)) == 1
    world.clock.forward(minutes=1)
    await left(world, CLEO)
    world.clock.forward(minutes=1)
    await joined(world, CLEO)
    await world.deliver()
    assert len(_told(world, CLEO)) == 2


async def test_whoever_has_left_again_is_told_nothing(world: World) -> None:
    await opened(world, ANNA, BEN)
    await joined(world, CLEO)
    await left(world, CLEO, at=world.clock() + timedelta(seconds=1))
    await world.deliver()
    assert _told(world, CLEO) == []


async def test_the_declarer_and_people_with_a_role_are_told_nothing(world: World) -> None:
    await opened(world, ANNA, BEN)
    before = len(_told(world, ANNA)) + len(_told(world, BEN))
    await joined(world, ANNA)
    await joined(world, BEN)
    await world.deliver()
    assert len(_told(world, ANNA)) + len(_told(world, BEN)) == before


async def test_an_app_is_told_nothing(world: World) -> None:
    await opened(world, ANNA, BEN)
    world.slack.answers[FetchPerson] = [APP]
    await joined(world, "UDEPLOYBOT")
    await world.deliver()
    assert _told(world, "UDEPLOYBOT") == []
    assert [call.person for call in world.slack.of(FetchPerson)].count("UDEPLOYBOT") == 1


async def test_nobody_is_told_of_what_is_over(world: World) -> None:
    await opened(world, ANNA, BEN)
    await world.change(1, rules.resolve)
    await joined(world, CLEO)
    await world.deliver()
    assert _told(world, CLEO) == []


async def test_who_names_people_in_the_room_and_leaves_out_apps(world: World) -> None:
    await opened(world, ANNA, BEN, CLEO)
    world.slack.answers[FetchPerson] = [APP]
    await joined(world, "UDEPLOYBOT")
    await world.deliver()
    world.slack.answers[FetchPerson] = [APP]  # our own user, of whom nothing is known yet
    answer = str((await User(world).word("who")).message)
    assert f"*Here without a role* <@{ANNA}>, <@{CLEO}>" in answer
    assert "UDEPLOYBOT" not in answer
    assert "UBOT" not in answer


async def test_who_waits_for_no_war_room(world: World) -> None:
    await world.declare(commander=ANNA)
    user = User(world)
    answer = str((await user.word("who INC-1")).message)
    assert "I do not know yet" in answer
    assert "Incident Commander" in answer
    world.slack.answers[FetchMembers] = [Delivered()]  # they cannot be read
    await world.deliver()
    assert "I do not know yet" in str((await user.word("who")).message)


async def test_nobody_else_learns_who_is_in_a_private_war_room(world: World) -> None:
    await opened(world, ANNA, BEN)
    user = User(world)
    for word in ("who INC-1", "catchup INC-1", "leave INC-1"):
        answer = await user.word(word, actor=CLEO, channel="CGENERAL")
        assert "There is no INC-1 that you can see" in said(answer)
    assert "Checkout is failing" in str((await user.word("catchup INC-1", channel="CGENERAL")).message)


async def test_the_room_is_told_that_the_commander_has_stepped_down(world: World) -> None:
    await opened(world, ANNA, BEN)
    await world.change(1, rules.assign, Role.COMMANDER, ANNA)
    await User(world).word("leave")
    await world.deliver()
    told = next(text for text in world.slack.said()[::-1] if "stepped down" in text)
    assert "stepped down as Incident Commander. *Nobody has command now.*" in told
