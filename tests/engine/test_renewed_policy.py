"""A new policy counts for open incidents at once: the clock looks at them, and cards and announcements say what is due."""

from dataclasses import replace
from datetime import timedelta

from sqlmodel import col, select, update

from bot.engine.store.database import Database
from bot.engine.store.tables import StreamRow
from bot.incident.domain import rules
from bot.incident.domain.announcing import AnnounceChannel
from bot.incident.domain.bridge import PolicyBookmark
from bot.incident.domain.policy import Policy
from bot.incident.domain.vocabulary import Severity
from bot.incident.effects.renewal import Renewal
from bot.ports.slack.calls import CreateCanvas, Edit, EditCanvas, Post, RemoveBookmark, SetBookmark
from tests.conftest import StillClock
from tests.engine.reminders.scenario import commanded, reminders_in_room
from tests.engine.world import INCIDENTS, TEAM, World


def shorter(policy: Policy, severity: Severity, **length: float) -> Policy:
    """The policy with another cadence for one severity."""
    cadence = timedelta(**length)
    level = replace(
        policy.levels[severity], cadence=cadence, cadence_mitigated=2 * cadence, remind_ahead=cadence / 5
    )
    return replace(policy, levels={**policy.levels, severity: level})


def renewal(world: World) -> Renewal:
    return Renewal(world.database, lambda: world.house.policy, TEAM, lambda: None)


async def replaced(world: World, policy: Policy) -> None:
    """The policy is replaced, and the next ticks follow."""
    follows = renewal(world)
    world.house = replace(world.house, policy=policy)
    world.slack.calls.clear()
    await follows.tick(world.clock())
    await world.tick()
    await world.deliver()


async def looks(database: Database) -> list[object]:
    async with database.reading() as session:
        query = select(StreamRow.next_look_at).order_by(col(StreamRow.number))
        return list((await session.exec(query)).all())


async def test_an_update_that_is_overdue_under_the_new_cadence_is_reminded_of_at_once(
    database: Database, policy: Policy, clock: StillClock
) -> None:
    world = World(database, policy, clock)
    await commanded(world, Severity.SEV3)
    clock.forward(minutes=20)
    await world.tick()
    await world.deliver()
    assert reminders_in_room(world) == []
    await replaced(world, shorter(policy, Severity.SEV3, minutes=10))
    assert len(reminders_in_room(world)) == 1


async def test_a_longer_cadence_puts_the_next_reminder_off(
    database: Database, policy: Policy, clock: StillClock
) -> None:
    world = World(database, policy, clock)
    await commanded(world, Severity.SEV1)
    await replaced(world, shorter(policy, Severity.SEV1, hours=5))
    clock.forward(hours=3)
    await world.tick()
    await world.deliver()
    assert reminders_in_room(world) == []


async def test_card_and_announcement_are_edited_once_if_they_say_something_else(
    database: Database, policy: Policy, clock: StillClock
) -> None:
    world = World(database, policy, clock)
    await commanded(world, Severity.SEV3)
    await commanded(world, Severity.SEV2, private=True)
    await replaced(world, shorter(policy, Severity.SEV3, hours=1))
    edited = world.slack.of(Edit)
    assert len(edited) == 2
    assert [each.channel == INCIDENTS for each in edited].count(True) == 1
    await replaced(world, shorter(world.house.policy, Severity.SEV2, hours=1))
    (card,) = world.slack.of(Edit)
    assert card.channel != INCIDENTS  # a private incident has no announcement


async def test_what_says_the_same_is_left_alone_but_looked_at(
    database: Database, policy: Policy, clock: StillClock
) -> None:
    world = World(database, policy, clock)
    await commanded(world)
    before = await looks(database)
    follows = renewal(world)
    await follows.tick(clock())
    assert await looks(database) == before
    world.house = replace(world.house, policy=replace(policy, snooze=timedelta(minutes=1)))
    world.slack.calls.clear()
    await follows.tick(clock())
    await world.deliver()
    assert await looks(database) == [clock()]
    assert world.slack.calls == []


async def test_incidents_that_are_over_or_that_another_release_wrote_are_left_alone(
    database: Database, policy: Policy, clock: StillClock
) -> None:
    world = World(database, policy, clock)
    for severity in (Severity.SEV1, Severity.SEV2, Severity.SEV3):
        await commanded(world, severity)
    await world.change(1, rules.resolve)
    async with database.writing() as session:
        damaged = update(StreamRow).where(col(StreamRow.number) == 2)
        await session.exec(damaged.values(state={"title": "damaged", "shape": 2}))
    before = await looks(database)
    follows = renewal(world)
    world.house = replace(world.house, policy=replace(policy, snooze=timedelta(minutes=1)))
    await follows.tick(clock())
    assert await looks(database) == [*before[:2], clock()]


async def test_announcements_in_further_channels_follow_but_those_in_new_ones_wait_for_the_next_change(
    database: Database, policy: Policy, clock: StillClock
) -> None:
    further = AnnounceChannel("CFURTHER", frozenset(Severity))
    world = World(database, replace(policy, announce=(further,)), clock)
    await commanded(world, Severity.SEV3)
    new = AnnounceChannel("CNEW", frozenset(Severity))
    changed = shorter(policy, Severity.SEV3, hours=1)
    await replaced(world, replace(changed, announce=(further, new)))
    edited = [each.channel for each in world.slack.of(Edit)]
    assert len(edited) == 3
    assert {INCIDENTS, "CFURTHER"} < set(edited)
    assert [each for each in world.slack.of(Post) if each.channel == "CNEW"] == []


async def test_bookmarks_and_the_canvas_follow(database: Database, policy: Policy, clock: StillClock) -> None:
    world = World(database, policy, clock)
    await commanded(world, Severity.SEV3)
    dashboard = PolicyBookmark("Dashboard", "https://grafana.example/{number}")
    await replaced(world, replace(policy, bookmarks=(dashboard,), canvas=True))
    (bookmark,) = world.slack.of(SetBookmark)
    assert (bookmark.title, bookmark.link) == ("Dashboard", "https://grafana.example/1")
    clock.forward(minutes=1)
    await world.deliver()
    assert len(world.slack.of(CreateCanvas)) == 1
    await replaced(world, replace(shorter(world.house.policy, Severity.SEV3, hours=1), bookmarks=()))
    assert [each.name for each in world.slack.of(RemoveBookmark)] == [bookmark.name]
    clock.forward(minutes=1)
    await world.deliver()
    assert [each.section.name for each in world.slack.of(EditCanvas)] == ["state"]
