"""Of ten thousand open incidents the worst are found, and only those that a person may see."""

from typing import Any

import pytest
from sqlalchemy import text
from sqlmodel import select

from bot.engine.store.tables import MemberRow
from bot.incident.domain import rules
from bot.incident.domain.incident import Incident
from bot.incident.domain.listing import Listing
from bot.incident.domain.shortlist import Shortlist
from bot.incident.domain.vocabulary import Role, Severity
from bot.incident.store import incidents
from tests.engine.world import ANNA, BEN, CLEO, TEAM, World

STRANGER = "USTRANGER"


async def _open_to(world: World, person: str, limit: int = 20) -> Shortlist:
    async with world.database.reading() as session:
        return await incidents.listed(session, TEAM, person, Listing(), limit)


async def _numbers(world: World, person: str = ANNA, limit: int = 20) -> list[int]:
    return [each.incident.number for each in (await _open_to(world, person, limit)).worst]


async def _duties(world: World, person: str, limit: int = 20) -> list[int]:
    async with world.database.reading() as session:
        found = await incidents.of_responder(session, TEAM, person, limit)
    return [each.incident.number for each in found.worst]


async def _members(world: World) -> dict[int, dict[str, bool]]:
    async with world.database.reading() as session:
        rows = (await session.exec(select(MemberRow))).all()
    found: dict[int, dict[str, bool]] = {}
    for row in rows:
        found.setdefault(row.stream_id, {})[row.person] = row.responds
    return found


async def test_the_worst_come_first_and_of_the_same_severity_the_oldest(world: World) -> None:
    for severity in (Severity.SEV3, Severity.SEV1, Severity.SEV4, Severity.SEV1):
        await world.declare(severity=severity)
    assert await _numbers(world) == [2, 4, 1, 3]


async def test_incidents_that_are_not_listed_are_counted(world: World) -> None:
    for severity in (Severity.SEV3, Severity.SEV1, Severity.SEV2):
        await world.declare(severity=severity)
    found = await _open_to(world, STRANGER, limit=2)
    assert [each.incident.number for each in found.worst] == [2, 3]
    assert found.total == 3


async def test_each_incident_has_its_war_room_once_that_is_open(world: World) -> None:
    await world.declare()
    (before,) = (await _open_to(world, ANNA)).worst
    await world.deliver()
    (after,) = (await _open_to(world, ANNA)).worst
    assert before.channel is None
    assert after.channel == "CROOM1"


async def test_a_change_of_severity_changes_the_order(world: World) -> None:
    await world.declare(severity=Severity.SEV2)
    await world.declare(severity=Severity.SEV3)
    await world.change(2, rules.change_severity, Severity.SEV1)
    assert await _numbers(world) == [2, 1]


async def test_a_closed_incident_is_found_again_when_it_is_reopened(world: World) -> None:
    await world.declare(private=True, commander=BEN)
    await world.change(1, rules.resolve, by=BEN)
    assert (await _open_to(world, BEN)).total == 0
    assert await _duties(world, BEN) == []
    assert await _members(world) == {}
    await world.change(1, rules.reopen, "Errors are back", by=BEN)
    assert await _numbers(world, BEN) == [1]
    assert await _duties(world, BEN) == [1]


async def test_a_private_incident_is_found_and_counted_only_for_its_participants(world: World) -> None:
    await world.declare(private=True)
    await world.declare()
    await world.change(1, rules.assign, Role.SCRIBE, CLEO)
    assert await _numbers(world, ANNA) == await _numbers(world, CLEO) == [1, 2]
    assert await _numbers(world, STRANGER) == [2]
    assert (await _open_to(world, STRANGER)).total == 1


async def test_a_former_participant_does_not_find_a_private_incident(world: World) -> None:
    await world.declare(private=True, commander=BEN)
    assert await _numbers(world, BEN) == [1]
    await world.change(1, rules.assign, Role.COMMANDER, CLEO, by=ANNA, force=True)
    assert await _numbers(world, BEN) == []
    assert await _numbers(world, CLEO) == [1]


async def test_another_workspace_has_its_own_incidents(world: World) -> None:
    await world.declare()
    async with world.database.reading() as session:
        found = await incidents.listed(session, "T2", ANNA, Listing(), 20)
        theirs = await incidents.of_responder(session, "T2", ANNA, 20)
    assert (found.is_empty, found.total) == (True, 0)
    assert theirs.is_empty


async def test_duties_are_roles_and_offers_of_command_but_not_declaring(world: World) -> None:
    await world.declare(severity=Severity.SEV3, commander=BEN)
    await world.declare(severity=Severity.SEV1, commander=BEN)
    await world.change(2, rules.offer_handoff, CLEO, by=BEN)
    assert await _duties(world, BEN) == [2, 1]
    assert await _duties(world, BEN, limit=1) == [2]
    assert await _duties(world, CLEO) == [2]
    assert await _duties(world, ANNA) == []


async def test_the_state_decides_whatever_the_columns_say(world: World) -> None:
    await world.declare(private=True)
    async with world.database.engine.begin() as connection:
        await connection.execute(text("UPDATE incidents SET private = false"))
    assert await _numbers(world, STRANGER) == []


@pytest.mark.parametrize("private", [False, True])
async def test_the_member_rows_always_match_the_state(world: World, *, private: bool) -> None:
    await world.declare(private=private)
    moves: list[tuple[Any, ...]] = [
        (rules.take_command, {"by": ANNA}),
        (rules.assign, Role.EXPERT, BEN, {"by": ANNA}),
        (rules.assign, Role.EXPERT, CLEO, {"by": ANNA}),
        (rules.assign, Role.SCRIBE, CLEO, {"by": ANNA}),
        (rules.assign, Role.SCRIBE, BEN, {"by": ANNA}),
        (rules.offer_handoff, CLEO, {"by": ANNA}),
        (rules.answer_handoff, {"accept": True, "by": CLEO}),
        (rules.resolve, {"by": CLEO}),
        (rules.reopen, "It is back", {"by": ANNA}),
    ]
    for rule, *given, more in moves:
        await world.change(1, rule, *given, **more)
        incident = await world.incident(1)
        assert await _members(world) == ({} if incident.is_closed else {1: _expected(incident)})


def _expected(incident: Incident) -> dict[str, bool]:
    return {person: person in incident.responders for person in incident.people}
