"""Decide and commit: each act once, one at a time, completely or not at all."""

import asyncio

from bot.core.decision import Refused
from bot.engine.acts.idempotency import Done
from bot.incident.domain import facts, rules
from bot.incident.domain.incident import fold
from bot.incident.domain.vocabulary import Role, Severity
from tests.engine.world import ANNA, BEN, CLEO, World


async def test_numbers_count_up_without_gaps(world: World) -> None:
    assert [(await world.declare()).number for _ in range(3)] == [1, 2, 3]


async def test_a_refused_declaration_uses_no_number(world: World) -> None:
    refused = await world.try_to_declare("  ")
    assert isinstance(refused, Refused)
    assert (await world.declare()).number == 1


async def test_thirty_declarations_at_once_are_thirty_incidents(world: World) -> None:
    declared = await asyncio.gather(*(world.declare(f"Incident {each}") for each in range(30)))
    assert sorted(incident.number for incident in declared) == list(range(1, 31))


async def test_a_form_submitted_twice_makes_one_incident(world: World) -> None:
    first, second = await asyncio.gather(world.declare(act="form:V1"), world.declare(act="form:V1"))
    assert first == second
    assert (await world.declare()).number == first.number + 1


async def test_if_fifty_take_command_at_once_one_becomes_commander(world: World) -> None:
    incident = await world.declare()
    people = [f"U{each:03}" for each in range(50)]
    outcomes = await asyncio.gather(
        *(world.change(incident.number, rules.take_command, by=person) for person in people)
    )
    winners = [person for person, outcome in zip(people, outcomes, strict=True) if isinstance(outcome, Done)]
    kind = [outcome.message for outcome in outcomes if isinstance(outcome, Refused)]
    assert len(winners) == 1
    assert len(kind) == 49
    assert all(f"<@{winners[0]}> already has command" in message for message in kind)
    assert (await world.incident(incident.number)).commander == winners[0]
    happened = [entry.fact for entry in await world.timeline(incident.number)]
    assert sum(isinstance(fact, facts.RoleAssigned) for fact in happened) == 1


async def test_the_history_leads_to_the_stored_state(world: World) -> None:
    incident = await world.declare(commander=BEN)
    await world.change(incident.number, rules.post_update, "Half of all payments fail", by=BEN)
    await world.change(incident.number, rules.change_severity, Severity.SEV2, by=BEN)
    await world.change(incident.number, rules.assign, Role.DEPUTY, CLEO, by=BEN)
    await world.change(incident.number, rules.resolve, by=BEN)
    happened = [entry.fact for entry in await world.timeline(incident.number)]
    assert fold(happened) == await world.incident(incident.number)


async def test_a_refused_change_leaves_nothing_behind(world: World) -> None:
    incident = await world.declare()
    await world.deliver()
    before = len(world.slack.calls)
    assert isinstance(await world.change(incident.number, rules.change_severity, Severity.SEV1), Refused)
    await world.deliver()
    assert await world.incident(incident.number) == incident
    assert len(world.slack.calls) == before


async def test_a_refused_act_can_be_tried_again(world: World) -> None:
    incident = await world.declare()
    act = world.act("form:V2")
    refused = await world.incidents.change(
        act, incident.number, lambda state: rules.post_update(state, " ", by=ANNA, now=act.now)
    )
    done = await world.incidents.change(
        act, incident.number, lambda state: rules.post_update(state, "Better", by=ANNA, now=act.now)
    )
    assert isinstance(refused, Refused)
    assert isinstance(done, Done)


async def test_an_unknown_incident_is_reported_as_unknown(world: World) -> None:
    refused = await world.change(7, rules.take_command)
    shown = await world.incidents.show(world.act(), 7, ())
    assert refused == shown == Refused("There is no INC-7.")


async def test_a_person_is_looked_up_once(world: World) -> None:
    incident = await world.declare()
    await world.deliver()
    await world.change(incident.number, rules.take_command, by=ANNA)
    await world.change(incident.number, rules.assign, Role.SCRIBE, CLEO, by=ANNA)
    await world.deliver()
    met = [str(call.person) for call in world.slack.calls if hasattr(call, "person")]
    assert met == [ANNA, CLEO]
