"""The floors do the same work as what they are compared with, and connections cost what they should."""

import asyncio
import os
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import aiohttp
import pytest
import yaml

from bot import policy_file
from bot.core.clock import utc_now
from bot.core.resources import shipped
from bot.engine.clock.due import BATCH
from bot.sandbox import Sandbox
from tests.bench import databases, declare
from tests.bench.connections import charged
from tests.bench.filled import Filling, fill
from tests.bench.floors import batches, reading, transactions
from tests.bench.given import Given
from tests.bench.machine import cpu_s
from tests.conftest import StillClock
from tests.engine.world import TEAM, World


async def test_the_rows_of_a_declare_are_written_again_for_other_incidents(tmp_path: Path) -> None:
    file = tmp_path / "floor.db"
    written = await transactions.rows_of_a_declare(file)
    copied = tmp_path / "copied.db"
    assert len(transactions.commit(file, copied, written, 3)) == 3
    with closing(sqlite3.connect(file)) as before, closing(sqlite3.connect(copied)) as after:
        for each in written:
            if each.table != "counters":  # a single row, which each declare changes
                more = _count(after, each.table) - _count(before, each.table)
                assert more == 3 * len(each.rows), each.table
        assert _count(after, "timeline", "incident_id = 5") == _count(before, "timeline", "incident_id = 2")
        assert after.execute("PRAGMA foreign_key_check").fetchall() == []
    assert {"incidents", "timeline", "effects", "acts", "counters"} <= {each.table for each in written}


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
async def test_batches_without_the_bot_write_the_rows_of_a_tick(
    kind: str, tmp_path: Path, postgres: str
) -> None:
    given = Given(folder=tmp_path, postgres=postgres)
    async with databases.opened(given, kind) as one, databases.opened(given, kind) as another:
        world = World(one, policy_file.load(), StillClock(utc_now()))
        filling = Filling(count=BATCH + 5, due=world.clock())
        for database in (one, another):
            await fill(database, world.policy, filling)
        await world.tick()
        told = await batches.claimed(one)
        assert await batches.write_s(another, told, TEAM, world.clock()) > 0
        assert await batches.claimed(another) == told


async def test_a_floor_that_reads_other_rows_is_refused(tmp_path: Path) -> None:
    async with databases.opened(Given(folder=tmp_path), "sqlite") as database:
        await fill(database, policy_file.load(), Filling(count=4, due=utc_now(), entries=30))
        assert reading.timeline_s(str(database.url.database), 1, 30) > 0
        with pytest.raises(AssertionError, match="30 rows were read, not 31"):
            reading.timeline_s(str(database.url.database), 1, 31)


async def test_a_new_connection_costs_time_and_a_kept_one_does_not() -> None:
    manifest = yaml.safe_load(shipped("manifest.yml").read_text(encoding="utf-8"))
    sandbox = await Sandbox.start(manifest=manifest)
    loop = asyncio.get_running_loop()
    took: list[float] = []
    try:
        async with charged(sandbox, 0.3) as way:
            async with aiohttp.ClientSession() as session:
                for _ in range(2):
                    began = loop.time()
                    async with session.post(f"{way.api_url}api.test") as answer:
                        assert (await answer.json())["ok"]
                    took.append(loop.time() - began)
            assert way.opened == 1
    finally:
        await sandbox.stop()
    assert took[0] >= 0.3
    assert took[1] < took[0]


async def test_a_cold_declare_counts_the_connections_that_it_opened(tmp_path: Path) -> None:
    given = Given(folder=tmp_path, rtt=0.01, small=True, cold=True, say=lambda _line: None)
    report = await declare.measure(given)
    assert report.wrong == 0
    assert {target.key for target in report.targets} == {"card_rtt_p50", "lost", "twice"}
    assert isinstance(report.figures["connections"], int)


def test_the_processor_time_of_a_process_matches_its_own_count() -> None:
    before, told, after = time.process_time(), cpu_s(os.getpid()), time.process_time()
    assert before - 0.05 <= told <= after + 0.05  # it is counted in hundredths


def _count(connection: sqlite3.Connection, table: str, where: str = "1") -> int:
    found: int = connection.execute(f"SELECT count(*) FROM {table} WHERE {where}").fetchone()[0]  # noqa: S608  # our own names
    return found
