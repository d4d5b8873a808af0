"""Messages on the timeline follow their edits and deletions, and the reactions that put them there."""

import pytest

from bot.incident.commands.request import MarkedMessage
from bot.incident.dispatch.captured import Captured
from bot.incident.domain import facts
from bot.incident.domain.corrections import find, struck
from bot.ports.port import Delivered
from bot.ports.slack.calls import PINNED, FetchMessage, Post
from tests.engine.user import User, said
from tests.engine.world import ANNA, BEN, CLEO, TEAM, World

ROOM, TS = "CROOM1", "1795437000.000100"
MESSAGE = MarkedMessage(ROOM, TS, by_reaction=True)


def following(world: World, team: str = TEAM) -> Captured:
    return Captured(world.database, world.incidents, team, world.deliverer._woken.set)


async def marked(world: World, message: MarkedMessage = MESSAGE) -> User:
    """Cleo's message is on the timeline as #2; Ben has put it there."""
    await world.declare()
    await world.deliver()
    user = User(world)
    await user.shortcut("add_to_timeline", message, actor=BEN)
    await world.deliver()
    return user


async def note(world: World) -> facts.Noted:
    found = find(await world.timeline(1), 2)
    assert found
    assert isinstance(found.entry.fact, facts.Noted)
    return found.entry.fact


async def is_struck(world: World) -> bool:
    return [each.number for each in struck(await world.timeline(1))] == [2]


async def test_a_note_knows_its_message(world: World) -> None:
    await marked(world)
    noted = await note(world)
    assert (noted.channel, noted.ts, noted.by_reaction) == (ROOM, TS, True)
    assert (noted.author, noted.by, noted.link) == (CLEO, BEN, "https://slack/p1")


async def test_an_edit_is_followed_once_and_nothing_is_posted(world: World) -> None:
    await marked(world)
    posted = len(world.slack.of(Post))
    for _ in range(2):
        await following(world).edited(ROOM, TS, "Errors rose", CLEO, world.clock())
    await world.deliver()
    assert (await note(world)).text == "Errors rose"
    assert len(await world.timeline(1)) == 3
    assert len(world.slack.of(Post)) == posted


async def test_an_edit_by_nobody_known_is_slacks(world: World) -> None:
    await marked(world)
    await following(world).edited(ROOM, TS, "Errors rose", "", world.clock())
    assert (await world.timeline(1))[-1].fact.by == "machine:Slack"


async def test_a_deleted_message_strikes_its_note(world: World) -> None:
    await marked(world)
    await following(world).deleted(ROOM, TS, world.clock())
    assert await is_struck(world)
    await following(world).deleted(ROOM, TS, world.clock())
    assert len(await world.timeline(1)) == 3


async def test_other_messages_change_nothing(world: World) -> None:
    await marked(world)
    await following(world).edited(ROOM, "1.2", "Lunch?", CLEO, world.clock())
    await following(world).deleted("COTHER", TS, world.clock())
    await following(world, "T2").deleted(ROOM, TS, world.clock())
    assert len(await world.timeline(1)) == 2


async def test_a_message_that_is_being_read_has_no_note_yet(world: World) -> None:
    await world.declare()
    await world.deliver()
    await User(world).shortcut("add_to_timeline", MESSAGE)
    await following(world).deleted(ROOM, TS, world.clock())
    assert "taken out" not in said(
        await User(world).dispatcher.unmarked(User(world).request(message=MESSAGE))
    )
    assert len(await world.timeline(1)) == 1


def marks(world: World, *names: str, text: str = "Errors everywhere") -> None:
    """The message has these marks when it is read next."""
    receipt = {"text": text, "author": CLEO, "link": "https://slack/p1", "marks": " ".join(names)}
    world.slack.answers[FetchMessage] = [Delivered(receipt)]


async def test_the_last_reaction_taken_back_strikes_the_note_and_a_new_one_puts_it_back(world: World) -> None:
    user = await marked(world)
    marks(world, "eyes")
    answer = await user.dispatcher.unmarked(user.request(message=MESSAGE, actor=BEN))
    assert "*#2* is taken out" in said(answer)
    await world.deliver()
    assert await is_struck(world)
    marks(world, "pushpin", text="Errors rose")
    again = await user.shortcut("add_to_timeline", MESSAGE, actor=ANNA)
    assert "Added to the timeline" in said(again)
    await world.deliver()
    assert not await is_struck(world)
    assert (await note(world)).text == "Errors rose"
    assert "already on the timeline" in said(await user.shortcut("add_to_timeline", MESSAGE, actor=BEN))
    await following(world).deleted(ROOM, TS, world.clock())
    assert await is_struck(world), "it follows again"


@pytest.mark.parametrize("left", ["pushpin", PINNED])
async def test_another_reaction_or_a_pin_keeps_the_note(world: World, left: str) -> None:
    user = await marked(world)
    marks(world, "eyes", left)
    await user.dispatcher.unmarked(user.request(message=MESSAGE, actor=BEN))
    await world.deliver()
    assert not await is_struck(world)


async def test_a_note_that_no_reaction_made_stays(world: World) -> None:
    user = await marked(world, MarkedMessage(ROOM, TS))
    assert said(await user.dispatcher.unmarked(user.request(message=MESSAGE))).strip() == ""
    await world.deliver()
    assert not await is_struck(world)


async def test_a_reaction_elsewhere_that_is_taken_back_is_not_answered(world: World) -> None:
    user = await marked(world)
    for request in (
        user.request(message=MarkedMessage(ROOM, "1.2", by_reaction=True)),
        user.request(),
    ):
        assert said(await user.dispatcher.unmarked(request)).strip() == ""


async def test_whoever_may_not_see_the_incident_does_not_change_it(world: World) -> None:
    await world.declare(private=True)
    await world.deliver()
    user = User(world)
    elsewhere = MarkedMessage("CELSE", TS, by_reaction=True)
    about = {"mark": ["CELSE", TS, True]}
    await user.press("chosen", message=elsewhere, channel="CELSE", metadata=about)
    await world.deliver()
    assert len(await world.timeline(1)) == 2
    request = user.request(message=elsewhere, channel="CELSE", actor=CLEO)
    assert said(await user.dispatcher.unmarked(request)).strip() == ""
    marks(world)
    await world.deliver()
    assert not await is_struck(world)


async def test_a_note_that_was_struck_by_hand_can_be_marked_again_and_put_back_by_hand(world: World) -> None:
    user = await marked(world)
    await user.word("strike 2")
    await following(world).edited(ROOM, TS, "Errors rose", CLEO, world.clock())
    assert (await note(world)).text == "Errors everywhere"
    await user.word("unstrike 2")
    assert "already on the timeline" in said(await user.shortcut("add_to_timeline", MESSAGE))
    await following(world).edited(ROOM, TS, "Errors rose", CLEO, world.clock())
    assert (await note(world)).text == "Errors rose"


async def test_a_note_that_was_typed_has_no_message_to_follow(world: World) -> None:
    user = await marked(world)
    await user.word("note Rolled back")
    await user.word("strike 3")
    await user.word("unstrike 3")
    assert len(await world.timeline(1)) == 5
