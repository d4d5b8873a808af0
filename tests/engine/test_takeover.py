"""A request for command, from the word to the answer that everybody sees."""

from bot.engine.store import places
from bot.incident.domain import rules
from bot.incident.domain.effects import Place
from bot.ports.slack.calls import Edit, Post
from tests.engine.user import User, said
from tests.engine.world import ANNA, BEN, CLEO, World

ROOM = "CROOM1"


async def _asked(world: World) -> User:
    """Ben asks Anna, who has command."""
    await world.declare(commander=ANNA)
    await world.deliver()
    user = User(world)
    assert said(await user.word("takeover", actor=BEN)).strip() == ""  # the room shows it
    await world.deliver()
    return user


def _in_room(world: World) -> list[str]:
    return [str(post.message.text) for post in world.slack.of(Post) if post.channel == ROOM]


async def test_the_commander_hands_over_with_a_click(world: World) -> None:
    user = await _asked(world)
    assert "asks <@UANNA> to hand over command" in _in_room(world)[-1]
    await user.press("takeover_accept", metadata={"asker": BEN}, channel=ROOM)
    await world.deliver()
    assert (await world.incident(1)).commander == BEN
    (edit,) = [call for call in world.slack.of(Edit) if "Request for command" in call.message.text]
    assert "<@UANNA> has handed over to <@UBEN>" in edit.message.text
    assert any("became Incident Commander" in text for text in _in_room(world))
    (briefed,) = [post for post in world.slack.of(Post) if post.channel == BEN]
    assert "You have command of *INC-1*" in briefed.message.text


async def test_the_commander_keeps_command_and_a_new_request_can_follow(world: World) -> None:
    user = await _asked(world)
    before = len(_in_room(world))
    await user.press("takeover_keep", metadata={"asker": BEN}, channel=ROOM)
    await world.deliver()
    assert (await world.incident(1)).commander == ANNA
    (told,) = _in_room(world)[before:]
    assert "kept command, for which <@UBEN> had asked" in told
    async with world.database.reading() as session:
        assert Place.TAKEOVER not in (await places.of(session, [1]))[1]
    await user.word("takeover", actor=CLEO)
    await world.deliver()
    assert "asks <@UANNA> to hand over command" in _in_room(world)[-1]
    late = said(await user.press("takeover_accept", metadata={"asker": BEN}, channel=ROOM))
    assert "already been answered" in late


async def test_only_the_commander_answers(world: World) -> None:
    user = await _asked(world)
    told = said(await user.press("takeover_accept", metadata={"asker": BEN}, channel=ROOM, actor=CLEO))
    assert "only they can answer" in told
    assert (await world.incident(1)).commander == ANNA


async def test_a_request_that_was_answered_before_slack_showed_it_is_not_shown(world: World) -> None:
    await world.declare(commander=ANNA)
    await world.deliver()
    before = len(_in_room(world))
    await world.change(1, rules.ask_takeover, by=BEN)
    await world.change(1, rules.answer_takeover, BEN, accept=False, by=ANNA)
    await world.deliver()
    (told,) = _in_room(world)[before:]
    assert "kept command" in told


async def test_without_a_commander_a_takeover_takes_command(world: World) -> None:
    await world.declare()
    await world.deliver()
    await User(world).word("takeover", actor=BEN)
    assert (await world.incident(1)).commander == BEN
