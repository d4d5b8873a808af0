"""An export is sent to one person: a message, then the file in the same direct message."""

import pytest

from bot.incident.domain.effects import ShareExport
from bot.incident.domain.export import ExportFormat
from bot.incident.domain.incident import Incident
from bot.incident.store import incidents, rooms
from bot.ports.port import Dead
from bot.ports.slack.calls import Post, ShareFile, UploadFile
from tests.engine.user import User, said
from tests.engine.world import ANNA, BEN, World


async def asked(world: World, words: str = "timeline export csv", *, private: bool = False) -> Incident:
    incident = await world.declare(private=private)
    await world.deliver()
    user = User(world)
    await user.word("note Errors began")
    await world.deliver()
    world.slack.calls.clear()
    answer = await user.word(words)
    assert "direct message" in said(answer)
    return incident


async def test_the_file_follows_its_message_to_whoever_asked_and_nobody_else(world: World) -> None:
    await asked(world)
    await world.deliver()
    (told,) = world.slack.of(Post)
    (file,) = world.slack.of(UploadFile)
    (shared,) = world.slack.of(ShareFile)
    assert (told.channel, shared.channel) == (ANNA, ANNA)  # as the fake Slack names the direct message
    assert file.filename == "inc-1-timeline.csv"
    assert "Errors began" in file.content
    assert "Uanna" in file.content


async def test_the_same_export_twice_in_a_moment_is_sent_once(world: World) -> None:
    await asked(world)
    assert "a moment ago" in said(await User(world).word("timeline export csv", id="another"))
    await world.deliver()
    assert len(world.slack.of(UploadFile)) == 1


async def test_whoever_has_left_a_private_room_gets_no_file(world: World) -> None:
    await asked(world, private=True)
    async with world.database.writing() as session:
        stored = await incidents.lock(session, world.team, 1)
        assert stored
        await rooms.record_presence(session, stored, ANNA, world.clock(), present=False)
    await world.deliver()
    assert not world.slack.of(UploadFile)
    assert not [post for post in world.slack.of(Post) if post.channel == ANNA]


@pytest.mark.parametrize("form", ExportFormat)
async def test_a_direct_message_that_slack_refuses_gives_no_file(world: World, form: ExportFormat) -> None:
    await asked(world, f"timeline export {form}")
    world.slack.answers[Post] = [Dead("messages_tab_disabled")]
    await world.deliver()
    assert not world.slack.of(UploadFile)
    assert "could not send somebody the timeline" in "".join(world.slack.said())
    assert ShareExport(BEN, form) != ShareExport(ANNA, form)
