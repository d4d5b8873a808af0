"""Effects that Slack refuses for good: the others continue, people are told, and an operator can send them again."""

from datetime import timedelta

import pytest

from bot.engine.acts.idempotency import Done
from bot.engine.delivery.dead_letters import retry_dead_letters
from bot.engine.store import leases, outbox
from bot.engine.store.act_context import read_act_context
from bot.incident.domain import facts, rules
from bot.incident.domain.effects import ReadMessage, ShareDraft
from bot.incident.domain.vocabulary import Severity
from bot.incident.effects.registry import EFFECTS
from bot.ports.port import Dead, Delivered
from bot.ports.slack.calls import Edit, FetchMessage, Pin, Post, Topic
from bot.subjects import REGISTRIES
from tests.engine.world import BEN, CLEO, TEAM, World


async def test_a_dead_effect_blocks_no_other_and_the_room_is_told(world: World) -> None:
    world.slack.answers[Topic] = [Dead("user_is_restricted")]
    incident = await world.declare()
    await world.deliver()
    await world.change(incident.number, rules.resolve)
    await world.deliver()
    warning = next(text for text in world.slack.said() if "could not" in text)
    assert "set the channel topic" in warning
    assert "user_is_restricted" in warning
    assert len(world.slack.of(Topic)) == 2  # the next change tries again


async def test_an_operator_can_send_a_dead_effect_again(world: World) -> None:
    world.slack.answers[Pin] = [Dead("too_many_pins")]
    await world.declare()
    await world.deliver()
    async with world.database.writing() as session:
        revived = await retry_dead_letters(session, REGISTRIES, TEAM, world.clock())
    await world.deliver()
    assert revived == 1
    assert len(world.slack.of(Pin)) == 2


async def test_a_warning_is_posted_once_an_hour_however_often_it_fails(world: World) -> None:
    world.slack.answers[Topic] = [Dead("user_is_restricted")] * 4
    incident = await world.declare()
    await world.deliver()
    for minutes in (1, 1, 61):
        world.clock.forward(minutes=minutes)
        await world.change(incident.number, rules.resolve)
        await world.change(incident.number, rules.reopen, "It is back")
        await world.deliver()
    assert sum("could not set the channel topic" in text for text in world.slack.said()) == 2


async def test_the_commander_is_told_directly_if_the_room_cannot_be_reached(world: World) -> None:
    incident = await world.declare(private=True)
    await world.change(incident.number, rules.take_command, by=BEN)
    await world.deliver()
    world.slack.answers[Post] = [Dead("channel_not_found")] * 2  # the news, and the warning about it
    await world.change(incident.number, rules.note, "found it")
    await world.deliver()
    told = world.slack.of(Post)[-1]
    assert told.channel == BEN
    assert "*INC-1*: I could not post in the war room: Slack says `channel_not_found`" in told.message.text
    assert "Invite me" in told.message.text
    assert "Checkout" not in str(told.message)


async def test_without_a_commander_the_declarer_is_told(world: World) -> None:
    incident = await world.declare(by=CLEO)
    await world.deliver()
    world.slack.answers[Post] = [Dead("is_archived")] * 2
    await world.change(incident.number, rules.note, "found it")
    await world.deliver()
    assert world.slack.of(Post)[-1].channel == CLEO


async def test_a_retry_sends_the_effect_again_but_not_its_warning(world: World) -> None:
    incident = await world.declare()
    await world.deliver()
    world.slack.answers[Post] = [Dead("is_archived")] * 3
    await world.change(incident.number, rules.note, "found it")
    await world.deliver()
    async with world.database.writing() as session:
        untold = (
            await read_act_context(session, EFFECTS, TEAM, None, (), stream_id=1)
        ).unshown_warnings  # by the room, and by the person who acts
        assert [warning.person for warning in untold] == ["", "UANNA"]
        assert await retry_dead_letters(session, REGISTRIES, TEAM, world.clock()) == 1
    posted = len(world.slack.of(Post))
    await world.deliver()
    assert ["found it" in text for text in world.slack.said()[posted:]] == [True]
    async with world.database.reading() as session:
        assert (await read_act_context(session, EFFECTS, TEAM, None, (), stream_id=1)).unshown_warnings == ()
        assert await outbox.dead(session, TEAM) == []


async def test_a_method_that_the_server_lacks_is_reported_once(world: World) -> None:
    world.slack.answers[Topic] = [Dead("unknown_method")] * 3
    incident = await world.declare()
    await world.deliver()
    for severity in (Severity.SEV2, Severity.SEV3):
        await world.change(incident.number, rules.change_severity, severity)
        await world.deliver()
    assert sum("unknown_method" in text for text in world.slack.said()) == 1
    assert sum("SEV" in text for text in world.slack.said()) >= 2  # and the incident continued


@pytest.mark.parametrize("reason", ["message_not_found", "edit_window_closed", "cant_update_message"])
async def test_a_card_that_was_deleted_or_may_not_be_edited_is_posted_again(
    world: World, reason: str
) -> None:
    incident = await world.declare()
    await world.deliver()
    posted = len(world.slack.of(Post))
    world.slack.answers[Edit] = [Dead(reason), Delivered()]
    await world.change(incident.number, rules.snooze, timedelta(minutes=10), reason="rolling back")
    await world.deliver()
    assert len(world.slack.of(Post)) == posted + 1


async def test_a_card_that_is_posted_again_is_pinned_again(world: World) -> None:
    incident = await world.declare()
    await world.deliver()
    world.slack.answers[Edit] = [Dead("message_not_found")] * 2  # the card and the announcement, in any order
    await world.change(incident.number, rules.take_command, by=BEN)
    await world.deliver()
    first, second = world.slack.of(Pin)
    assert first.ts != second.ts


async def test_an_unreadable_effect_dies_and_blocks_no_other(world: World) -> None:
    await world.declare()
    await world.deliver()
    async with world.database.writing() as session:
        await outbox.put(session, EFFECTS, TEAM, 1, [ShareDraft()], now=world.clock())
        (row,) = await leases.claim(session, TEAM, world.clock(), "one", 5)
        row.kind, row.due_at = "TellRoom", world.clock()
        session.add(row)
    await world.deliver()
    async with world.database.reading() as session:
        assert [row.kind for row in await outbox.dead(session, TEAM)] == ["TellRoom"]


async def test_a_message_that_could_not_be_read_can_be_marked_again(world: World) -> None:
    incident = await world.declare()
    await world.deliver()
    effect = ReadMessage(channel="CROOM1", ts=f"{world.clock().timestamp():.6f}", by=BEN)
    world.slack.answers[FetchMessage] = [Dead("missing_scope")]
    for repeated in (False, False, True):
        done = await world.incidents.show(world.act(effect.act), incident.number, (effect,))
        await world.deliver()
        assert isinstance(done, Done)
        assert done.repeated is repeated
    notes = [
        entry.fact for entry in await world.timeline(incident.number) if isinstance(entry.fact, facts.Noted)
    ]
    assert len(notes) == 1


async def test_typed_text_is_not_part_of_an_effects_error(world: World) -> None:
    await world.declare()
    await world.deliver()
    async with world.database.writing() as session:
        await outbox.put(session, EFFECTS, TEAM, 1, [ShareDraft()], now=world.clock())
        (row,) = await leases.claim(session, TEAM, world.clock(), "one", 5)
        row.kind, row.payload, row.due_at = "TellRoom", {"seq": "TOPSECRET"}, world.clock()
        session.add(row)
    await world.deliver()
    async with world.database.reading() as session:
        assert [row.error for row in await outbox.dead(session, TEAM)] == ["cannot be read"]
