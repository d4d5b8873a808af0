"""Decisions and parked thoughts, from the act to what Slack shows."""

import json

from bot.incident.commands.request import MarkedMessage
from bot.incident.dispatch.answers import Answer
from bot.incident.domain import facts
from bot.ports.port import Dead
from bot.ports.slack.calls import Edit, FetchMessage, Post
from tests.engine.decisions.scenario import decided, shown, stood, with_decision
from tests.engine.reminders.scenario import time_passes
from tests.engine.user import User, said
from tests.engine.world import ANNA, BEN, CLEO, World

ABOUT_D1 = {"number": 1, "decision": 1}
ABOUT_P1 = {"number": 1, "parked": 1}


async def test_a_typed_decision_is_one_message_with_its_buttons(world: World) -> None:
    await world.declare(commander=BEN)
    await world.deliver()
    world.slack.calls.clear()
    answer = await User(world).word("decision Fail over", actor=BEN)
    assert answer == Answer()
    await world.deliver()
    (post,) = world.slack.of(Post)
    assert "Strong objection" in str(post.message.blocks)
    assert not world.slack.of(Edit), "the card says nothing of it"


async def test_an_objection_edits_the_decision_and_calls_the_commander_in_one_message(world: World) -> None:
    await with_decision(world)
    user = User(world)
    form = await user.press("decision_object", actor=CLEO, metadata=ABOUT_D1)
    assert form.view
    metadata = json.loads(form.view["private_metadata"])
    await user.submit(
        "decision_object", {"reason": "The replica lags"}, actor=CLEO, number=1, metadata=metadata
    )
    await world.deliver()
    (post,) = world.slack.of(Post)
    assert f"<@{BEN}>: D1 is open again" in str(post.message.blocks)
    (edit,) = world.slack.of(Edit)
    assert "is *open again*" in str(edit.message.text)
    await time_passes(world, 5)
    assert await stood(world) == []


async def test_a_form_of_an_objection_that_comes_too_late_is_told_so_and_stays(world: World) -> None:
    await with_decision(world)
    world.clock.forward(minutes=5)
    user = User(world)
    answer = await user.submit("decision_object", {"reason": "It lags"}, number=1, metadata=ABOUT_D1)
    assert answer.refused
    assert "D1 stands" in answer.refused.message
    again = await user.press("decision_object", metadata=ABOUT_D1)
    assert again.message
    assert "New decision" in str(again.message.blocks)


async def test_a_decision_that_replaces_another_edits_it_and_is_posted_itself(world: World) -> None:
    await with_decision(world)
    await decided(world, "Wait", instead_of=1)
    (first,), (second,) = shown(world, 1), shown(world, 2)
    assert "*replaced* by D2" in first
    assert "Wait" in second
    assert len(world.slack.of(Post)) == 1


async def test_a_decision_whose_message_was_deleted_is_posted_anew(world: World) -> None:
    await with_decision(world)
    world.slack.answers[Edit] = [Dead("message_not_found")]
    await time_passes(world, 5)
    (post,) = world.slack.of(Post)
    assert "*stands*" in str(post.message.text)


async def test_a_thought_is_parked_in_one_quiet_message(world: World) -> None:
    await world.declare(commander=BEN)
    await world.deliver()
    world.slack.calls.clear()
    await User(world).word("park Is it the DNS?", actor=BEN)
    await world.deliver()
    (post,) = world.slack.of(Post)
    assert "P1 parked" in str(post.message.text)
    assert "<@" not in str(post.message.blocks), "nobody is notified"


async def test_whoever_takes_a_thought_out_is_told_and_can_put_it_back_and_the_room_is_not(
    world: World,
) -> None:
    await world.declare(commander=BEN)
    await world.deliver()
    user = User(world)
    await user.word("park Is it the DNS?")
    await world.deliver()
    world.slack.calls.clear()
    taken = await user.word("unpark P1")
    assert "P1 is taken out of the parking lot." in said(taken)
    put_back = await user.press("repark", metadata=ABOUT_P1)
    assert "P1 is in the parking lot again." in said(put_back)
    await world.deliver()
    assert not world.slack.of(Post)
    kinds = [type(entry.fact) for entry in await world.timeline(1)]
    assert kinds[-3:] == [facts.Parked, facts.Unparked, facts.Reparked]


async def test_a_marked_message_is_parked_with_its_author_and_link(world: World) -> None:
    await world.declare(commander=BEN)
    await world.deliver()
    world.slack.calls.clear()
    user, message = User(world), MarkedMessage("CROOM1", "1700000000.000100")
    first, again = [await user.shortcut("park_message", message) for _ in range(2)]
    assert "Parked for the postmortem" in said(first)
    assert "parked already" in said(again)
    await world.deliver()
    (thought,) = (await world.incident(1)).parked
    assert (thought.text, thought.author, thought.by, thought.link) == (
        "Errors everywhere",
        CLEO,
        ANNA,
        "https://slack/p1",
    )
    (post,) = world.slack.of(Post)
    assert "Errors everywhere" in str(post.message.text)


async def test_a_message_that_slack_does_not_give_can_be_parked_again(world: World) -> None:
    await world.declare(commander=BEN)
    await world.deliver()
    user, message = User(world), MarkedMessage("CROOM1", "1700000000.000100")
    world.slack.answers[FetchMessage] = [Dead("message_not_found")]
    await user.shortcut("park_message", message)
    await world.deliver()
    await user.shortcut("park_message", message)
    await world.deliver()
    assert len((await world.incident(1)).parked) == 1


async def test_a_message_outside_of_any_war_room_is_parked_in_the_chosen_incident(world: World) -> None:
    await world.declare(commander=BEN)
    await world.deliver()
    user, message = User(world), MarkedMessage("CGENERAL", "1700000000.000100")
    asked = await user.shortcut("park_message", message, channel="CGENERAL")
    assert asked.message
    assert "Park in INC-1" in str(asked.message.blocks)
    about = {"mark": ["CGENERAL", "1700000000.000100"], "shortcut": "park_message", "number": 1}
    answer = await user.press("chosen", metadata=about, channel="CGENERAL", message=message)
    assert "Parked for the postmortem" in said(answer)
    await world.deliver()
    assert len((await world.incident(1)).parked) == 1


async def test_rules_of_a_private_incident_are_kept_from_those_outside(world: World) -> None:
    await with_decision(world, private=True)
    user = User(world)
    for button, about in (
        ("decision_object", ABOUT_D1),
        ("decision_withdraw", ABOUT_D1),
        ("decision", ABOUT_D1),
        ("unpark", ABOUT_P1),
        ("repark", ABOUT_P1),
    ):
        answer = await user.press(button, metadata=about, actor="UDORA", channel="CGENERAL")
        assert "belongs to no incident" in said(answer)
    answer = await user.submit("decision_object", {"reason": "x"}, number=1, metadata=ABOUT_D1, actor="UDORA")
    assert "belongs to no incident" in said(answer)
