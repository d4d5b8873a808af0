"""Incidents are found by their words, with the full-text search of both databases."""

import re

import pytest
from sqlmodel import select

from bot.engine.store.tables import StreamRow
from bot.incident.dispatch.answers import Answer
from bot.incident.domain import rules
from bot.incident.domain.kinds import Kind
from bot.incident.domain.listing import parse_listing, telling_words
from bot.incident.domain.vocabulary import Severity
from bot.incident.store import incidents
from tests.engine.user import User
from tests.engine.world import ANNA, BEN, TEAM, World
from tests.services import CHECKOUT, PAYMENTS, SEARCH, SERVICES


async def listed(world: World, asked: str, person: str = ANNA, page: int = 0, limit: int = 20) -> list[int]:
    async with world.database.reading() as session:
        wanted = parse_listing(asked, page)
        found = await incidents.listed(session, TEAM, person, wanted, limit, services=SERVICES)
    return [each.incident.number for each in found.worst]


async def similar(world: World, title: str, person: str = ANNA) -> list[int]:
    async with world.database.reading() as session:
        found = await incidents.similar(session, TEAM, person, telling_words(title))
    return [each.incident.number for each in found]


@pytest.fixture
async def some(world: World) -> World:
    """Three open incidents and a closed one."""
    await world.declare(title="Checkout is failing", severity=Severity.SEV2)
    await world.declare(title="Mail is late", severity=Severity.SEV3)
    await world.declare(title="Nobody can log in", severity=Severity.SEV1)
    await world.declare(title="Zahlung über Checkout-API hängt", severity=Severity.SEV2)
    await world.change(4, rules.resolve, by=ANNA)
    return world


async def test_a_list_has_what_was_asked_for(some: World) -> None:
    assert await listed(some, "") == [3, 1, 2]
    assert await listed(some, "all") == [4, 3, 2, 1]
    assert await listed(some, "sev1") == [3]
    assert await listed(some, "checkout") == [1]
    assert await listed(some, "all checkout") == [4, 1]
    assert await listed(some, "all check hängt") == [4]
    assert await listed(some, "all sev1 checkout") == []


async def test_drills_are_found_open_or_closed_and_nothing_else_that_has_the_word(some: World) -> None:
    await some.declare(title="Drill: a region fails", severity=Severity.SEV1)
    await some.declare(title="Drill press is broken", severity=Severity.SEV1)
    await some.declare(title="[drill] mail", severity=Severity.SEV2)
    await some.declare(title="A cable is cut", severity=Severity.SEV2)
    await some.change(8, rules.set_kind, Kind.DRILL, by=ANNA)
    await some.change(5, rules.resolve, by=ANNA)
    assert await listed(some, "drills") == [8, 7, 5]
    assert await listed(some, "drills sev1") == [5]
    assert await listed(some, "drills mail") == [7]
    async with some.database.writing() as session:  # as 0.3.0 has stored them
        for row in (await session.exec(select(StreamRow))).all():
            row.state = {key: value for key, value in row.state.items() if key != "kind"}
    assert await listed(some, "drills") == [8, 7, 5]
    await some.change(5, rules.set_kind, Kind.INCIDENT, by=ANNA)
    assert await listed(some, "drills") == [8, 7]


async def test_a_word_may_be_in_the_name_of_an_affected_service(some: World) -> None:
    await some.change(2, rules.set_services, (PAYMENTS, SEARCH), by=ANNA)
    await some.change(3, rules.set_services, (CHECKOUT,), by=ANNA)
    assert await listed(some, "billing") == [2]
    assert await listed(some, "payments mail") == [2], "a service and a title"
    assert await listed(some, "shop") == [3], "a short form"
    assert await listed(some, "checkout") == [3, 1], "a service or a title"
    assert await listed(some, "all checkout") == [4, 3, 1]
    assert await listed(some, "sev1 checkout") == [3]
    assert await listed(some, "search checkout") == []
    assert await listed(some, "billing search mail is late") == [2], "the last words are not looked for there"
    assert await similar(some, "payments are refused") == []


async def test_a_service_is_found_until_the_incident_does_not_affect_it_any_more(world: World) -> None:
    await world.declare("Mails are late", services=(PAYMENTS, "gone"))
    assert await listed(world, "payments") == await listed(world, "gone") == [1]
    await world.change(1, rules.set_services, (SEARCH,), by=ANNA)
    assert await listed(world, "payments") == await listed(world, "gone") == []
    await world.change(1, rules.resolve, by=ANNA)
    assert await listed(world, "all search") == [1]


async def test_a_private_incident_is_not_found_by_its_service(world: World) -> None:
    await world.declare("A secret", private=True, by=BEN, services=(PAYMENTS,))
    assert await listed(world, "all payments", ANNA) == []
    assert await listed(world, "all payments", BEN) == [1]


async def test_many_words_that_name_services_are_no_burden(some: World) -> None:
    words = " ".join(f"checkout{number}" for number in range(200))
    assert await listed(some, f"all checkout payments search {words}") == []


async def test_mine_are_those_in_which_i_have_a_role(some: World) -> None:
    await some.change(2, rules.take_command, by=BEN)
    assert await listed(some, "mine", BEN) == [2]


async def test_pages_follow_one_another(some: World) -> None:
    assert [await listed(some, "all", page=page, limit=2) for page in range(3)] == [[4, 3], [2, 1], []]


async def test_the_most_similar_incident_comes_first(some: World) -> None:
    assert await similar(some, "Checkout-API does not answer") == [4, 1]
    assert await similar(some, "It is down") == []


async def test_hostile_words_are_only_words(some: World) -> None:
    assert await listed(some, "all \"' OR NEAR( * ; -- checkout:* 'x' | !") == []
    assert sorted(await similar(some, "checkout' | 'mail \" NOT mail*")) == [1, 2, 4]


async def test_a_private_incident_is_found_by_its_members_only(world: World) -> None:
    await world.declare(title="Payroll data was read", private=True, by=BEN)
    assert await listed(world, "all payroll", ANNA) == []
    assert await similar(world, "payroll", ANNA) == []
    assert await listed(world, "all payroll", BEN) == [1]
    assert await similar(world, "payroll", BEN) == [1]


async def test_the_form_to_declare_shows_what_is_open_or_was_lately(some: World) -> None:
    user = User(some)
    again = _shown(await user.word("declare Checkout again", channel="CGENERAL"))
    assert sorted(again) == ["INC-1", "INC-4"]
    assert _shown(await user.word("declare", channel="CGENERAL")) == ["INC-3", "INC-1", "INC-2"]
    some.clock.forward(minutes=60 * 24 * 8)
    assert _shown(await user.word("declare Checkout again", channel="CGENERAL")) == ["INC-1"]


def _shown(answer: Answer) -> list[str]:
    """The incidents that the form shows."""
    assert answer.view is not None
    return re.findall(r"INC-\d+", str(answer.view["blocks"][0]))


async def test_show_and_list_are_typed_anywhere(some: World) -> None:
    user = User(some)
    await some.deliver()
    shown = await user.word("show INC-1", channel="CGENERAL")
    assert shown.message is not None
    assert "War room: <#" in str(shown.message.blocks)
    found = await user.word("list all sev2", channel="CGENERAL")
    assert found.message is not None
    assert str(found.message.text).startswith("2 incidents match “all sev2”\n")


async def test_a_renamed_incident_is_found_by_its_new_title_only(some: World) -> None:
    await some.change(1, rules.rename, title="Payments are refused", by=BEN)
    assert await listed(some, "payments") == [1]
    assert await listed(some, "checkout") == []
