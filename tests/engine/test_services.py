"""Incidents of a service are told to those who follow it and announced where it belongs; private ones nowhere."""

from dataclasses import replace
from typing import Any

import pytest

from bot.engine.store import people
from bot.engine.store.database import Database
from bot.engine.store.tables import PersonRow
from bot.incident.domain import rules
from bot.incident.domain.announcing import AnnounceChannel
from bot.incident.domain.policy import Policy
from bot.incident.domain.subscriptions import Following, Follows
from bot.incident.domain.vocabulary import Severity
from bot.incident.store import subscriptions
from bot.ports.slack.calls import Edit, Post
from tests.conftest import StillClock
from tests.engine.test_subscribers import direct, said
from tests.engine.user import User
from tests.engine.world import ANNA, BEN, CLEO, TEAM, World
from tests.incident.views.reading import said as shown
from tests.services import CHECKOUT, PAYMENTS, SEARCH, SERVICES

SHOP = "CSHOP"
ELSEWHERE: dict[str, Any] = {"channel": "CGENERAL"}


@pytest.fixture
def world(database: Database, policy: Policy, clock: StillClock) -> World:
    announce = (AnnounceChannel(SHOP, services=frozenset({CHECKOUT, SEARCH})),)
    return World(database, replace(policy, announce=announce, services=SERVICES), clock)


def posted(world: World, channel: str) -> list[str]:
    return [shown(call.message) for call in world.slack.of(Post) if call.channel == channel]


async def follows(world: World, person: str = CLEO) -> Follows:
    async with world.database.reading() as session:
        found = await subscriptions.of_people(session, TEAM, [person])
    return found.get(person, Follows())


async def test_whoever_follows_a_service_is_told_of_its_incidents_from_then_on(world: World) -> None:
    user = User(world)
    assert "You follow *all incidents that affect Checkout*" in said(
        await user.word("subscribe shop", actor=CLEO, **ELSEWHERE)
    )
    await world.declare("Search is slow", services=(SEARCH,))
    await world.declare("Payments fail", services=(PAYMENTS, CHECKOUT))
    await world.deliver()
    (told,) = direct(world, CLEO)
    assert "Payments fail" in told
    assert "affects Payments" in told
    assert "You follow all incidents that affect Checkout" in told
    await world.change(1, rules.set_services, (CHECKOUT,), by=BEN)
    await world.change(1, rules.post_update, "It is the shop", by=BEN)
    await world.change(1, rules.set_services, (), by=BEN)
    await world.change(1, rules.resolve, by=BEN)
    await world.deliver()
    _, began, updated, ended = direct(world, CLEO)
    assert "Affected services changed from Search to Checkout" in began
    assert "It is the shop" in updated
    assert ":white_check_mark:" in ended


async def test_whoever_follows_a_service_and_the_severity_is_told_once(world: World) -> None:
    user = User(world)
    for what in ("checkout", "payments", "all"):
        await user.word(f"subscribe {what}", actor=CLEO, **ELSEWHERE)
    assert await follows(world) == Follows(Severity.SEV4, services=frozenset({CHECKOUT, PAYMENTS}))
    await world.declare(services=(CHECKOUT, PAYMENTS))
    await world.deliver()
    assert len(direct(world, CLEO)) == 1


async def test_a_service_is_followed_until_it_is_ended(world: World) -> None:
    user = User(world)
    for _ in range(2):  # also in the same moment, from two devices
        async with world.database.writing() as session:
            await subscriptions.change(session, TEAM, CLEO, Following(service=CHECKOUT))
    listed = said(await user.word("subscribe", actor=CLEO, **ELSEWHERE))
    assert "All incidents that affect Checkout" in listed
    assert "You follow nothing" not in listed
    await user.press("stop_service", None, actor=CLEO, text=CHECKOUT, **ELSEWHERE)
    assert await follows(world) == Follows()
    await user.word("subscribe checkout", actor=CLEO, **ELSEWHERE)
    await user.word("subscribe search", actor=CLEO, **ELSEWHERE)
    await user.word("unsubscribe checkout", actor=CLEO, **ELSEWHERE)
    assert (await follows(world)).services == {SEARCH}
    await user.word("unsubscribe all", actor=CLEO, **ELSEWHERE)
    assert await follows(world) == Follows()
    await world.declare(services=(CHECKOUT,))
    await world.deliver()
    assert direct(world, CLEO) == []


async def test_one_incident_of_a_service_can_be_stopped(world: World) -> None:
    user = User(world)
    await user.word("subscribe checkout", actor=CLEO, **ELSEWHERE)
    not_yet = await user.word("unsubscribe INC-1", actor=CLEO, **ELSEWHERE)
    assert "You do not follow INC-1" in said(not_yet)
    assert await follows(world) == Follows(services=frozenset({CHECKOUT}))
    await world.declare(services=(CHECKOUT,))
    await user.word("unsubscribe INC-1", actor=CLEO, **ELSEWHERE)
    await world.change(1, rules.post_update, "News")
    await world.declare("Another one", services=(CHECKOUT,))
    await world.deliver()
    assert ["News" in each for each in direct(world, CLEO)].count(True) == 0
    assert "Another one" in direct(world, CLEO)[-1]


async def test_guests_are_told_of_no_service_also_if_they_have_become_one(world: World) -> None:
    user = User(world)
    await user.word("subscribe checkout", actor=CLEO, **ELSEWHERE)
    async with world.database.writing() as session:
        row = PersonRow(team_id=TEAM, user_id=CLEO, name="Cleo", is_guest=True, seen_at=world.clock())
        await people.remember(session, row)
    await world.declare(services=(CHECKOUT,))
    await world.deliver()
    assert direct(world, CLEO) == []


async def test_an_incident_is_announced_where_its_service_belongs_and_followed_to_the_end(
    world: World,
) -> None:
    await world.declare(services=(PAYMENTS,))
    await world.deliver()
    assert posted(world, SHOP) == []
    room = len(posted(world, "CROOM1"))
    await world.change(1, rules.set_services, (SEARCH, PAYMENTS))
    await world.deliver()
    (announced,) = posted(world, SHOP)
    assert "affects Search, Payments" in announced
    assert len(posted(world, "CROOM1")) == room, "the room gets no message"
    card = [call for call in world.slack.of(Edit) if call.channel == "CROOM1"][-1]
    assert "*Services* Search, Payments" in shown(card.message)
    await world.change(1, rules.set_services, (PAYMENTS,))
    await world.change(1, rules.resolve)
    await world.deliver()
    last = [call for call in world.slack.of(Edit) if call.channel == SHOP][-1]
    assert "SEV1 resolved INC-1" in shown(last.message)


async def test_after_the_end_only_the_record_is_corrected(world: World) -> None:
    user = User(world)
    await user.word("subscribe checkout", actor=CLEO, **ELSEWHERE)
    await world.declare()
    await world.change(1, rules.resolve)
    await world.deliver()
    await user.word("service checkout", actor=ANNA)
    await world.deliver()
    assert (await world.incident(1)).services == (CHECKOUT,)
    assert posted(world, SHOP) == []
    assert direct(world, CLEO) == []


async def test_a_private_incident_of_a_service_shows_nowhere_outside(world: World) -> None:
    user = User(world)
    await user.word("subscribe checkout", actor=CLEO, **ELSEWHERE)
    await world.declare("Leak", private=True, services=(CHECKOUT,))
    await world.deliver()
    await world.change(1, rules.set_services, (SEARCH, CHECKOUT))
    await world.deliver()
    assert posted(world, SHOP) == []
    assert direct(world, CLEO) == []
    for asked in ("service INC-1", "service INC-1: payments"):
        told = said(await user.word(asked, actor=CLEO, **ELSEWHERE))
        assert "Search" not in told
        assert "no INC-1" in told


async def test_the_titles_of_then_stay_on_the_timeline(world: World) -> None:
    await world.declare(services=(CHECKOUT,))
    await world.change(1, rules.set_services, (SEARCH,))
    first, second = [entry.fact for entry in await world.timeline(1)]
    assert first.service_titles == ("Checkout",)  # type: ignore[union-attr]
    assert second.service_titles == ("Search",)  # type: ignore[union-attr]
    assert second.old_titles == ("Checkout",)  # type: ignore[union-attr]
