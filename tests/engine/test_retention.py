"""What has been over for longer than the policy keeps it loses people, words and links; the figures stay."""

import csv
import io
import re
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlmodel import col, select

from bot.core.retention import Terms
from bot.core.rewriting import Why
from bot.engine.retention import EVERY, FEW, Retention
from bot.engine.store.tables import EntryRow, RedactionRow
from bot.incident.domain import facts, rules
from bot.incident.domain.postmortem_sections import PostmortemSection
from bot.incident.views.facts import sentence
from bot.review import offline
from bot.review.domain.report import Report
from bot.review.views.exports import as_csv, as_json
from bot.subjects import SUBJECTS
from tests.engine.played import MARK, NAMES, PEOPLE, is_whole, play, stored
from tests.engine.test_forgetting import forget
from tests.engine.world import ANNA, BEN, TEAM, World

STREAMS = {name: each.streams for name, each in SUBJECTS.items()}
YEAR = Terms(timedelta(days=365))


def retention(world: World, terms: Terms = YEAR) -> Retention:
    return Retention(world.database, TEAM, STREAMS, lambda: terms)


async def redact_all(world: World, terms: Terms = YEAR) -> int:
    """Tick until nothing is due; returns how many ticks did something."""
    work, ticks = retention(world, terms), 0
    while await work.count(world.clock()):
        await work.tick(world.clock())
        ticks += 1
    return ticks


async def figures(world: World) -> str:
    """The figures of all incidents, as `warroom metrics` writes them, but for titles and how many facts there are."""
    made = await offline.make(world.database, TEAM, "2026", world.policy, world.clock(), sight=offline.ALL)
    assert isinstance(made, Report)
    rows = [row[:2] + row[4:] for row in csv.reader(io.StringIO(as_csv(made), newline=""))]
    return re.sub(r'"(facts|[A-Z]+-\d+)": ("\w+"|\d+)', "", as_json(made)) + str(rows)


async def ended(world: World, count: int = 1) -> None:
    for number in range(1, count + 1):
        await world.declare(f"{MARK} checkout", by=ANNA, commander=BEN)
        await world.change(number, rules.resolve, by=BEN)


@pytest.mark.parametrize("seed", range(3))
async def test_no_words_links_or_people_are_left_and_the_figures_are_the_same(
    world: World, seed: int
) -> None:
    await play(world, seed)
    world.clock.forward(days=366)
    before, all_figures = await stored(world), await figures(world)
    assert MARK in before
    assert await redact_all(world)
    after = await stored(world)
    assert MARK not in after
    assert "https://" not in after.replace("https://acme.slack.com", "")
    left = {person for person in PEOPLE if person in after}
    assert not left or all(f"'{person}', '{NAMES[person]}'" in after for person in left), (
        "only in the table of people"
    )
    assert await is_whole(world)
    assert await figures(world) == all_figures
    assert not await retention(world).count(world.clock())


async def test_what_stays_and_what_stands_in_the_place_of_the_rest(world: World) -> None:
    await ended(world)
    await world.change(
        1, rules.note, f"<@{ANNA}> said {MARK}", by=BEN, author=ANNA, link="https://example.com"
    )
    await world.change(1, rules.write_section, PostmortemSection.SUMMARY, MARK, based_on=0, by=BEN)
    kinds = [type(entry.fact) for entry in await world.timeline(1)]
    times = [entry.fact.at for entry in await world.timeline(1)]
    world.clock.forward(days=366)
    await redact_all(world)
    removed = f"(removed on {world.clock().date()}, retention)"
    incident, timeline = await world.incident(1), await world.timeline(1)
    assert [type(entry.fact) for entry in timeline] == [*kinds, facts.EntriesRewritten]
    assert [entry.fact.at for entry in timeline][:-1] == times
    assert incident.title == incident.postmortem.text(PostmortemSection.SUMMARY) == removed
    assert incident.declared_by == "former:Person 1 (INC-1)"
    assert incident.commander == "former:Person 2 (INC-1)"
    (note,) = [entry.fact for entry in timeline if isinstance(entry.fact, facts.Noted)]
    assert (note.text, note.author, note.link) == (removed, incident.declared_by, "")
    last = timeline[-1].fact
    assert isinstance(last, facts.EntriesRewritten)
    assert (last.why, last.by, last.entries) == (
        Why.RETENTION,
        "machine:retention",
        "1-3, 5-6",
    )  # 4: it is owed
    assert last.count == 5
    assert "removed from" in sentence(last)


async def test_open_ones_younger_ones_and_those_on_hold_stay(world: World) -> None:
    await ended(world, 3)
    await world.declare(f"{MARK} open", by=ANNA)
    world.clock.forward(days=200)
    await world.change(2, rules.note, f"{MARK} later", by=ANNA)
    world.clock.forward(days=200)
    terms = replace(YEAR, keep=("INC-3", "INC-77", "ACT-1"))
    assert [each.number for each in await retention(world, terms).due(world.clock())] == [1]
    await redact_all(world, terms)
    titles = [(await world.incident(number)).title.startswith(MARK) for number in (1, 2, 3, 4)]
    assert titles == [False, True, True, True]


async def test_it_is_off_unless_the_policy_says_how_long(world: World) -> None:
    await ended(world)
    world.clock.forward(days=4000)
    off = retention(world, Terms())
    await off.tick(world.clock())
    assert (await off.count(world.clock()), await off.due(world.clock())) == (0, ())
    (due,) = await retention(world).due(world.clock())
    assert not await off.redact(due, world.clock())
    assert MARK in await stored(world)


async def test_a_tick_does_a_few_and_looks_again_after_an_hour(world: World) -> None:
    await ended(world, FEW + 2)
    world.clock.forward(days=366)
    work = retention(world)
    await work.tick(world.clock())
    assert await work.count(world.clock()) == 2
    await work.tick(world.clock())
    assert await work.count(world.clock()) == 0
    await world.declare(f"{MARK} more", by=ANNA)
    await world.change(FEW + 3, rules.resolve, by=BEN)
    await world.deliver()
    async with world.database.writing() as session:  # as if that were long ago
        old = {"recorded_at": world.clock() - timedelta(days=400)}
        await session.exec(update(EntryRow).where(col(EntryRow.stream_id) == FEW + 3).values(old))
    await work.tick(world.clock() + EVERY / 2)
    assert await work.count(world.clock()) == 1
    await work.tick(world.clock() + EVERY)
    assert await work.count(world.clock()) == 0


async def test_a_new_policy_is_followed_at_once(world: World) -> None:
    await ended(world)
    world.clock.forward(days=100)
    terms = YEAR
    work = Retention(world.database, TEAM, STREAMS, lambda: terms)
    await work.tick(world.clock())
    terms = Terms(timedelta(days=99))
    await work.tick(world.clock())
    assert MARK not in await stored(world)


async def test_two_replicas_redact_once(world: World) -> None:
    await ended(world)
    world.clock.forward(days=366)
    one, other = retention(world), retention(world)
    (due,) = await one.due(world.clock())
    assert [await each.redact(due, world.clock()) for each in (one, other)] == [True, False]
    rewritten = [each for each in await world.timeline(1) if isinstance(each.fact, facts.EntriesRewritten)]
    assert len(rewritten) == 1


async def test_what_is_added_afterwards_is_redacted_in_its_time(world: World) -> None:
    await ended(world)
    world.clock.forward(days=366)
    await redact_all(world)
    await world.change(1, rules.note, f"{MARK} after all", by=ANNA)
    assert await retention(world).count(world.clock()) == 0
    world.clock.forward(days=366)
    assert await redact_all(world) == 1
    assert MARK not in await stored(world)
    removed = {word for word in (await stored(world)).split() if word.startswith("2027-")}
    assert removed, "what was removed earlier keeps its day"
    assert await is_whole(world)


async def test_a_person_can_still_be_forgotten_and_nothing_is_redacted_twice(world: World) -> None:
    await ended(world, 2)
    world.clock.forward(days=366)
    await redact_all(world, replace(YEAR, keep=("INC-2",)))
    await forget(world)
    await redact_all(world)
    of_first = await world.timeline(1)
    assert sum(isinstance(each.fact, facts.EntriesRewritten) for each in of_first) == 1
    assert (await world.incident(2)).declared_by == "former:Person 1 (INC-2)"
    assert await is_whole(world)


async def test_what_only_another_release_can_read_is_left_to_it(world: World) -> None:
    await ended(world)
    async with world.database.writing() as session:
        of = (col(EntryRow.stream_id) == 1) & (col(EntryRow.seq) == 2)
        await session.exec(update(EntryRow).where(of).values(kind="OfTomorrow"))
    world.clock.forward(days=366)
    work = retention(world)
    await work.tick(world.clock())
    assert await work.count(world.clock()) == 1
    assert MARK in await stored(world)
    async with world.database.reading() as session:
        assert not (await session.exec(select(RedactionRow))).all()
