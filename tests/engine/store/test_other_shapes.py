"""Two releases on one database: what one cannot read, it folds from the timeline or leaves to the other."""

import dataclasses
from typing import Any

import pytest
from sqlmodel import col, select, update

from bot.engine.store import outbox, outcomes
from bot.engine.store.codec import OtherReleaseError
from bot.engine.store.tables import EffectRow, EffectState, EntryRow, StreamRow, is_pending
from bot.incident.domain import rules
from bot.incident.domain.effects import ShareDraft
from bot.incident.domain.incident import SHAPE, Incident
from bot.incident.domain.listing import Listing
from bot.incident.effects.registry import EFFECTS
from bot.incident.store import incidents
from bot.ports.slack.calls import Edit
from tests.engine.world import ANNA, TEAM, World

_FIRST = [
    "version",
    "number",
    "title",
    "severity",
    "status",
    "summary",
    "private",
    "source",
    "declared_by",
    "declared_at",
    "opened_at",
    "roles",
    "vacated_at",
    "handoff_to",
    "update",
    "updated_at",
    "promise_from",
    "snoozed_until",
    "milestones",
]
SHAPES = {
    1: _FIRST,
    2: [
        *_FIRST,
        "parked",
        "decisions",
        "tasks",
        "milestones_by",
        "duplicate_of",
        "original_room",
        "duplicates",
        "next_by",
        "snoozes",
        "resolution",
        "held_since",
        "takeover_by",
        "ended_at",
        "ended_seq",
        "postmortem_owner",
        "kept_at",
        "archived_at",
        "adopted",
        "without_room",
        "attention",
        "severities",
        "do_not_disturb_until",
        "bridge",
        "services",
        "services_so_far",
        "postmortem",
        "kind",
        "was_real",
        "rehearses",
    ],
}


async def _write(world: World, number: int, **columns: Any) -> None:
    """Write what another release would have written."""
    async with world.database.writing() as session:
        written = update(StreamRow).where(col(StreamRow.number) == number).values(**columns)
        await session.exec(written)


async def _document(world: World, number: int) -> dict[str, Any]:
    async with world.database.reading() as session:
        return dict((await session.exec(select(StreamRow.state).where(StreamRow.number == number))).one())


async def _record_an_unknown_fact(world: World) -> None:
    """The newer release has recorded a fact that this one does not know."""
    await _write(world, 1, state={"shape": SHAPE + 1})
    async with world.database.writing() as session:
        of_the_first = (col(EntryRow.stream_id) == 1, col(EntryRow.seq) == 1)
        await session.exec(update(EntryRow).where(*of_the_first).values(kind="Merged"))


def test_a_change_of_a_states_fields_needs_a_new_shape_number() -> None:
    assert sorted(SHAPES[SHAPE]) == sorted(field.name for field in dataclasses.fields(Incident))


async def test_a_state_of_another_shape_is_folded_from_the_timeline(world: World) -> None:
    before = await world.declare()
    await world.deliver()
    await _write(world, 1, state={"shape": SHAPE + 1, "title": ["in", "parts"]})
    assert await world.incident(1) == before
    async with world.database.autocommitting() as session:  # as the dispatcher lists them
        shown = await incidents.listed(session, TEAM, ANNA, Listing(), 10)
    async with world.database.reading() as session:
        found = await incidents.found(session, TEAM, ANNA, channel="CROOM1")
    assert [each.incident for each in shown.worst] == [before]
    assert found
    assert found[0].state == before


async def test_a_written_state_has_its_shape_so_that_the_other_release_folds_it_too(
    world: World,
) -> None:
    await world.declare()
    await _write(world, 1, state={"shape": SHAPE + 1})
    await world.change(1, rules.take_command, by=ANNA)
    assert (await world.incident(1)).commander == ANNA
    assert (await _document(world, 1))["shape"] == SHAPE


async def test_an_incident_of_another_shape_is_shown_and_has_reminders(world: World) -> None:
    await world.declare()
    await world.deliver()
    await _write(world, 1, state={"shape": SHAPE + 1})
    world.clock.forward(minutes=20)
    assert await world.tick()
    await world.change(1, rules.take_command, by=ANNA)
    await _write(world, 1, state={"shape": SHAPE + 1})
    await world.deliver()
    assert world.slack.of(Edit)


async def test_a_state_without_a_shape_is_of_a_release_before_shapes(world: World) -> None:
    before = await world.declare()
    document = await _document(world, 1)
    assert document.pop("shape") == SHAPE
    await _write(world, 1, state=document)
    assert await world.incident(1) == before


async def test_an_incident_with_an_unknown_fact_is_not_changed(world: World) -> None:
    await world.declare()
    await _record_an_unknown_fact(world)
    with pytest.raises(OtherReleaseError):
        await world.change(1, rules.take_command, by=ANNA)
    assert await _document(world, 1) == {"shape": SHAPE + 1}


async def test_reminders_and_messages_of_an_unreadable_incident_are_left_to_the_other_release(
    world: World,
) -> None:
    await world.declare()
    await world.declare("Mails are late")
    await _record_an_unknown_fact(world)
    world.clock.forward(minutes=20)
    assert await world.tick() == 2  # about the other incident: it has no commander and no update
    await world.deliver()
    async with world.database.reading() as session:
        waiting = (await session.exec(select(EffectRow).where(is_pending(EffectRow)))).all()
    assert {row.stream_id for row in waiting} == {1}
    assert {row.error for row in waiting} <= {"", "other_release"}


async def test_an_effect_of_an_unknown_kind_waits_for_the_release_that_knows_it(
    world: World,
) -> None:
    await world.declare()
    await world.deliver()
    async with world.database.writing() as session:
        await outbox.put(session, EFFECTS, TEAM, 1, [ShareDraft()], now=world.clock())
        await session.exec(update(EffectRow).where(is_pending(EffectRow)).values(kind="ShowMerger"))
    await world.deliver()
    async with world.database.reading() as session:
        (row,) = (await session.exec(select(EffectRow).where(is_pending(EffectRow)))).all()
    assert (row.state, row.error, row.due_at) == (
        EffectState.WAITING,
        "other_release",
        world.clock() + outcomes.LONGEST_PAUSE,
    )
