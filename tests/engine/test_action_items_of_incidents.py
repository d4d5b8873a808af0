"""What action items mean to incidents: a new one that they were going to prevent, and the postmortem draft."""

import pytest
from sqlmodel import col, select, update

from bot.engine.store.tables import StreamRow
from bot.followup.reactions import ACTION_ITEMS
from bot.incident.dispatch import offline_postmortem
from bot.incident.domain import rules
from bot.ports.slack.calls import Post, UploadFile
from tests.engine.rooms.members import opened
from tests.engine.test_action_items import press, submit
from tests.engine.user import User
from tests.engine.world import BEN, World


@pytest.fixture
async def office(world: World) -> User:
    """An incident with an action item."""
    await world.declare("Checkout is failing")
    await world.deliver()
    user = User(world)
    await user.word(f"action <@{BEN}> by friday Add an alert on replica lag")
    await world.deliver()
    return user


def told(world: World) -> list[str]:
    return [text for text in world.slack.said() if "This was going to" in text]


async def test_the_room_of_an_incident_that_an_item_was_going_to_prevent_is_told_once(office: User) -> None:
    world = office.world
    await world.declare("Orders are late: replica lags behind")
    await world.deliver()
    await world.change(2, rules.rename, "The replica lag of orders")
    await world.deliver()
    (message,) = told(world)
    assert message == (
        ":hourglass: This was going to be prevented by *ACT-1* of INC-1: Add an alert on replica lag "
        "(Uben, due Fri 6 Mar 2026)"
    )
    (channel,) = {call.channel for call in world.slack.of(Post) if call.message.text == message}
    assert channel not in ("CROOM1", "CINCIDENTS")


@pytest.mark.parametrize("title", ["Mails are late", "The lag of mails", "???", "Drill: replica lag"])
async def test_an_incident_about_something_else_and_a_drill_are_told_of_nothing(
    office: User, title: str
) -> None:
    await office.world.declare(title)
    await office.world.deliver()
    assert told(office.world) == []


async def test_an_item_that_is_over_is_not_told_of(office: User) -> None:
    await office.world.declare("Replica lag again")
    await submit(office, await press(office, "action_done"), proof="done")
    await office.world.deliver()
    assert told(office.world) == []
    await office.world.declare("Replica lag once more")
    await office.world.deliver()
    assert told(office.world) == []


async def test_an_item_of_a_private_incident_is_told_to_nobody_else(world: World) -> None:
    await opened(world, BEN)
    await User(world).word(f"action <@{BEN}> by friday add an alert on replica lag", actor=BEN)
    await world.declare("Replica lag again")
    await world.deliver()
    assert told(world) == []


async def test_a_damaged_item_keeps_nobody_from_declaring(office: User) -> None:
    world = office.world
    async with world.database.writing() as session:
        damaged = update(StreamRow).where(col(StreamRow.subject) == "action item")
        state = {"shape": 1, "title": "Add an alert on replica lag"}
        await session.exec(damaged.values(state=state))
    await world.declare("Replica lag again")
    await world.deliver()
    assert told(world) == []
    async with world.database.reading() as session:
        assert len((await session.exec(select(StreamRow.id))).all()) == 3


async def test_the_draft_lists_the_items_with_owner_and_day_also_those_of_a_duplicate(office: User) -> None:
    world = office.world
    await world.declare("Payments are failing")
    await world.deliver()
    await office.word("action INC-2 me tomorrow write a runbook | for payments", channel="CGENERAL")
    await submit(office, await press(office, "action_done", 2, incident=2), proof="https://example.com/7")
    await office.press("postmortem", 1)
    await world.deliver()
    draft = world.slack.of(UploadFile)[-1].content
    assert "| ACT-1 | Add an alert on replica lag | Uben | 2026-03-06 | open |" in draft
    assert "ACT-2" not in draft
    house = world.house
    found = await offline_postmortem.read(
        world.database, 2, house.policy, world.clock(), action_items=ACTION_ITEMS.of_incidents
    )
    assert found
    offline = found.markdown(house.templates)
    assert r"| ACT-2 | write a runbook \| for payments | Uanna | 2026-03-03 | done: " in offline


async def test_a_draft_without_items_says_how_to_add_one(world: World) -> None:
    await world.declare("Checkout is failing")
    await world.deliver()
    await User(world).press("postmortem", 1)
    await world.deliver()
    assert "`/incident action INC-1 @person by friday …`" in world.slack.of(UploadFile)[-1].content
