"""An incident whose stored state cannot be read hides no other, and is named with where to look."""

from typing import Any

import pytest
from sqlalchemy import update
from sqlmodel import col

from bot.engine.store.tables import EntryRow, StreamRow
from bot.incident.domain import rules
from bot.incident.domain.incident import SHAPE
from bot.incident.domain.vocabulary import Role
from bot.incident.store import incidents
from bot.ports.slack.calls import FetchMembers
from tests.engine.rooms.members import in_room
from tests.engine.test_home import tab
from tests.engine.user import User
from tests.engine.world import ANNA, BEN, CLEO, TEAM, World
from tests.incident.views.reading import said

STRANGER = "USTRANGER"
NAMED = "cannot be read. Whoever runs the bot finds out why with `warroom doctor`."


async def damage(world: World, number: int, state: Any) -> None:
    """Write this in the place of the state."""
    async with world.database.writing() as session:
        await session.exec(update(StreamRow).where(col(StreamRow.number) == number).values(state=state))


async def answered(world: World, words: str, person: str = ANNA) -> str:
    """What this person reads after `/incident …` in another channel."""
    answer = await User(world).word(words, actor=person, channel="CGENERAL")
    text = answer.message.text if answer.message else ""
    return f"{text}\n{said(answer.message or answer.view or {})}"


@pytest.mark.parametrize(
    "state",
    [{"title": "damaged", "shape": SHAPE}, {"shape": SHAPE}, {"shape": None}, [], ["x"], "x", 7, None],
    ids=str,
)
async def test_whatever_is_in_its_place_the_others_are_shown(world: World, state: Any) -> None:
    for title in ("Checkout is failing", "Mail is late", "Search is slow"):
        await world.declare(title, commander=BEN)
    if state == {"shape": None}:  # of another release, and its timeline leads nowhere
        async with world.database.writing() as session:
            await session.exec(update(EntryRow).where(col(EntryRow.stream_id) == 2).values(kind="Invented"))
    await damage(world, 2, state)
    listed = await answered(world, "list")
    assert "3 incidents are open" in listed
    for shown in (
        listed,
        await tab(world),
        await answered(world, "digest"),
        await answered(world, "mine", BEN),
    ):
        assert f"INC-2 {NAMED}" in shown
        assert "INC-1" in shown
        assert "Search is slow" in shown
        assert "Mail is late" not in shown


async def test_others_can_still_be_declared_merged_and_followed(world: World) -> None:
    await world.declare("Checkout is failing")
    await world.declare("Checkout fails in Spain")
    await User(world).word("subscribe INC-1", channel="CGENERAL")
    await User(world).word("subscribe INC-2", channel="CGENERAL")
    await damage(world, 2, [])
    for words in ("declare Checkout again", "declare", "subscribe"):
        assert "INC-1" in await answered(world, words), words
    assert "This closes the incident" in await answered(world, "duplicate INC-1")
    assert "Declare an incident" in await answered(world, "")


async def test_one_that_is_over_is_named_too(world: World) -> None:
    await world.declare("Checkout is failing")
    await world.declare("Mail is late")
    for number in (1, 2):
        await world.change(number, rules.resolve)
    await damage(world, 1, [])
    for shown in (await answered(world, "list all"), await tab(world)):
        assert f"INC-1 {NAMED}" in shown
        assert "Mail is late" in shown


async def test_a_private_one_is_named_to_its_members_only(world: World) -> None:
    await world.declare(private=True)
    await world.change(1, rules.assign, Role.SCRIBE, BEN)
    world.slack.answers[FetchMembers] = [in_room(ANNA, CLEO), in_room(ANNA, CLEO)]
    await world.deliver()
    world.clock.forward(minutes=2)
    await damage(world, 1, [])
    for person, names_it in ((ANNA, True), (CLEO, True), (BEN, False), (STRANGER, False)):
        assert ("INC-1" in await answered(world, "list", person)) is names_it, person
        assert ("INC-1" in await tab(world, person)) is names_it, person
    assert "INC-1" not in await answered(world, "mine", BEN), "he has a role, and was removed from the room"
    async with world.database.reading() as session:
        sees = await incidents.of_responder(session, TEAM, BEN, 20, sees_private=True)
        guest = await incidents.of_responder(session, TEAM, BEN, 20, sees_private=True, is_guest=True)
        everybody = await incidents.open_to_all(session, TEAM, 20)
    assert (sees.unreadable, guest.unreadable, everybody.unreadable) == ([1], [], [])
