"""`warroom export` and `warroom import`, as an administrator uses them."""

import asyncio
import csv
import io
import sqlite3
import stat
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from bot.engine.store.database import Database
from bot.engine.store.migrate import upgrade
from bot.incident.domain import rules
from bot.incident.domain.policy import Policy
from tests.cli.command import run
from tests.conftest import StillClock
from tests.engine.world import World


async def called(*words: str, url: str) -> tuple[int, str]:
    """Run a command; its exit status and what it prints."""
    return await asyncio.to_thread(partial(run, DATABASE_URL=url), *words)


def change(tmp_path: Path, statement: str) -> None:
    """Change the old database behind the bot's back."""
    with closing(sqlite3.connect(tmp_path / "old.db", isolation_level=None)) as damaged:
        damaged.execute(statement)


@pytest.fixture
async def url(tmp_path: Path, policy: Policy, clock: StillClock) -> str:
    """A database with two incidents, of which the second is private and a day younger."""
    database = Database(url := f"sqlite:///{tmp_path / 'old.db'}")
    await upgrade(database)
    world = World(database, policy, clock)
    await world.declare("Checkout is failing")
    clock.forward(days=1)
    await world.declare("Somebody reads our mail", private=True)
    await world.change(2, rules.note, "=HYPERLINK(1)")
    await database.close()
    return url


async def test_everything_goes_into_a_private_file_and_into_a_new_database(url: str, tmp_path: Path) -> None:
    file, again = tmp_path / "all.jsonl", tmp_path / "again.jsonl"
    new = f"sqlite:///{tmp_path / 'new.db'}"
    assert await called("export", "--out", str(file), url=url) == (0, f"Exporting\n{file} is written.\n")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    rows = len(file.read_text().splitlines()) - 2
    assert await called("import", str(file), url=new) == (0, f"Importing\n{rows} rows are imported.\n")
    assert (await called("export", "--out", str(again), url=new))[0] == 0
    assert again.read_bytes() == file.read_bytes()
    status, told = await called("import", str(file), url=new)
    assert (status, "not empty" in told) == (2, True)


async def test_timelines_of_all_incidents_are_written_for_people(url: str) -> None:
    status, markdown = await called("export", "--format", "md", url=url)
    assert status == 0
    assert markdown.index("# Timeline of INC-1: Checkout is failing") < markdown.index(
        "# Timeline of INC-2: Somebody"
    )
    assert "Private incident: share this only" in markdown
    status, table = await called("export", "--format", "csv", "--since", "2026-03-03", url=url)
    rows = list(csv.DictReader(io.StringIO(table, newline="")))
    assert (status, {row["incident"] for row in rows}) == (0, {"INC-2"})
    assert rows[-1]["text"].startswith("'=HYPERLINK")  # no formula


async def test_an_incident_that_cannot_be_read_is_named_and_the_others_are_written(
    url: str, tmp_path: Path
) -> None:
    change(tmp_path, "UPDATE incidents SET state = json_remove(state, '$.title') WHERE number = 1")
    status, told = await called("export", "--format", "md", url=url)
    assert status == 0
    assert "Timeline of INC-2" in told
    assert "INC-1 cannot be read and is left out: `warroom doctor` says more." in told


async def test_files_that_cannot_be_used_are_told_in_a_sentence(url: str, tmp_path: Path) -> None:
    file = tmp_path / "there"
    file.write_bytes(b"\xff\xfe")
    for words, told in (
        (("export", "--out", str(file)), "exists already and is not overwritten"),
        (("export", "--out", str(tmp_path / "no" / "file")), "cannot write"),
        (("export", "--since", "yesterday"), "yesterday"),
        (("import", str(file)), "is no file of `warroom export`"),
        (("import", str(tmp_path / "nothing")), "cannot read"),
    ):
        status, output = await called(*words, url=url)
        assert (status, told in " ".join(output.split())) == (2, True), output
    assert file.read_bytes() == b"\xff\xfe"


async def test_an_export_that_fails_in_the_middle_leaves_no_file(url: str, tmp_path: Path) -> None:
    change(tmp_path, "UPDATE timeline SET payload = '{' WHERE seq = 1")
    status, _told = await called("export", "--out", str(tmp_path / "out"), url=url)
    assert status
    assert not (tmp_path / "out").exists()


async def test_half_a_character_of_an_old_release_is_replaced_and_told(url: str, tmp_path: Path) -> None:
    file, new = tmp_path / "file", f"sqlite:///{tmp_path / 'new.db'}"
    await called("export", "--out", str(file), url=url)
    file.write_text(file.read_text().replace("Checkout", r"\ud83d"))
    _status, told = await called("import", str(file), url=new)
    assert "of them a broken character is now �" in told
