"""The Home tab on a real database: what a person sees of it, page by page, and what administrators are told."""

import json
from collections.abc import Sequence
from datetime import datetime

from bot.core.people import Profile
from bot.engine import findings
from bot.engine.findings import Finding
from bot.engine.people import person_row
from bot.engine.store import people
from bot.engine.store.database import Session
from bot.incident.dispatch.dispatcher import Dispatcher
from bot.incident.domain import rules
from bot.incident.domain.home import PAGE_SIZE
from bot.incident.domain.vocabulary import Severity
from bot.ports.port import Dead
from bot.ports.slack.calls import Topic
from bot.subjects import SUBJECTS
from tests.conftest import NOON
from tests.engine.rooms.members import opened
from tests.engine.user import User
from tests.engine.world import ANNA, BEN, TEAM, World
from tests.incident.views.reading import said

STRANGER, GUEST = "USTRANGER", "UGUEST"


async def tab(world: World, person: str = ANNA, **remembered: object) -> str:
    """What this person's Home tab says."""
    answer = await User(world).dispatcher.home(User(world).request(actor=person, metadata=remembered))
    assert answer.view
    return said(answer.view)


async def test_a_tab_whose_page_has_gone_shows_the_last_one(world: World) -> None:
    for number in range(PAGE_SIZE + 1):
        await world.declare(f"The {number}th")
    assert f"{PAGE_SIZE + 1} to {PAGE_SIZE + 1} of {PAGE_SIZE + 1}" in await tab(world, page=1)
    await world.change(1, rules.resolve)
    answer = await User(world).dispatcher.home(User(world).request(metadata={"page": 1}))
    assert answer.view
    assert "The 20th" in said(answer.view)
    assert json.loads(answer.view["private_metadata"]) == {"show": "all", "page": 0}


async def test_the_choice_is_made_by_the_database(world: World) -> None:
    await world.declare("Worst", severity=Severity.SEV1)
    await world.declare("Less", severity=Severity.SEV2, commander=BEN)
    assert "Worst" not in await tab(world, show="sev2")
    assert "Worst" not in await tab(world, BEN, show="mine")
    assert "Less" in await tab(world, BEN, show="mine")


async def test_a_private_incident_is_on_nobody_elses_tab_before_and_after_its_end(world: World) -> None:
    await opened(world, ANNA)
    assert "Checkout" in await tab(world)
    assert "Checkout" not in await tab(world, STRANGER)
    await world.change(1, rules.resolve)
    assert "Closed in the last days" in await tab(world)
    assert "Checkout" not in await tab(world, STRANGER)


async def test_a_guest_sees_only_what_happens_in_their_own_war_rooms(world: World) -> None:
    await _know(world, GUEST, is_guest="yes")
    await world.declare("Search is slow")
    await world.deliver()
    assert "Search is slow" in await tab(world, STRANGER)
    assert "Search is slow" not in await tab(world, GUEST)
    await world.change(1, rules.resolve)
    assert "Search is slow" not in await tab(world, GUEST)


async def test_what_was_over_long_ago_is_not_shown(world: World) -> None:
    await world.declare()
    await world.change(1, rules.resolve)
    assert "Closed in the last days" in await tab(world)
    world.clock.forward(days=8)
    assert "Closed in the last days" not in await tab(world)


async def test_administrators_are_told_what_is_stuck_and_what_was_refused(world: World) -> None:
    world.slack.answers[Topic] = [Dead("missing_scope")]
    await world.declare()
    await world.deliver()
    await world.declare("Waits")
    world.clock.forward(minutes=6)
    told = await _tab_with_problems(world, BEN)
    assert "waiting in the outbox, the oldest for 6 min." in told
    assert "is `warroom run` up" in told
    assert "INC-1: I could not set the channel topic: missing_scope." in told
    assert "An admin needs to reinstall the app" in told
    assert "For administrators" not in await _tab_with_problems(world, ANNA)


async def test_an_administrator_is_not_told_which_private_incident_it_is(world: World) -> None:
    world.slack.answers[Topic] = [Dead("missing_scope")]
    await world.declare(private=True)
    await world.deliver()
    told = await _tab_with_problems(world, BEN)
    assert "A private incident: I could not set the channel topic: missing_scope." in told
    assert "INC-1" not in told


async def _tab_with_problems(world: World, person: str) -> str:
    async def find_person(_team: str, wanted: str) -> Profile:
        return Profile(wanted, wanted, is_admin=wanted == BEN)

    async def find_problems(session: Session, team: str, now: datetime) -> Sequence[Finding]:
        return await findings.of_delivery(session, SUBJECTS, team, now)

    dispatcher = Dispatcher(
        world.database, world.acts, find_person, lambda: world.house.templates, find_problems=find_problems
    )
    answer = await dispatcher.home(User(world).request(actor=person))
    assert answer.view
    return said(answer.view)


async def _know(world: World, person: str, **told: str) -> None:
    row = person_row(TEAM, person, {"name": person, **told}, NOON)
    async with world.database.writing() as session:
        await people.remember(session, row)
