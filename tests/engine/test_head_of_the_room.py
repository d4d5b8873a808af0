"""What is remembered of bookmarks and canvases: what is shown, what a workspace refuses, and what people did."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.engine.store import outbox
from bot.engine.store.database import Database
from bot.incident.domain import rules
from bot.incident.domain.bridge import Bridges
from bot.incident.domain.effects import ShareDraft
from bot.incident.domain.policy import Policy
from bot.incident.domain.vocabulary import Severity
from bot.incident.store import header
from bot.incident.subject import incidents_under
from bot.ports.port import Delivered
from bot.ports.slack.calls import CreateCanvas, EditCanvas, RemoveBookmark, SetBookmark, ShareFile
from tests.conftest import StillClock
from tests.engine.world import ANNA, TEAM, World
from tests.incident.domain.situations import decided

PAUSE = timedelta(seconds=15)


@pytest.fixture
def world(database: Database, policy: Policy, clock: StillClock) -> World:
    return World(database, replace(policy, canvas=True), clock)


async def wait(world: World, length: timedelta = PAUSE) -> None:
    world.clock.time += length
    await world.deliver()


async def test_the_canvas_comes_after_a_pause_and_then_only_what_has_changed(world: World) -> None:
    await world.declare()
    await world.deliver()
    await wait(world, PAUSE - timedelta(seconds=1))
    assert not world.slack.of(CreateCanvas)
    await wait(world, timedelta(seconds=1))
    (created,) = world.slack.of(CreateCanvas)
    assert created.title == "INC-1 war room"
    await world.change(1, rules.note, "Errors began")
    await wait(world, timedelta(seconds=5))
    await world.change(1, rules.take_command)
    assert not world.slack.of(EditCanvas)
    await wait(world)
    edits = world.slack.of(EditCanvas)
    assert [(each.canvas, each.section.name) for each in edits] == [("F1", "roles"), ("F1", "timeline")]
    assert "Errors began" in edits[1].section.paragraph
    async with world.database.reading() as session:
        assert await outbox.backlog(session, TEAM) == (0, None)


async def test_a_canvas_that_was_there_before_gets_each_section(world: World) -> None:
    await world.declare()
    world.slack.answers = {CreateCanvas: [Delivered({"id": "F0"})]}
    await wait(world)
    edits = world.slack.of(EditCanvas)
    assert [each.section.name for each in edits] == ["state", "roles", "timeline", "tasks", "decisions"]
    assert {each.canvas for each in edits} == {"F0"}


async def test_a_canvas_that_somebody_has_deleted_stays_deleted(world: World) -> None:
    await world.declare()
    await wait(world)
    world.slack.answers = {EditCanvas: [Delivered({"gone": "canvas_not_found"})]}
    for _ in range(2):
        await world.change(1, rules.note, "Errors began")
        await wait(world)
    assert (len(world.slack.of(CreateCanvas)), len(world.slack.of(EditCanvas))) == (1, 1)
    async with world.database.reading() as session:
        assert await header.not_shown(session, TEAM) == {(1, "canvas"): "canvas_not_found"}


async def test_a_section_that_slack_cannot_show_is_left_until_it_changes(world: World) -> None:
    await world.declare()
    await wait(world)
    await world.change(1, rules.note, "Errors began")
    digest = "x"
    world.slack.answers = {EditCanvas: [Delivered({"failed": "canvas_too_large", "timeline": digest})]}
    await wait(world)
    async with world.database.reading() as session:
        items = (await header.items(session, [1]))[1]
    assert items["canvas:timeline"].error == ""  # the next try has shown it
    assert len(world.slack.of(EditCanvas)) == 2


async def test_what_a_workspace_refuses_is_tried_again_after_a_day(world: World) -> None:
    refused = Delivered({"refused": "missing_scope"})
    world.slack.answers = {CreateCanvas: [refused], SetBookmark: [refused]}
    for title in ("One", "Two"):
        await world.declare(title)
        await world.deliver()
        await wait(world)
    assert (len(world.slack.of(CreateCanvas)), len(world.slack.of(SetBookmark))) == (1, 1)
    async with world.database.reading() as session:
        assert [row.feature for row in await header.refused(session, [TEAM])] == ["bookmarks", "canvas"]
        assert await outbox.dead(session, TEAM) == []
    assert not any("could not" in text for text in world.slack.said())
    await wait(world, timedelta(days=1))
    await world.declare("Three")
    await world.deliver()
    await wait(world)
    async with world.database.reading() as session:
        assert await header.refused(session, [TEAM]) == []


async def test_bookmarks_are_set_one_after_another_and_changed_with_the_bridge(world: World) -> None:
    await world.declare()
    await world.change(1, rules.set_bridge, "https://meet.example.com/a")
    await world.deliver()
    assert [(each.name, each.bookmark) for each in world.slack.of(SetBookmark)] == [
        ("bridge", ""),
        ("card", ""),
    ]
    (bridge, card) = world.slack.of(SetBookmark)
    assert card.link.startswith("https://acme.slack.com/archives/CROOM")
    world.slack.calls.clear()
    await world.change(1, rules.set_bridge, "https://meet.example.com/b")
    await world.deliver()
    (changed,) = world.slack.of(SetBookmark)
    assert (changed.name, changed.link) == ("bridge", "https://meet.example.com/b")
    assert changed.bookmark
    assert bridge.link == "https://meet.example.com/a"
    await world.change(1, rules.resolve)
    await world.deliver()
    assert [each.bookmark for each in world.slack.of(RemoveBookmark)] == [changed.bookmark]


async def test_the_shared_draft_becomes_a_bookmark(world: World) -> None:
    incident = await world.declare()
    await world.deliver()
    world.slack.answers = {ShareFile: [Delivered({"link": "https://acme.slack.com/files/F2"})]}
    await world.incidents.show(world.act(), incident.number, (ShareDraft(),))
    await world.deliver()
    last = world.slack.of(SetBookmark)[-1]
    assert (last.title, last.link) == ("Postmortem draft", "https://acme.slack.com/files/F2")


def test_the_secret_of_a_bridge_is_drawn_once_and_is_a_fact(policy: Policy, clock: StillClock) -> None:
    words = iter(["first", "second"])
    bridges = Bridges(dict.fromkeys(Severity, "https://meet.example.com/{secret}"))
    history = incidents_under(lambda: replace(policy, bridges=bridges), lambda: next(words))
    state, entries = history.apply(
        None,
        decided(rules.declare(number=1, title="Down", severity=Severity.SEV3, by=ANNA, now=clock())),
    )
    assert state.bridge == "https://meet.example.com/first"
    assert type(entries[-1].fact).__name__ == "BridgeSet"
    raised = decided(rules.change_severity(state, Severity.SEV1, by=ANNA, now=clock()))
    assert history.apply(state, raised)[0].bridge == state.bridge
    assert next(words) == "second"
