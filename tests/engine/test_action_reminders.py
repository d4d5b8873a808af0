"""Owners of action items are reminded, in their own working hours, in one message; and what has lost its owner is told."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlmodel import col, update

from bot.engine.store import people
from bot.engine.store.tables import PersonRow, StreamRow
from bot.followup.domain.action_item import ACTION_ITEM
from bot.followup.store import reminders
from bot.incident.domain import rules
from bot.incident.store import figures
from bot.ports.port import Dead
from bot.ports.slack.calls import Edit, Post, Remove
from bot.subjects import FIGURES
from tests.engine.rooms.members import left, opened
from tests.engine.test_action_items import item, leave, press, submit
from tests.engine.user import User, said
from tests.engine.world import ANNA, BEN, INCIDENTS, TEAM, World

# It is Monday, 2 March 2026, 12:00 UTC; everybody is in Berlin, where it is 13:00.
NINE = 8  # o'clock in Berlin, in UTC


@pytest.fixture
async def office(world: World) -> User:
    await world.declare("Checkout is failing")
    await world.deliver()
    return User(world)


def to_person(world: World, person: str = BEN) -> list[str]:
    """The reminders that were posted to a person."""
    posts = [call for call in world.slack.of(Post) if call.channel == person]
    return [str(call.message.text) for call in posts if "due" in str(call.message.text)]


async def at(world: World, day: int, hour: int = NINE, minute: int = 0, month: int = 3) -> None:
    """Go there, tick, and bring Slack up to date."""
    world.clock.forward(
        seconds=(datetime(2026, month, day, hour, minute, tzinfo=UTC) - world.clock()).total_seconds()
    )
    await world.tick()
    await world.deliver()


async def test_three_days_before_on_the_day_and_weekly_when_overdue(office: User) -> None:
    world = office.world
    await office.word(f"action <@{BEN}> by 2026-03-12 add an alert")  # a Thursday
    await at(world, 9, NINE - 1, 59)
    assert to_person(world) == []
    for day, count in ((9, 1), (10, 1), (12, 2), (13, 2), (19, 3), (20, 3), (26, 4)):
        await at(world, day)
        await world.tick()
        await world.deliver()
        assert len(to_person(world)) == count, day
    assert to_person(world)[0] == ":alarm_clock: You have 1 action item due"
    assert to_person(world)[3] == ":alarm_clock: You have 1 action item due, all overdue"


async def test_all_that_is_due_is_in_one_message_which_takes_the_place_of_the_one_before(
    office: User,
) -> None:
    world = office.world
    for number in range(3):
        await office.word(f"action <@{BEN}> by 2026-03-12 change number {number}")
    await office.word(f"action <@{BEN}> by 2026-03-30 not yet")
    await at(world, 9)
    assert to_person(world) == [":alarm_clock: You have 3 action items due"]
    assert [call for call in world.slack.of(Remove) if call.channel == BEN] == []
    await at(world, 12)
    assert len(to_person(world)) == 2
    (removed,) = [call for call in world.slack.of(Remove) if call.channel == BEN]
    assert (removed.channel, removed.ts) not in world.slack.shown


async def test_a_reminder_is_edited_when_something_of_it_is_settled(office: User) -> None:
    world = office.world
    for number in range(2):
        await office.word(f"action <@{BEN}> by 2026-03-12 change number {number}")
    await at(world, 9)
    await submit(office, await press(office, "action_done", actor=BEN), proof="done", actor=BEN)
    await world.deliver()
    (edit,) = world.slack.of(Edit)[-1:]
    assert "1 action item due" in str(edit.message.text)
    await submit(office, await press(office, "action_give", 2), person=ANNA)
    await world.deliver()
    assert "Nothing of what you were reminded of is left" in str(world.slack.of(Edit)[-1].message.text)
    assert len(to_person(world)) == 1


async def test_a_second_item_due_later_on_the_same_day_only_edits_the_reminder(office: User) -> None:
    world = office.world
    await office.word(f"action <@{BEN}> by 2026-03-12 add an alert")
    await at(world, 9)
    await office.word(f"action <@{BEN}> by 2026-03-20 another one")
    await submit(office, await press(office, "action_move", 2), due="2026-03-12")
    await at(world, 12, NINE + 1)  # the bot was down at nine
    assert to_person(world)[-1] == ":alarm_clock: You have 2 action items due"
    assert len(to_person(world)) == 2


async def test_a_reminder_that_is_gone_in_slack_is_not_posted_anew(office: User) -> None:
    world = office.world
    for number in range(2):
        await office.word(f"action <@{BEN}> by 2026-03-12 change number {number}")
    await at(world, 9)
    world.slack.answers[Edit] = [Dead("message_not_found")]
    await submit(office, await press(office, "action_done"), proof="done")
    await world.deliver()
    edits = len(world.slack.of(Edit))
    await submit(office, await press(office, "action_done", 2), proof="done")
    await world.deliver()
    assert len(world.slack.of(Edit)) == edits
    assert len(to_person(world)) == 1


async def test_nobody_is_reminded_at_night_or_on_a_day_off(office: User) -> None:
    world = office.world
    await office.word(
        f"action <@{BEN}> by 2026-03-08 add an alert"
    )  # a Sunday: Friday is the last day before it
    await at(world, 6, 20)  # the bot was down until the evening
    assert to_person(world) == []
    for hour in range(0, 24, 6):
        await at(world, 7, hour)
        await at(world, 8, hour) if hour == 18 else None
    assert to_person(world) == []
    await at(world, 9)
    assert to_person(world) == [":alarm_clock: You have 1 action item due, all overdue"]


async def test_what_was_due_before_somebody_got_it_is_no_reason_to_remind_them(office: User) -> None:
    world = office.world
    await office.word(f"action <@{BEN}> tomorrow add an alert")
    await at(world, 2, 14)
    assert to_person(world) == []
    await at(world, 3)
    assert len(to_person(world)) == 1


async def test_a_done_item_is_not_reminded_of(office: User) -> None:
    world = office.world
    await office.word(f"action <@{BEN}> by 2026-03-12 add an alert")
    await submit(office, await press(office, "action_drop"), reason="too dear")
    await at(world, 12)
    assert to_person(world) == []


async def test_the_commander_is_told_once_of_an_item_whose_owner_has_left(office: User) -> None:
    world = office.world
    await world.change(1, rules.take_command)
    await office.word(f"action <@{BEN}> by 2026-03-12 add an alert")
    await at(world, 2, 13)
    await leave(world, BEN)
    for hour in (20, 23):
        await at(world, 2, hour)
    told = [str(call.message.text) for call in world.slack.of(Post) if call.channel == ANNA]
    assert told[-1].startswith(
        ":warning: Uben no longer has an account in Slack, and had action item *ACT-1*"
    )
    assert sum("no longer has an account" in each for each in told) == 1
    await at(world, 12)
    assert to_person(world) == []


async def test_without_a_commander_the_incidents_channel_is_told(office: User) -> None:
    world = office.world
    await office.word(f"action <@{BEN}> by 2026-03-12 add an alert")
    await world.deliver()
    await leave(world, BEN)
    await at(world, 2, 20)
    told = [str(call.message.text) for call in world.slack.of(Post) if call.channel == INCIDENTS]
    assert "no longer has an account" in told[-1]


async def test_nobody_is_told_if_somebody_else_has_it_by_then(office: User) -> None:
    world = office.world
    await office.word(f"action <@{BEN}> by 2026-03-12 add an alert")
    await world.deliver()
    await leave(world, BEN)
    world.clock.forward(hours=7)
    await world.tick()
    await submit(office, await press(office, "action_give"), person=ANNA)
    await world.deliver()
    assert not any("no longer has an account" in text for text in world.slack.said())


async def test_who_has_left_a_private_incident_is_reminded_of_nothing_and_its_room_is_told(
    world: World,
) -> None:
    await opened(world, ANNA, BEN)
    office = User(world)
    await office.word(f"action <@{BEN}> by 2026-03-12 rotate the keys")
    await world.deliver()
    given = [call for call in world.slack.of(Post) if call.channel == BEN]
    await left(world, BEN)
    await at(world, 9)
    assert [call for call in world.slack.of(Post) if call.channel == BEN] == given
    told = [str(call.message.text) for call in world.slack.of(Post) if call.channel == "CROOM1"]
    assert any("Uben can no longer see the incident" in each for each in told)
    assert all("rotate" not in str(c.message) for c in world.slack.of(Post) if c.channel == INCIDENTS)


async def test_two_replicas_remind_once(office: User, world: World) -> None:
    await office.word(f"action <@{BEN}> by 2026-03-12 add an alert")
    other = World(world.database, world.policy, world.clock, world.slack, "two")
    await at(world, 9)
    await other.tick()
    await other.deliver()
    assert len(to_person(world)) == 1


async def test_an_owner_whose_zone_is_unknown_is_reminded_by_the_teams(office: User) -> None:
    world = office.world
    world.house = replace(world.house, policy=replace(world.policy, time_zone="America/New_York"))
    await office.word(f"action <@{BEN}> by 2026-03-12 add an alert")
    await world.deliver()
    async with world.database.writing() as session:
        row = (await people.known(session, TEAM, [BEN]))[BEN]
        await people.remember(session, PersonRow(**(row.model_dump() | {"zone": "Mars/Olympus"})))
    await at(world, 9)
    assert to_person(world) == []
    await at(world, 9, 13)  # nine in New York, where clocks were set forward the day before
    assert len(to_person(world)) == 1


async def test_open_items_are_counted_by_whether_they_are_overdue(office: User) -> None:
    await office.word(f"action <@{BEN}> by 2026-03-03 add an alert")
    await office.word(f"action <@{BEN}> by 2026-03-12 add another")
    await office.word(f"action <@{BEN}> by 2026-03-12 and one that is done")
    await submit(office, await press(office, "action_done", 3), proof="done")
    office.world.clock.forward(days=4)
    (figure,) = [each for each in FIGURES if each.name == "warroom_action_items_open"]
    async with office.world.database.reading() as session:
        assert await figure.read(session, TEAM, office.world.clock()) == {"yes": 1, "no": 1}
        assert (await figures.open_incidents(session, TEAM, office.world.clock()))["SEV1"] == 1


async def test_the_new_owner_of_an_item_that_is_over_is_not_told(office: User) -> None:
    world = office.world
    await office.word(f"action <@{BEN}> by 2026-03-12 add an alert")
    await submit(office, await press(office, "action_done"), proof="done")
    await world.deliver()
    assert [call for call in world.slack.of(Post) if call.channel == BEN] == []
    assert (await item(world)).outcome == "done"
    assert said(await office.word("actions done"))


async def test_what_is_settled_before_the_reminder_is_shown_is_not_reminded_of(office: User) -> None:
    world = office.world
    await office.word(f"action <@{BEN}> by 2026-03-12 add an alert")
    await world.deliver()
    world.clock.forward(seconds=(datetime(2026, 3, 9, NINE, tzinfo=UTC) - world.clock()).total_seconds())
    await world.tick()
    await submit(office, await press(office, "action_done"), proof="done")
    await world.deliver()
    assert to_person(world) == []


async def test_who_was_reminded_today_is_not_reminded_again(office: User) -> None:
    world = office.world
    await office.word(f"action <@{BEN}> by 2026-03-12 add an alert")
    async with world.database.writing() as session:
        first = await reminders.claim(session, TEAM, [(BEN, date(2026, 3, 9))], world.clock())
        again = await reminders.claim(session, TEAM, [(BEN, date(2026, 3, 9))], world.clock())
    assert (first, again) == ({BEN}, set())
    await at(world, 9)
    assert to_person(world) == []


async def test_a_damaged_item_keeps_nobody_from_being_reminded_of_another(office: User) -> None:
    world = office.world
    await office.word(f"action <@{BEN}> by 2026-03-12 add an alert")
    await office.word(f"action <@{ANNA}> by 2026-03-12 another")
    async with world.database.writing() as session:
        damaged = update(StreamRow).where(col(StreamRow.subject) == "action item", col(StreamRow.number) == 1)
        await session.exec(damaged.values(state={"shape": ACTION_ITEM.shape}))
    await at(world, 9)
    assert to_person(world) == []
    assert to_person(world, ANNA) == [":alarm_clock: You have 1 action item due"]
    answer = await office.word("actions")
    assert answer.message
    assert "another" in str(answer.message.blocks)
