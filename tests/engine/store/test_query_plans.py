"""No query that people or ticks wait for costs more because of thousands of incidents that it is not about."""

from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core.dedup import same_press
from bot.engine.store import acts, due_streams, leases, outbox, people, places
from bot.engine.store.act_context import read_act_context
from bot.engine.store.acts import Act
from bot.followup.domain.listing import Listing as ItemListing
from bot.followup.domain.listing import Which
from bot.followup.store import items
from bot.incident.domain import rules
from bot.incident.domain.effects import SetTopic, ShowCard
from bot.incident.domain.listing import Listing, parse_listing
from bot.incident.domain.vocabulary import Severity
from bot.incident.effects.registry import EFFECTS
from bot.incident.store import incidents, reminders, rooms
from tests.conftest import NOON
from tests.engine.store.archive import FIRST, fill, lengthen
from tests.engine.store.costs import Work, cost
from tests.engine.user import User
from tests.engine.world import ANNA, BEN, TEAM, World
from tests.services import PAYMENTS, SERVICES

MANY = 3000  # incidents; a query that read them all would cost at least this much more
FEW = MANY // 10

ALL_OF_IT = {  # queries that count or show all of it
    "list and Home",
    "list of a service",
    "list of a stranger",
    "a whole timeline",
    "a whole timeline, by the incident's number",
    "the backlog",
    "what dead workers held",
    "what may be delivered",  # it skips what is put off
}
SQLITES_WAY = {"Home's duties"}  # reads the open incidents, the worst first, until it has enough
POSTGRES_WAY: set[str] = set()


def _hot() -> dict[str, Work]:
    """All queries that people and ticks wait for."""
    later = NOON + timedelta(hours=1)

    def asked(query: Any, *args: Any) -> Work:
        async def work(session: AsyncSession) -> object:
            return await query(session, *args)

        return work

    async def named(session: AsyncSession) -> object:
        return await incidents.found(session, TEAM, ANNA, number=1)

    async def in_room(session: AsyncSession) -> object:
        return await incidents.found(session, TEAM, ANNA, channel="CROOM1")

    async def around(session: AsyncSession) -> object:
        return await read_act_context(session, EFFECTS, TEAM, _act(), [ANNA, BEN], stream_id=1)

    async def waiting(session: AsyncSession) -> None:
        await outbox.put(session, EFFECTS, TEAM, 1, [SetTopic(), ShowCard()], now=NOON)

    async def to_do(session: AsyncSession, which: Which) -> object:
        return await items.listed(session, TEAM, BEN, ItemListing(which), 8, today=later.date())

    return {
        "list and Home": asked(incidents.listed, TEAM, ANNA, Listing(), 20),
        "list of a service": asked(
            partial(incidents.listed, services=SERVICES), TEAM, ANNA, parse_listing("billing"), 20
        ),
        "list of a stranger": asked(incidents.listed, TEAM, "USTRANGER", Listing(), 20),
        "what was closed lately": asked(incidents.lately_closed, TEAM, ANNA, 12),
        "what a stranger may see of it": asked(incidents.lately_closed, TEAM, "USTRANGER", 12),
        "Home's duties": asked(incidents.of_responder, TEAM, BEN, 20),
        "an incident by its number": asked(incidents.INCIDENTS.by_number, TEAM, 1),
        "an incident to change": asked(incidents.lock, TEAM, 1),
        "a stream by its own channel": asked(places.of_channel, TEAM, "CROOM1"),
        "a channel that is no stream's own": asked(places.of_channel, TEAM, "CINCIDENTS"),
        "an incident for somebody, by its number": asked(named),
        "an incident for somebody, by its war room": asked(in_room),
        "the incident whose room somebody left": asked(rooms.of_channel, TEAM, "CROOM1"),
        "rooms to be read": asked(rooms.claim_reads, TEAM, later, later, 1),
        "who is in some rooms": asked(rooms.members_by_incident, [1, 2]),
        "the duties of somebody who is gone": asked(rooms.of_responder, TEAM, BEN),
        "invitations to try again": asked(outbox.try_again, 1, "Invite", ["user_not_found"]),
        "a whole timeline": asked(incidents.timeline, 1),
        "a whole timeline, by the incident's number": asked(incidents.history, TEAM, 1),
        "the places of an incident": asked(places.own_channel, 1),
        "whether an act was done": asked(acts.traces, _act()),
        "acts to forget": asked(acts.forget_before, TEAM, NOON - timedelta(days=7), 500),
        "effects to forget": asked(outbox.forget_before, TEAM, NOON - timedelta(days=90), 500),
        "the next number": asked(incidents.INCIDENTS.next_number, TEAM),
        "what is around an act": asked(around),
        "who is known": asked(people.known, TEAM, [ANNA, BEN]),
        "the tick": asked(due_streams.claim_due, incidents.INCIDENTS, TEAM, later, 200),
        "the tick when nothing is due": asked(due_streams.claim_due, incidents.INCIDENTS, TEAM, NOON, 200),
        "reminders that stand": asked(reminders.open_reminders, [1]),
        "what may be delivered": asked(leases.claim, TEAM, later, "one", 32),
        "what waits already": asked(waiting),
        "what dead workers held": asked(leases.take_over, TEAM, lambda _: True),
        "the backlog": asked(outbox.backlog, TEAM),
        "what was refused": asked(outbox.dead, TEAM),
        "somebody's action items": asked(to_do, Which.MINE),
        "overdue action items": asked(to_do, Which.OVERDUE),
        "action items to be reminded of": asked(items.of_owner, TEAM, BEN, NOON.date()),
        "action items by whether they are overdue": asked(items.open_by_overdue, TEAM, NOON),
    }


def _act() -> Act:
    return Act("command:nothing", TEAM, NOON, dedup_keys=[same_press("nothing")])


@pytest.fixture
async def lively(world: World) -> World:
    """A workspace with a few open incidents, waiting effects and sent reminders."""
    for severity in (*Severity, *Severity):
        await world.declare(severity=severity, commander=BEN)
        await world.deliver()
    await world.change(1, rules.set_services, (PAYMENTS,), by=BEN)
    await world.change(1, rules.post_update, "Half of all payments fail", by=BEN)
    for number in range(3):
        await User(world).word(f"action INC-1 <@{BEN}> tomorrow change number {number}")
    world.clock.forward(minutes=20)
    await world.tick()
    return world


async def _costs(world: World) -> dict[str, int]:
    return {name: await cost(world.database, work) for name, work in _hot().items()}


def _more_expensive(before: dict[str, int], after: dict[str, int]) -> dict[str, int]:
    """The queries that cost more than before. PostgreSQL reads a small table faster without an index, and does so."""
    return {name: figure for name, figure in after.items() if figure > before[name] + FEW}


async def test_closed_incidents_cost_nothing(lively: World) -> None:
    await fill(lively.database, TEAM, 20, over=True, first=FIRST - 20)  # the latest are shown
    before = await _costs(lively)
    await fill(lively.database, TEAM, MANY, over=True)
    assert _more_expensive(before, await _costs(lively)) == {}


async def test_other_open_incidents_cost_only_the_queries_that_read_them_all(lively: World) -> None:
    await lengthen(lively.database, TEAM, 1, range(100, 140))
    before = await _costs(lively)
    await fill(lively.database, TEAM, MANY, over=False)
    await lengthen(lively.database, TEAM, 1, range(1000, 1000 + MANY))
    more_expensive = _more_expensive(before, await _costs(lively)).keys()
    assert more_expensive <= ALL_OF_IT | (SQLITES_WAY if lively.database.is_sqlite else POSTGRES_WAY)


async def test_incidents_of_another_workspace_cost_nothing(lively: World) -> None:
    before = await _costs(lively)
    await fill(lively.database, "T2", MANY, over=False)
    assert _more_expensive(before, await _costs(lively)) == {}
