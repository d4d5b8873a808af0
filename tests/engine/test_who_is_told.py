"""Who is told what about an act, and where: the announcement's thread, the offer of command, the new commander."""

import pytest

from bot.incident.domain import rules
from bot.incident.domain.effects import AnswerSource
from bot.incident.domain.vocabulary import Role, Severity, Status
from bot.ports.port import Dead, Delivered, Retry
from bot.ports.slack.calls import Edit, FindPosted, Post, Topic
from tests.engine.world import ANNA, BEN, CLEO, INCIDENTS, World

ROOM = "CROOM1"


async def _commanded(world: World) -> int:
    incident = await world.declare(severity=Severity.SEV2, commander=BEN)
    await world.deliver()
    return incident.number


def _thread(world: World) -> list[str]:
    """The messages in the announcement's thread."""
    ((_, announcement), *_) = [place for place in world.slack.shown if place[0] == INCIDENTS]
    return [str(post.message.text) for post in world.slack.of(Post) if post.thread == announcement]


def _shown(world: World, words: str, channel: str = ROOM) -> list[str]:
    """The messages in a channel that say this."""
    return [
        str(message.text)
        for (place, _), message in world.slack.shown.items()
        if place == channel and words in str(message.text)
    ]


def _has_buttons(world: World, words: str) -> bool:
    return any(
        block["type"] == "actions"
        for message in world.slack.shown.values()
        if words in str(message.text)
        for block in message.blocks
    )


async def test_raised_severity_updates_and_the_end_are_replies_to_the_announcement(world: World) -> None:
    number = await _commanded(world)
    await world.change(number, rules.change_severity, Severity.SEV1, by=BEN)
    await world.change(number, rules.change_severity, Severity.SEV3, by=BEN)
    await world.change(number, rules.post_update, "Half of it works", by=BEN)
    await world.change(number, rules.change_status, Status.MITIGATED, by=BEN)
    await world.change(number, rules.resolve, by=BEN)
    await world.deliver()
    raised, update, end = _thread(world)
    assert "raised from SEV2 to SEV1" in raised
    assert "Half of it works" in update
    assert "Incident resolved" in end


async def test_a_deleted_announcement_is_posted_again_and_gets_the_replies(world: World) -> None:
    number = await _commanded(world)
    world.slack.answers[Edit] = [Dead("message_not_found"), Dead("message_not_found")]
    await world.change(number, rules.post_update, "Half of it works", by=BEN)
    await world.deliver()
    reply = next(post for post in world.slack.of(Post) if post.thread)
    assert [place for place in world.slack.shown if place[0] == INCIDENTS][1] == (INCIDENTS, reply.thread)


async def test_without_an_incidents_channel_nothing_waits_for_a_thread(world: World) -> None:
    world = World(world.database, world.policy, world.clock, world.slack, incidents_channel="")
    number = await _commanded(world)
    await world.change(number, rules.post_update, "Half of it works", by=BEN)
    await world.deliver()
    assert not [post for post in world.slack.of(Post) if post.thread]


async def test_the_topic_is_set_only_at_the_beginning_and_at_the_end(world: World) -> None:
    number = await _commanded(world)
    await world.change(number, rules.change_severity, Severity.SEV1, by=BEN)
    await world.change(number, rules.change_status, Status.MITIGATED, by=BEN)
    await world.change(number, rules.assign, Role.COMMANDER, CLEO, by=ANNA, force=True)
    await world.deliver()
    assert len(world.slack.of(Topic)) == 1
    await world.change(number, rules.resolve, by=BEN)
    await world.deliver()
    assert len(world.slack.of(Topic)) == 2


@pytest.mark.parametrize(
    ("by", "accept", "words"),
    [(CLEO, True, "accepted by"), (CLEO, False, "declined by"), (BEN, False, "taken back by")],
)
async def test_an_answered_offer_has_no_buttons_and_shows_the_answer(
    world: World,
    by: str,
    accept: bool,  # noqa: FBT001  # a parameter of the test
    words: str,
) -> None:
    number = await _commanded(world)
    await world.change(number, rules.offer_handoff, CLEO, by=BEN)
    await world.deliver()
    assert _has_buttons(world, "to take over command")
    await world.change(number, rules.answer_handoff, accept=accept, by=by)
    await world.deliver()
    assert _shown(world, "to take over command") == []
    (closed,) = _shown(world, "Offer of command")
    assert words in closed
    assert not _has_buttons(world, "Offer of command")


async def test_a_new_offer_replaces_the_one_before(world: World) -> None:
    number = await _commanded(world)
    await world.change(number, rules.offer_handoff, CLEO, by=BEN)
    await world.deliver()
    await world.change(number, rules.offer_handoff, ANNA, by=BEN)
    await world.deliver()
    (open_one,) = _shown(world, "to take over command")
    assert f"<@{ANNA}> to take over command, instead of <@{CLEO}>" in open_one
    (closed,) = _shown(world, "Offer of command")
    assert f"<@{ANNA}> is asked instead" in closed


async def test_force_closes_the_offer_and_says_who_used_it(world: World) -> None:
    number = await _commanded(world)
    await world.change(number, rules.offer_handoff, CLEO, by=BEN)
    await world.deliver()
    await world.change(number, rules.assign, Role.COMMANDER, ANNA, by=ANNA, force=True)
    await world.deliver()
    assert len(_shown(world, "(forced by Uanna)")) == 1
    assert len(_shown(world, "not open any more")) == 1


async def test_the_answer_to_an_offer_is_not_overwritten_later(world: World) -> None:
    number = await _commanded(world)
    await world.change(number, rules.offer_handoff, CLEO, by=BEN)
    await world.deliver()
    await world.change(number, rules.answer_handoff, accept=True, by=CLEO)
    await world.deliver()
    await world.change(number, rules.assign, Role.COMMANDER, ANNA, by=ANNA, force=True)
    await world.deliver()
    assert len(_shown(world, "accepted by")) == 1


async def test_an_offer_answered_before_it_is_posted_is_not_posted(world: World) -> None:
    number = await _commanded(world)
    await world.change(number, rules.offer_handoff, CLEO, by=BEN)
    await world.change(number, rules.answer_handoff, accept=True, by=CLEO)
    await world.deliver()
    assert not [text for text in world.slack.said() if "to take over command" in text]
    assert _shown(world, "Offer of command") == []


async def test_an_answered_offer_that_may_have_been_posted_is_looked_for_and_closed(world: World) -> None:
    number = await _commanded(world)
    world.slack.answers[Post] = [Retry("ServerDisconnectedError", doubt=True)]
    await world.change(number, rules.offer_handoff, CLEO, by=BEN)
    await world.deliver()
    world.slack.answers[FindPosted] = [Delivered({"channel": ROOM, "ts": "99.000100"})]
    await world.change(number, rules.answer_handoff, accept=True, by=CLEO)
    world.clock.forward(minutes=1)
    await world.deliver()
    (edit,) = [edit for edit in world.slack.of(Edit) if edit.ts == "99.000100"]
    assert "accepted by" in str(edit.message.text)


async def test_a_new_commander_gets_a_brief_that_nobody_else_sees(world: World) -> None:
    incident = await world.declare()
    await world.deliver()
    await world.change(incident.number, rules.take_command, by=BEN)
    await world.deliver()
    (text,) = _shown(world, "You have command of *INC-1*", channel=BEN)
    assert f"<#{ROOM}>" in text


async def test_a_commander_named_in_the_declaration_gets_a_brief_and_the_room_one_message(
    world: World,
) -> None:
    await _commanded(world)
    assert len(_shown(world, "You have command", channel=BEN)) == 1
    assert len([place for place in world.slack.shown if place[0] == ROOM]) == 1


async def test_a_commander_who_hands_off_before_the_brief_comes_gets_none(world: World) -> None:
    incident = await world.declare()
    await world.deliver()
    await world.change(incident.number, rules.take_command, by=BEN)
    await world.change(incident.number, rules.assign, Role.COMMANDER, CLEO, by=ANNA, force=True)
    await world.deliver()
    assert _shown(world, "You have command", channel=BEN) == []
    assert len(_shown(world, "You have command", channel=CLEO)) == 1


async def test_the_room_is_not_told_of_a_brief_that_cannot_be_sent(world: World) -> None:
    incident = await world.declare()
    await world.deliver()
    world.slack.answers[Post] = [Dead("messages_tab_disabled")] * 2  # the other one is the room's own message
    await world.change(incident.number, rules.take_command, by=BEN)
    await world.deliver()
    assert not [text for text in world.slack.said() if "could not tell the new commander" in text]


async def test_the_thread_of_the_message_that_was_declared_from_gets_the_link(world: World) -> None:
    await world.declare("Checkout", show=lambda effects: (*effects, AnswerSource("CSUPPORT", "7.1")))
    await world.deliver()
    (reply,) = [post for post in world.slack.of(Post) if post.channel == "CSUPPORT"]
    assert reply.thread == "7.1"
    assert f"<#{ROOM}>" in str(reply.message.text)
