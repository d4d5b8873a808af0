"""The war room of a closed incident is archived some time after the end, unless somebody wants to keep it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.incident.domain import rules
from bot.incident.domain.facts import RoomArchived, RoomKept
from bot.incident.domain.keep_reason import KeepReason
from bot.ports.port import Dead, Delivered
from bot.ports.slack.calls import ArchiveChannel, Edit, Post
from tests.engine.user import User
from tests.engine.user import said as answered
from tests.engine.world import ANNA, BEN, INCIDENTS, World
from tests.incident.views.reading import said

ROOM = "CROOM1"
DAY = timedelta(days=1)


@pytest.fixture
async def over(world: World) -> World:
    """A world whose policy archives after a week, and an incident that is over."""
    world = World(world.database, replace(world.policy, archive_after=7 * DAY), world.clock)
    await world.declare()
    await world.change(1, rules.resolve, by=BEN)
    await world.deliver()
    return world


async def days(world: World, count: float) -> None:
    """Let days go by, and then the clock tick twice."""
    world.clock.forward(days=count)
    for _ in range(2):
        await world.tick()
    await world.deliver()


def questions(world: World) -> list[Post]:
    return [post for post in world.slack.of(Post) if "Archive now" in said(post.message)]


async def test_the_room_is_asked_once_a_day_ahead_and_archived_once(over: World) -> None:
    await days(over, 5.9)
    assert questions(over) == []
    await days(over, 0.2)
    (question,) = questions(over)
    assert question.channel == ROOM
    assert "INC-1 is resolved. I will archive this channel" in said(question.message)
    assert over.slack.of(ArchiveChannel) == []
    over.slack.answers[ArchiveChannel] = [Delivered({"archived": "yes"})]
    await days(over, 1)
    (call,) = over.slack.of(ArchiveChannel)
    assert call == ArchiveChannel(ROOM, unless_said_since=over.clock() - DAY)
    assert (await over.incident(1)).archived_at == over.clock()
    await days(over, 30)
    assert len(questions(over)) == len(over.slack.of(ArchiveChannel)) == 1
    assert isinstance((await over.timeline(1))[-1].fact, RoomArchived)
    announced = [said(each) for (channel, _), each in over.slack.shown.items() if channel == INCIDENTS]
    assert f"<#{ROOM}> (archived)" in announced[0]


async def test_a_room_that_is_kept_is_asked_again_after_the_same_time(over: World) -> None:
    await days(over, 6)
    await User(over).press("room_keep", actor=BEN)
    await over.deliver()
    (edit,) = [each for each in over.slack.of(Edit) if "kept open" in said(each.message)]
    assert f"War room kept open (by <@{BEN}>). I ask again" in said(edit.message)
    await days(over, 5.9)
    assert len(questions(over)) == 1
    await days(over, 0.2)
    assert len(questions(over)) == 2
    assert over.slack.of(ArchiveChannel) == []


async def test_people_who_write_there_postpone_it(over: World) -> None:
    await days(over, 6)
    over.slack.answers[ArchiveChannel] = [Delivered({"talk": "yes"})]
    await days(over, 1)
    kept = (await over.timeline(1))[-1].fact
    assert isinstance(kept, RoomKept)
    assert kept.why is KeepReason.TALK
    assert any(
        "because people wrote there. I ask again" in said(each.message) for each in over.slack.of(Edit)
    )
    await days(over, 6)
    assert len(questions(over)) == 2


async def test_somebody_archives_it_now(over: World) -> None:
    user = User(over)
    await days(over, 6)
    over.slack.answers[ArchiveChannel] = [Delivered({"archived": "yes"})]
    assert "Archiving the war room of INC-1" in answered(await user.press("room_archive", actor=BEN))
    await over.deliver()
    assert over.slack.of(ArchiveChannel) == [ArchiveChannel(ROOM)]
    assert (await over.timeline(1))[-1].fact.by == BEN
    assert "archived already" in answered(await user.press("room_archive", actor=BEN))
    assert "archived already" in answered(await user.press("room_keep", actor=BEN))
    await days(over, 30)
    assert over.slack.of(ArchiveChannel) == [ArchiveChannel(ROOM)]


async def test_after_an_outage_the_room_still_has_a_day_to_answer(over: World) -> None:
    over.slack.answers[ArchiveChannel] = [Delivered({"archived": "yes"})]
    await days(over, 20)
    assert len(questions(over)) == 1
    await over.change(1, rules.note, "Seen", by=BEN)  # an act in between changes nothing
    await days(over, 0.5)
    assert over.slack.of(ArchiveChannel) == []
    await days(over, 0.6)
    assert len(over.slack.of(ArchiveChannel)) == 1


async def test_an_incident_that_is_open_again_keeps_its_room(over: World) -> None:
    await days(over, 6)
    await over.change(1, rules.reopen, "it is back", by=BEN)
    await over.deliver()
    assert any("INC-1 is open again" in said(each.message) for each in over.slack.of(Edit))
    await days(over, 5)
    assert over.slack.of(ArchiveChannel) == []


async def test_whoever_reopens_an_archived_one_is_told_how_to_open_the_room(over: World) -> None:
    over.slack.answers[ArchiveChannel] = [Delivered({"archived": "yes"})]
    await days(over, 6)
    await days(over, 1)
    told = answered(await User(over).word("reopen it is back", actor=ANNA))
    assert f"open <#{ROOM}> and choose *Unarchive channel*" in told
    assert (await over.incident(1)).archived_at


async def test_a_refusal_by_slack_is_told_once_and_not_tried_again(over: World) -> None:
    over.slack.answers[ArchiveChannel] = [Dead("restricted_action")]
    await days(over, 6)
    await days(over, 1)
    await days(over, 5)
    assert len(over.slack.of(ArchiveChannel)) == 1
    assert any("I could not archive the channel" in said(post.message) for post in over.slack.of(Post))
    assert (await over.incident(1)).archived_at is None


async def test_without_a_time_in_the_policy_nothing_is_asked(world: World) -> None:
    world = World(world.database, replace(world.policy, archive_after=None), world.clock)
    await world.declare()
    await world.change(1, rules.resolve, by=BEN)
    await days(world, 400)
    assert questions(world) == []
