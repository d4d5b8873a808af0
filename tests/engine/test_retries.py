"""A failed try: the wait, the check whether it arrived, giving up."""

from collections.abc import Sequence
from datetime import timedelta

from bot.engine.store import outbox
from bot.engine.store.tables import EffectRow
from bot.incident.domain import rules
from bot.incident.domain.vocabulary import Severity
from bot.ports.port import Delivered, Retry
from bot.ports.slack.calls import CreateChannel, Edit, FindPosted, Pin, Post, Topic
from tests.engine.world import BEN, TEAM, World


async def test_the_bot_waits_out_a_rate_limit_and_loses_nothing(world: World) -> None:
    world.slack.answers[CreateChannel] = [Retry("ratelimited", after=timedelta(seconds=30))]
    await world.declare()
    await world.deliver()
    assert world.slack.of(Post) == []
    world.clock.forward(seconds=29)
    await world.deliver()
    assert len(world.slack.of(CreateChannel)) == 1
    world.clock.forward(seconds=1)
    await world.deliver()
    assert len(world.slack.of(Post)) == 2


async def test_pauses_get_longer_when_slack_does_not_say_how_long_to_wait(world: World) -> None:
    world.slack.answers[CreateChannel] = [Retry("service_unavailable")] * 4
    await world.declare()
    waited = []
    for _ in range(4):
        await world.deliver()
        started, tries = world.clock(), len(world.slack.of(CreateChannel))
        while len(world.slack.of(CreateChannel)) == tries:
            world.clock.forward(seconds=1)
            await world.deliver()
        waited.append((world.clock() - started).total_seconds())
    assert waited == [1, 2, 4, 8]


async def _dead(world: World) -> Sequence[EffectRow]:
    async with world.database.reading() as session:
        return await outbox.dead(session, TEAM)


async def test_an_effect_that_slack_never_accepts_is_given_up_and_blocks_its_lane_no_longer(
    world: World,
) -> None:
    world.slack.answers[Topic] = [Retry("internal_error")] * 2000
    incident = await world.declare()
    while not (dead := await _dead(world)):
        world.clock.forward(minutes=12)
        await world.deliver()
    assert [(row.kind, row.error) for row in dead] == [("SetTopic", "internal_error")]
    assert world.clock() - incident.declared_at > timedelta(days=1)
    world.slack.answers[Topic] = []
    await world.change(incident.number, rules.resolve)
    await world.deliver()
    assert "resolved" in world.slack.of(Topic)[-1].text


async def test_an_effect_in_doubt_is_looked_for_before_it_is_sent_again(world: World) -> None:
    world.slack.answers[Post] = [Retry("ServerDisconnectedError", doubt=True)]
    await world.declare()
    await world.deliver()
    world.clock.forward(minutes=1)
    await world.deliver()
    assert [type(call) for call in world.slack.in_doubt] == [Post]


async def test_an_effect_that_certainly_did_not_arrive_is_sent_again_without_looking(world: World) -> None:
    world.slack.answers[Post] = [Retry("ratelimited", after=timedelta(seconds=1))]
    await world.declare()
    await world.deliver()
    world.clock.forward(minutes=1)
    await world.deliver()
    assert world.slack.in_doubt == []


async def test_a_change_while_the_card_is_in_doubt_is_shown_later(world: World) -> None:
    world.slack.answers[Post] = [Retry("ServerDisconnectedError", doubt=True)] * 2
    incident = await world.declare()
    await world.deliver()
    await world.change(incident.number, rules.change_severity, Severity.SEV3)
    world.clock.forward(minutes=1)
    await world.deliver()
    card = world.slack.of(Pin)[0]
    shown = [edit for edit in world.slack.of(Edit) if edit.ts == card.ts]
    assert "SEV3" in str(shown[-1].message.blocks)


async def test_a_reminder_in_doubt_that_has_been_answered_is_found_and_closed(world: World) -> None:
    incident = await world.declare(commander=BEN)
    await world.deliver()
    world.clock.forward(minutes=15)
    await world.due.tick(world.clock())
    world.slack.answers[Post] = [Retry("ServerDisconnectedError", doubt=True)]
    await world.deliver()
    await world.change(incident.number, rules.post_update, "Rolling back", by=BEN)
    world.slack.answers[FindPosted] = [Delivered({"channel": "CROOM1", "ts": "99.000100"})]
    world.clock.forward(minutes=1)
    await world.deliver()
    closed = [edit for edit in world.slack.of(Edit) if edit.ts == "99.000100"]
    assert "answered with an update" in str(closed[0].message.text)
