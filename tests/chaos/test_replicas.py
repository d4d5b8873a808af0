"""Three replicas, one of which is killed at random again and again: nothing is lost, and nothing happens twice."""

import asyncio
import os
import time
from collections import Counter
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update
from sqlmodel import col, select

from bot.engine.store import outbox
from bot.engine.store.codec import encode_state
from bot.engine.store.database import Database
from bot.engine.store.tables import EffectRow, ReminderRow, StreamRow
from bot.incident.domain.decider import INCIDENT
from bot.incident.domain.incident import fold
from bot.incident.store import incidents
from bot.sandbox.driver import ActionFailed, Person
from tests.chaos.fleet import Fleet, fleet
from tests.postgres import empty_database

PEOPLE = ("alice", "bob", "carol", "dave", "erin", "frank")
MANY = int(os.environ.get("WARROOM_INCIDENTS", "500"))
ROUNDS = 10  # each with one reminder of the update and one of the missing commander
OLD = timedelta(days=3)  # as long as the cadence in the policy


async def _declare(person: Person, title: str) -> None:
    """Declare as people do: check the result, and press the button again if it failed."""
    for _ in range(20):
        modals = (await person.see("general"))["modals"]
        is_form = bool(modals) and any(block["type"] == "input" for block in modals[-1]["blocks"])
        if modals and not is_form:  # the form has become the link
            with suppress(ActionFailed):  # the bot may not have received it, but it is closed
                await person.close(everything=True)
            return
        try:
            if is_form:
                await person.submit(severity="2")
            else:
                await person.command("general", "/incident", f"declare {title}")
        except ActionFailed:
            continue
    raise AssertionError(f"{title} could not be declared")


async def _declare_all(made: Fleet, count: int) -> None:
    async def some(name: str, numbers: range) -> None:
        for number in numbers:
            await _declare(made.driver.user(name), f"Trouble {number}")

    share = len(PEOPLE)
    await asyncio.gather(*(some(name, range(place, count, share)) for place, name in enumerate(PEOPLE)))


def _rooms(made: Fleet) -> dict[str, list[dict[str, Any]]]:
    """What the bot has posted in each war room, in Slack's order."""
    return {
        channel.name: [
            each for each in channel.messages.values() if each.get("bot_id") and not each.get("subtype")
        ]
        for channel in made.sandbox.workspace.channels.values()
        if channel.name.startswith("inc-")
    }


def _said(made: Fleet) -> int:
    return sum(len(messages) for messages in _rooms(made).values())


async def _let_promises_run_out(database: Database) -> None:
    """Change the database as if every promise was made three days ago, is due now, and all before were answered."""
    now = await database.now()
    async with database.writing() as session:
        await session.exec(update(ReminderRow).values(answered_at=now))
        for row in (await session.exec(select(StreamRow))).all():
            stored = await incidents.INCIDENTS.by_id(session, row.id or 0)
            changed = replace(stored.state, promise_from=now - OLD, opened_at=now - OLD)
            row.state = encode_state(INCIDENT, changed)
            row.next_look_at = now
            session.add(row)


async def _all_is_shown(made: Fleet, database: Database) -> None:
    async def pending() -> int:
        async with database.reading() as session:
            return (await outbox.backlog(session, made.sandbox.workspace.team.id))[0]

    async with asyncio.timeout(600):
        while await pending():
            seq = made.sandbox.revisions.seq
            await made.sandbox.revisions.wait(seq, lambda _: True, 1.0)


async def _histories_hold(database: Database) -> None:
    async with database.reading() as session:
        for stored in await incidents.INCIDENTS.all_streams(session):
            happened = [entry.fact for entry in await incidents.timeline(session, stored.id)]
            assert fold(happened) == stored.state


async def _lanes_kept_their_order(made: Fleet, database: Database) -> None:
    places = {
        message["metadata"]["event_payload"]["key"]: place
        for messages in _rooms(made).values()
        for place, message in enumerate(messages)
    }
    async with database.reading() as session:
        query = select(EffectRow).where(col(EffectRow.lane).endswith(":room")).order_by(col(EffectRow.id))
        rows = (await session.exec(query)).all()
    lanes: dict[str, list[int]] = {}
    for row in rows:
        lanes.setdefault(row.lane, []).append(places[row.key])
    assert all(order == sorted(order) for order in lanes.values())


async def _live(made: Fleet, database: Database, count: int, rounds: int, changes: int) -> int:
    """Declare and be reminded while replicas are killed. Returns how often one was killed."""
    async with made.killed_at_random(seed=4, changes=changes):
        await _declare_all(made, count)
        await _all_is_shown(made, database)
        await _histories_hold(database)
        for _ in range(rounds):
            before = _said(made)
            await _let_promises_run_out(database)
            await made.until(lambda before=before: _said(made) >= before + count, 600)  # type: ignore[misc]  # mypy#15459
            await _all_is_shown(made, database)
    return made.kills


async def _is_whole(made: Fleet, database: Database, count: int, rounds: int) -> None:
    rooms = _rooms(made)
    numbers = Counter(name.split("-")[1] for name in rooms)
    assert numbers == Counter(str(number) for number in range(1, count + 1))
    channels = made.sandbox.workspace.channels
    titles = Counter(name.split("-", 2)[2] for name in rooms)
    assert max(titles.values()) == 1, "something was declared twice"
    for name, messages in rooms.items():
        reminders = [each for each in messages if ":alarm_clock:" in each["text"]]
        assert len(reminders) == rounds, f"{name} heard {len(reminders)} reminders"
        assert len(messages) - len(reminders) == 1, f"{name} has {len(messages) - len(reminders)} cards"
    announced = channels[made.sandbox.channels["incidents"]].messages.values()
    said = Counter(
        each["text"].split()[1] for each in announced if each.get("bot_id") and not each.get("subtype")
    )
    assert said == Counter(f"INC-{number}" for number in range(1, count + 1))
    pins = Counter(len(channel.pins) for channel in channels.values() if channel.name in rooms)
    assert pins == {1: count}
    await _lanes_kept_their_order(made, database)
    async with database.reading() as session:
        assert await outbox.dead(session, made.sandbox.workspace.team.id) == []


async def _prove(
    folder: Path, server: str, spawner: str, *, http: bool, count: int, rounds: int, changes: int
) -> int:
    url = await empty_database(server)
    async with fleet(folder, url, spawner, http=http) as made:
        database = Database(url)
        kills = await _live(made, database, count, rounds, changes)
        await _is_whole(made, database, count, rounds)
        await database.close()
    return kills


async def test_a_few_incidents_survive_killed_replicas(tmp_path: Path, postgres: str, spawner: str) -> None:
    kills = await _prove(tmp_path, postgres, spawner, http=False, count=20, rounds=4, changes=150)
    assert kills >= 2


@pytest.mark.chaos
async def test_a_few_incidents_survive_killed_replicas_behind_a_load_balancer(
    tmp_path: Path, postgres: str, spawner: str
) -> None:
    kills = await _prove(tmp_path, postgres, spawner, http=True, count=20, rounds=4, changes=150)
    assert kills >= 2


@pytest.mark.chaos
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("http", [False, True], ids=["Socket Mode", "HTTP"])
async def test_five_hundred_incidents_and_five_thousand_reminders_survive_killed_replicas(
    tmp_path: Path,
    postgres: str,
    spawner: str,
    http: bool,  # noqa: FBT001  # a parameter of the test
) -> None:
    started = time.perf_counter()
    kills = await _prove(tmp_path, postgres, spawner, http=http, count=MANY, rounds=ROUNDS, changes=MANY * 4)
    seconds = round(time.perf_counter() - started)
    print(f"{MANY} incidents, {MANY * ROUNDS} reminders, {kills} kills: {seconds} s")  # noqa: T201  # the figures
    assert kills >= 5
