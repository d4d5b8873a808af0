"""The message of the end asks what is still open; it is edited as things get done."""

from bot.incident.domain import rules
from bot.incident.domain.vocabulary import Severity
from bot.ports.slack.calls import Post
from tests.engine.user import User
from tests.engine.world import ANNA, BEN, World
from tests.incident.views.reading import said

ROOM = "CROOM1"


def end(world: World) -> str:
    """The only message of the end, as it is now."""
    (shown,) = ends(world)
    return shown


def ends(world: World) -> list[str]:
    shown = [said(each) for (channel, _), each in world.slack.shown.items() if channel == ROOM]
    return [each for each in shown if "Incident resolved" in each]


def posts(world: World) -> int:
    return sum(post.channel == ROOM for post in world.slack.of(Post))


async def test_the_questions_go_one_by_one_without_another_message(world: World) -> None:
    user = User(world)
    await world.declare(commander=ANNA)
    await world.change(1, rules.add_task, "Tell support", by=BEN)
    await world.change(1, rules.resolve, by=BEN)
    await world.deliver()
    assert all(
        each in end(world) for each in ("start of impact", "Who writes the postmortem?", "Tell support")
    )
    count = posts(world)
    await user.press("postmortem_mine", actor=BEN)
    await user.press("task_done", metadata={"task": 1, "shown": "list"})
    await world.deliver()
    assert not any(each in end(world) for each in ("Who writes the postmortem?", "Tell support"))
    for name in ("started", "detected"):
        await user.word(f"milestone {name} 5 min ago")
    await world.deliver()
    left = end(world).partition("Before everybody leaves")[2]
    assert left.count("•") == 1
    assert "Add an action item" in left
    assert posts(world) == count


async def test_questions_are_taken_back_when_it_is_open_again_and_asked_anew_at_the_next_end(
    world: World,
) -> None:
    await world.declare(severity=Severity.SEV4)
    await world.change(1, rules.resolve, by=BEN)
    await world.deliver()
    assert "start of impact" in end(world)
    await world.change(1, rules.reopen, "it is back", by=BEN)
    await world.deliver()
    assert "start of impact" not in end(world)
    await world.change(1, rules.resolve, summary="Rolled back", by=BEN)
    await world.deliver()
    assert ["start of impact" in each for each in ends(world)] == [False, True]


async def test_an_update_that_ends_it_asks_too(world: World) -> None:
    user = User(world)
    await world.declare()
    await world.deliver()
    await user.submit(
        "update", {"conditions": "All works again", "status": "resolved", "audiences": ["room"]},
        metadata={"number": 1}, number=1,
    )  # fmt: skip
    await world.deliver()
    assert any(
        "All works again" in said(each) and "start of impact" in said(each)
        for each in world.slack.shown.values()
    )
