"""A person is forgotten: nothing in any table leads to them any more, and the histories are as whole as before."""

import asyncio

import pytest
from sqlalchemy import delete, update
from sqlmodel import col, select

from bot.core.rewriting import Why
from bot.engine.forgetting import Forgetter, Forgotten, Wanted
from bot.engine.store import forgettings, transfer
from bot.engine.store.database import Session
from bot.engine.store.tables import (
    EffectRow,
    EffectState,
    EntryRow,
    ForgettingRow,
    PersonRow,
    StreamRow,
    Table,
    UserGroupRow,
)
from bot.incident.domain import facts, rules
from bot.incident.domain.vocabulary import Role, Status
from bot.incident.views.facts import sentence
from bot.subjects import SUBJECTS
from tests.engine.played import MARK, NAMES, examined, is_whole, play, stored
from tests.engine.world import ANNA, BEN, CLEO, TEAM, World

STREAMS = {name: each.streams for name, each in SUBJECTS.items()}


class Killed(BaseException):
    """The process is gone."""


def nobody_looks(_count: int) -> None:
    """No progress bar."""


def forgetter(world: World, person: str = ANNA, *, names: bool = True) -> Forgetter:
    called = [NAMES[person]] if person in NAMES else []
    return Forgetter(world.database, TEAM, STREAMS, Wanted(person, called, replaces_names=names))


async def forget(world: World, person: str = ANNA, *, names: bool = True) -> Forgotten:
    return await forgetter(world, person, names=names).forget(world.clock(), nobody_looks)


async def exported(world: World) -> list[str]:
    async with world.database.reading() as session:
        return [line async for line in transfer.export(session, None, nobody_looks)]


@pytest.mark.parametrize("seed", range(3))
async def test_nothing_leads_to_the_person_and_every_history_is_whole(world: World, seed: int) -> None:
    await play(world, seed)
    before = await stored(world)
    assert ANNA in before
    assert NAMES[ANNA].casefold() in before.casefold()
    people = {person: before.count(person) for person in (BEN, CLEO)}
    done = await forget(world)
    after = await stored(world)
    assert ANNA not in after
    assert NAMES[ANNA].casefold() not in after.casefold()
    assert done.pseudonym == "Former colleague 1"
    assert done.found.entries["incident"] > 0
    assert await is_whole(world)
    assert sum(each.redacted for each in await examined(world)) >= sum(done.found.entries.values())
    assert {person: after.count(person) for person in people} == people
    assert after.count(MARK) == before.count(MARK)


async def test_a_preview_says_the_same_and_changes_nothing(world: World) -> None:
    await play(world, 2)
    before = await stored(world)
    would = await forgetter(world).preview(world.clock(), nobody_looks)
    assert await stored(world) == before
    done = await forget(world)
    assert (would.pseudonym, would.found, would.in_slack) == (done.pseudonym, done.found, done.in_slack)
    assert [number for number, _ in done.in_slack.rooms] == [1, 2]
    assert done.in_slack.messages > 2


@pytest.mark.parametrize("steps", [0, 1, 6, 15])
async def test_it_is_interrupted_anywhere_and_goes_on_with_the_same_pseudonym(
    world: World, steps: int
) -> None:
    await play(world, 3)
    left = steps

    def kill(_count: int) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise Killed

    with pytest.raises(Killed):
        await forgetter(world).forget(world.clock(), kill)
    world.clock.forward(hours=1)
    assert (await forget(world)).pseudonym == "Former colleague 1"
    after = await stored(world)
    assert ANNA not in after
    assert NAMES[ANNA].casefold() not in after.casefold()
    assert await is_whole(world)
    async with world.database.reading() as session:
        (row,) = (await session.exec(select(ForgettingRow))).all()
    assert (row.number, row.person, row.finished_at) == (1, "", world.clock())
    again = await forget(world)
    assert again.is_nothing
    assert await stored(world) == after


async def test_the_fact_says_how_many_entries_and_not_who(world: World) -> None:
    await world.declare(by=BEN, commander=ANNA)
    await world.change(1, rules.note, f"<@{ANNA}> saw it", by=BEN)
    await forget(world)
    last = (await world.timeline(1))[-1].fact
    assert isinstance(last, facts.EntriesRewritten)
    assert (last.why, last.entries, last.count) == (Why.FORGOTTEN, "2-3", 2)
    assert "A person was forgotten: 2 entries have a pseudonym" in sentence(last)
    assert "Former colleague 1 became" in sentence((await world.timeline(1))[1].fact)
    assert (await world.incident(1)).commander == "former:Former colleague 1"


async def test_who_acts_afterwards_is_a_new_person(world: World) -> None:
    await world.declare(by=BEN)
    await world.change(1, rules.note, "One", by=ANNA)
    await forget(world)
    await world.change(1, rules.note, "Two", by=ANNA)
    assert ANNA in await stored(world)
    assert (await forget(world)).pseudonym == "Former colleague 2"
    assert [entry.fact.by for entry in await world.timeline(1)][1:5] == [
        "former:Former colleague 1",
        "machine:warroom forget",
        "former:Former colleague 2",
        "machine:warroom forget",
    ]
    assert await is_whole(world)


async def test_acts_at_the_same_time_are_not_lost(world: World) -> None:
    await world.declare(by=BEN)
    for count in range(5):
        await world.change(1, rules.note, f"before {count}", by=ANNA)
    notes = (world.change(1, rules.note, f"meanwhile {count}", by=BEN) for count in range(20))
    await asyncio.gather(forget(world), *notes)
    assert await is_whole(world)
    said = [entry.fact.text for entry in await world.timeline(1) if isinstance(entry.fact, facts.Noted)]
    assert len(said) == 25
    assert ANNA not in await stored(world)


async def test_names_as_words_stay_unless_asked_for_and_are_counted(world: World) -> None:
    await world.declare("Uanna cannot log in", by=ANNA)
    await world.deliver()
    await world.change(1, rules.note, "Ask uanna, not Uannabel", by=BEN)
    would = await forgetter(world, names=False).preview(world.clock(), nobody_looks)
    assert would.found.words == 2
    await forget(world, names=False)
    assert (await world.incident(1)).title == "Uanna cannot log in"
    again = Forgetter(world.database, TEAM, STREAMS, Wanted("UNOBODY", ["Uanna"], replaces_names=True))
    await again.forget(world.clock(), nobody_looks)
    texts = [entry.fact.text for entry in await world.timeline(1) if isinstance(entry.fact, facts.Noted)]
    assert texts == ["Ask Former colleague 2, not Uannabel"]


async def test_a_name_that_is_a_keyword_of_ours_breaks_nothing(world: World) -> None:
    await world.declare("Resolved it was not", by=ANNA)
    await world.change(1, rules.resolve, by=BEN)
    await world.deliver()
    wanted = Wanted(ANNA, ["resolved", "incident"], replaces_names=True)
    await Forgetter(world.database, TEAM, STREAMS, wanted).forget(world.clock(), nobody_looks)
    assert (await world.incident(1)).title == "Former colleague 1 it was not"
    assert await is_whole(world)


async def test_nobody_who_was_forgotten_is_written_to_or_called(world: World) -> None:
    await world.declare(by=BEN)
    await world.change(1, rules.add_task, "Look", assignee=ANNA, by=BEN)
    async with world.database.writing() as session:
        session.add(
            UserGroupRow(team_id=TEAM, group_id="S1", members=[ANNA, BEN], read_again_at=world.clock())
        )
    await forget(world)
    async with world.database.reading() as session:
        rows = (await session.exec(select(EffectRow).where(col(EffectRow.kind) == "TellAssignee"))).all()
        meet = (await session.exec(select(EffectRow).where(col(EffectRow.kind) == "Meet"))).all()
        (group,) = (await session.exec(select(UserGroupRow))).all()
    assert group.members == [BEN]
    assert [each.state for each in meet if "former" in str(each.payload)] == [EffectState.DROPPED]
    assert rows
    await world.change(1, rules.change_status, Status.MITIGATED, by=BEN)
    world.clock.forward(hours=3)
    await world.tick()
    await world.deliver()
    said = [message.text for message in world.slack.shown.values()]
    assert not any("<@former" in text for text in said)


async def test_whoever_still_has_something_to_do_is_named_with_it(world: World) -> None:
    await play(world, 4, incidents=1)
    await world.declare(by=BEN, commander=ANNA)
    async with world.database.reading() as session:
        assert ("incident", 2) in await forgettings.duties(session, TEAM, ANNA)
        assert await forgettings.duties(session, TEAM, "UNOBODY") == []
    await world.change(2, rules.assign, Role.COMMANDER, BEN, by=ANNA, force=True)
    async with world.database.reading() as session:
        assert ("incident", 2) not in await forgettings.duties(session, TEAM, ANNA)


async def test_people_are_found_by_id_or_by_name(world: World) -> None:
    await world.declare(by=ANNA)
    await world.deliver()
    async with world.database.reading() as session:
        assert await forgettings.called(session, TEAM, ANNA) == [(ANNA, "Uanna")]
        assert await forgettings.called(session, TEAM, "uANNA") == [(ANNA, "Uanna")]
        assert await forgettings.called(session, TEAM, "Nobody") == []


async def test_other_workspaces_keep_what_they_have(world: World) -> None:
    other = World(world.database, world.policy, world.clock, team="T2")
    await other.declare(by=ANNA)
    await world.declare(by=ANNA)
    await forget(world)
    assert (await other.incident(1)).declared_by == ANNA
    assert (await world.incident(1)).declared_by == "former:Former colleague 1"


async def test_what_somebody_changed_before_still_shows_afterwards(world: World) -> None:
    await world.declare(by=ANNA)
    for text in ("One", "Two", "Three"):
        await world.change(1, rules.note, text, by=ANNA)
    of = (col(EntryRow.stream_id) == 1) & (col(EntryRow.seq) == 3)
    async with world.database.writing() as session:
        await session.exec(update(EntryRow).where(of).values(by=BEN))
    await forget(world)
    incidents, *_ = await examined(world)
    assert incidents.changed == {1: 3}
    async with world.database.writing() as session:
        await session.exec(update(StreamRow).values(head="somebody's"))
    await world.change(1, rules.note, "Four", by=CLEO)
    await forget(world, CLEO)
    incidents, *_ = await examined(world)
    assert incidents.changed == {1: 3}


async def test_an_entry_that_was_taken_away_at_the_end_still_shows_afterwards(world: World) -> None:
    await world.declare(by=ANNA)
    head = (await _row(world)).head
    await world.change(1, rules.note, "One", by=BEN)
    async with world.database.writing() as session:
        await session.exec(update(StreamRow).values(head=head))
    await forget(world)
    incidents, *_ = await examined(world)
    assert incidents.changed


async def test_what_only_another_release_can_fold_is_rewritten_as_it_is(world: World) -> None:
    await world.declare(by=ANNA)
    await world.change(1, rules.note, f"<@{ANNA}> uanna", by=ANNA)
    async with world.database.writing() as session:
        of = (col(EntryRow.stream_id) == 1) & (col(EntryRow.seq) == 2)
        await session.exec(update(EntryRow).where(of).values(kind="OfTomorrow"))
    await world.deliver()
    await forget(world)
    assert ANNA not in await stored(world)
    assert (await _row(world)).version == 2


async def test_a_subject_of_another_release_is_rewritten_as_it_is(world: World) -> None:
    await world.declare(by=ANNA)
    async with world.database.writing() as session:
        await session.exec(update(StreamRow).values(subject="of tomorrow"))
    await forget(world)
    assert ANNA not in str((await _row(world)).state)


async def test_an_export_from_afterwards_comes_back_as_it_was(world: World) -> None:
    await play(world, 5, incidents=1)
    await forget(world)
    lines = await exported(world)
    assert ANNA not in "".join(lines)
    async with world.database.writing() as session:
        await _empty(session)
        await transfer.load(session, lines, nobody_looks)
    assert await exported(world) == lines


async def test_a_person_of_whom_nothing_is_known_leaves_no_trace(world: World) -> None:
    await world.declare(by=BEN)
    before = await stored(world)
    assert (await forget(world, "UNOBODY")).is_nothing
    assert await stored(world) == before


async def test_their_name_and_zone_go_with_them(world: World) -> None:
    await world.declare(by=ANNA)
    await world.deliver()
    done = await forget(world)
    assert done.found.deleted["people"] == 1
    async with world.database.reading() as session:
        assert ANNA not in {each.user_id for each in (await session.exec(select(PersonRow))).all()}


async def _row(world: World) -> StreamRow:
    async with world.database.reading() as session:
        return (await session.exec(select(StreamRow))).one()


async def _empty(session: Session) -> None:
    for table in reversed(Table.metadata.sorted_tables):
        await session.exec(delete(table))
