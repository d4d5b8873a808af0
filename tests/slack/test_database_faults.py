"""The database is locked, full, read-only or stopped: people are told, nothing is half done, and the bot continues."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.drills.stage import has, readable
from bot.engine.store import outbox
from bot.engine.store.leases import LEASE
from bot.incident.domain.timeline import Entry
from bot.incident.store import incidents
from bot.slack.connection import DEFAULT_TIMEOUTS
from bot.slack.listeners import FAILED
from tests.databases import StartPostgres, on
from tests.postgres import empty_database
from tests.slack.conftest import Office, Town, town_on
from tests.slack.database_faults import DatabaseFault, Postgres, full_disk, locked_file, read_only_file

SLACKS_PATIENCE = 3.0  # seconds until Slack tells a person that the app did not respond
LONG = "x" * 2400  # more than fits in what is left of a page
CADENCE = 15 * 60  # seconds, of a SEV1
ON_A_FILE = {"locked": locked_file, "full": full_disk, "read-only": read_only_file}
ON_A_SERVER = ("stopped", "crashed", "refusing", "read_only", "locked_tables")
FULL, STOPPED = on("sqlite", ("sqlite", "full")), on("postgresql", ("postgresql", "stopped"))


@pytest.fixture(scope="module")
def server(start_postgres: StartPostgres) -> Iterator[Postgres]:
    """A PostgreSQL server for this file alone, because the tests stop it."""
    with start_postgres() as server:
        yield Postgres(server)


@pytest.fixture(
    params=[
        *(on("sqlite", ("sqlite", name)) for name in ON_A_FILE),
        *(on("postgresql", ("postgresql", name)) for name in ON_A_SERVER),
    ],
    ids=" ".join,
)
def which(request: pytest.FixtureRequest) -> tuple[str, str]:
    """The kind of database, and the fault."""
    kind, name = request.param
    return kind, name


@pytest.fixture
def database_fault(which: tuple[str, str], request: pytest.FixtureRequest) -> DatabaseFault:
    kind, name = which
    chosen: DatabaseFault = (
        ON_A_FILE[name] if kind == "sqlite" else getattr(request.getfixturevalue("server"), name)
    )
    return chosen


@pytest.fixture
async def town(which: tuple[str, str], tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[Town]:
    url = f"sqlite:///{tmp_path / 'town.db'}"
    if which[0] == "postgresql":
        url = await empty_database(request.getfixturevalue("server").server.get_uri())
    async with town_on(url, tmp_path, DEFAULT_TIMEOUTS) as town:
        yield town


async def _commanded(office: Office) -> None:
    await office.declare("sev1 Checkout is failing")
    await office.told("alice", "assign @alice commander")
    await office.stage.shows("alice", "became Incident Commander")
    await office.person("bob").join(office.stage.room)


async def _timeline(office: Office) -> list[Entry]:
    async with office.app.database.reading() as session:
        stored = await incidents.INCIDENTS.by_number(session, office.app.team, 1)
        assert stored
        return await incidents.timeline(session, stored.id)


async def _rest(office: Office) -> None:
    """Let the leases of calls in progress run out, and wait until no effect waits."""
    await office.driver.advance(LEASE.total_seconds())
    async with asyncio.timeout(20):
        pending = 1
        while pending:
            await office.app.engine.deliverer.drain()
            async with office.app.database.reading() as session:
                pending, _ = await outbox.backlog(session, office.app.team)


async def _until_one_fails(office: Office) -> int:
    """Write notes until one fails, in time. Returns how many succeeded: a full disk has space in some of its pages."""
    for done in range(30):
        started = time.perf_counter()
        told = await office.told("alice", f"note {done} {LONG}")  # each note is different
        assert time.perf_counter() - started < SLACKS_PATIENCE
        if FAILED in told:
            return done
    raise AssertionError("nothing ever failed")


async def test_people_are_told_in_time_and_the_next_try_works(
    town: Town, database_fault: DatabaseFault
) -> None:
    async with town.bot() as office:
        await _commanded(office)
        before = len(await _timeline(office))
        async with database_fault(office.app.database):
            done = await _until_one_fails(office)
        assert len(await _timeline(office)) == before + done
        await office.told("alice", "note It works again")
        await _rest(office)
        await office.stage.shows("alice", "It works again")


@pytest.mark.parametrize("which", [FULL, STOPPED], indirect=True)
async def test_a_form_keeps_what_was_typed_and_can_be_sent_again(
    town: Town, database_fault: DatabaseFault
) -> None:
    async with town.bot() as office:
        await _commanded(office)
        alice = office.person("alice")
        await office.stage.press("alice", "note", await office.stage.card("Checkout"))
        async with database_fault(office.app.database):
            await _until_one_fails(office)
            submitted = await alice.submit(text=LONG)
            assert FAILED in str(submitted["field_errors"])
        before = len(await _timeline(office))
        assert (await alice.submit(text=LONG))["modals"] == []
        assert len(await _timeline(office)) == before + 1


async def test_reminders_and_deliveries_continue_without_help(
    town: Town, database_fault: DatabaseFault
) -> None:
    async with town.bot() as office:
        await _commanded(office)
        async with database_fault(office.app.database):
            await office.driver.advance(CADENCE)
            await office.told("alice", f"note {LONG}")
        await _rest(office)
        await office.stage.shows("alice", ":alarm_clock:")


async def test_effects_in_progress_at_the_fault_are_shown_once(
    town: Town, database_fault: DatabaseFault
) -> None:
    async with town.bot() as office:
        await _commanded(office)
        declared = asyncio.create_task(
            office.person("bob").command("general", "/incident", "declare sev2 Mails are late")
        )
        await asyncio.sleep(0)
        async with database_fault(office.app.database):
            done = FAILED not in readable((await declared)["messages"])
        if not done:
            await office.person("bob").command("general", "/incident", "declare sev2 Mails are late")
        await _rest(office)
        seen = await office.person("bob").see("inc-2-mails-are-late")
        rooms = [each["name"] for each in seen["channels"] if each["name"].startswith("inc-2")]
        assert rooms == ["inc-2-mails-are-late"]
        said = [message for message in seen["channel"]["messages"] if not message.get("subtype")]
        cards = [message for message in said if has(message, "INC-2", "Commander")]
        assert len(cards) == len(seen["channel"]["pins"]) == 1


async def test_answers_of_slack_during_the_fault_are_written_down_after_it(
    town: Town, database_fault: DatabaseFault
) -> None:
    async with town.bot() as office:
        await _commanded(office)
        await _rest(office)
        await office.driver.fault("slow", method="chat.postMessage", count=1, seconds=0.5)
        await office.told("alice", "note This is on its way")
        async with asyncio.timeout(5):
            while not office.app.engine.deliverer._under_way:  # noqa: ASYNC110  # there is no event to wait for
                await asyncio.sleep(0)
        async with database_fault(office.app.database):
            await office.stage.shows("alice", "This is on its way")
            await _until_one_fails(office)
            await office.app.engine.deliverer.drain()  # the call ends, and the bot tries to write the result
        await office.told("alice", "note This comes behind it")
        await office.stage.shows("alice", "This comes behind it")  # no lease had to run out first
