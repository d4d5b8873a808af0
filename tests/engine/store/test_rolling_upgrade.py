"""An earlier release left a database with incidents in progress: this release continues where it stopped."""

import asyncio
import itertools
import sqlite3
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import asyncpg
import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import event
from sqlalchemy.engine import make_url

from bot.engine.acts.idempotency import Done
from bot.engine.delivery.dead_letters import retry_dead_letters
from bot.engine.store import migrate, outbox
from bot.engine.store.database import Database
from bot.engine.store.leases import LEASE
from bot.engine.store.migrate import differences, upgrade
from bot.incident.domain import rules
from bot.incident.domain.cadence import Promise
from bot.incident.domain.incident import fold
from bot.incident.domain.listing import Listing
from bot.incident.domain.policy import Policy
from bot.incident.domain.vocabulary import Role, Severity, Status
from bot.incident.store import incidents, reminders
from bot.ports.slack.calls import CreateChannel, Edit, InvitePeople, Post, Remove, Topic
from bot.subjects import REGISTRIES
from tests.conftest import NOON, StillClock
from tests.engine.world import ANNA, BEN, CLEO, TEAM, World

FIXTURES = Path(__file__).parent / "fixtures"
LEFT_AT = NOON + timedelta(minutes=31)
WORST, SECRET, OVER, FRESH = 1, 2, 3, 4


REVISIONS = {"0.1.0": 1, "0.2.0": 2, "0.3.0": 6}  # how many migrations each release had


async def _restore(url: str, release: str) -> None:
    """Fill an empty database with the data that a release left."""
    kind = make_url(url).get_backend_name()
    dump = (FIXTURES / f"release_{release.replace('.', '_')}.{kind}.sql").read_text()
    if kind == "sqlite":
        file = sqlite3.connect(str(make_url(url).database))
        file.executescript(dump)
        file.close()
        return
    server = await asyncpg.connect(url)
    await server.execute(dump)
    await server.close()


@pytest.fixture(params=REVISIONS)
def release(request: pytest.FixtureRequest) -> str:
    """Each release whose databases are migrated to this release's tables."""
    return str(request.param)


@pytest.fixture
async def world(database_url: str, release: str, policy: Policy) -> AsyncIterator[World]:
    """This release on that database, shortly after the earlier release was stopped."""
    await _restore(database_url, release)
    database = Database(database_url)
    await upgrade(database)
    world = World(database, policy, StillClock(LEFT_AT))
    world._acts = itertools.count(1001)  # the earlier release did the first ones
    yield world
    await database.close()


async def test_the_database_has_exactly_the_tables_that_this_release_expects(world: World) -> None:
    assert await differences(world.database) == []


async def test_incidents_are_unchanged(world: World) -> None:
    worst, secret, over, fresh = [await world.incident(number) for number in range(1, 5)]
    assert (worst.severity, worst.status, worst.commander, worst.handoff_to) == (
        Severity.SEV1,
        Status.MITIGATING,
        BEN,
        CLEO,
    )
    assert (secret.private, secret.snoozed_until) == (True, NOON + timedelta(minutes=70))
    assert over.is_closed
    assert fresh.title == "Mails are late"
    async with world.database.reading() as session:
        shown = {who: await incidents.listed(session, TEAM, who, Listing(), 10) for who in (ANNA, CLEO)}
    assert [each.incident.number for each in shown[ANNA].worst] == [WORST, FRESH]
    assert [each.incident.number for each in shown[CLEO].worst] == [WORST, SECRET, FRESH]


async def test_each_history_leads_to_the_stored_state(world: World) -> None:
    for number in range(1, 5):
        happened = [entry.fact for entry in await world.timeline(number)]
        assert fold(happened) == await world.incident(number)


async def test_waiting_effects_are_delivered_in_order(world: World) -> None:
    await world.deliver()
    assert [call.names[0] for call in world.slack.of(CreateChannel)] == ["inc-4-mails-are-late"]
    said = "\n".join(world.slack.said())
    assert 0 <= said.find("to take over command") < said.find("Errors jumped after the deploy")


async def test_an_effect_in_progress_is_looked_for_and_tried_again_after_its_lease(
    world: World,
) -> None:
    await world.deliver()
    assert (CLEO,) not in [call.people for call in world.slack.of(InvitePeople)]
    world.clock.forward(seconds=LEASE.total_seconds())
    await world.deliver()
    assert [call.people for call in world.slack.of(InvitePeople)][-1] == (CLEO,)
    assert world.slack.in_doubt == world.slack.of(InvitePeople)[-1:]


async def test_a_dead_effect_can_still_be_sent_again(world: World) -> None:
    async with world.database.writing() as session:
        assert await retry_dead_letters(session, REGISTRIES, TEAM, world.clock()) == 1
    await world.deliver()
    assert any("INC-1" in call.text for call in world.slack.of(Topic))


async def test_no_effect_is_left_waiting(world: World) -> None:
    world.clock.forward(seconds=LEASE.total_seconds())
    await world.deliver()
    async with world.database.reading() as session:
        assert await outbox.backlog(session, TEAM) == (0, None)


async def test_an_open_reminder_can_be_answered_where_it_was_posted(world: World) -> None:
    async with world.database.reading() as session:
        standing = await reminders.open_reminders(session, [WORST])
    posted = {(row.channel, row.ts) for row in standing[WORST] if row.promise == Promise.UPDATE}
    assert "CROOM1" in {channel for channel, _ in posted}
    await world.change(WORST, rules.post_update, "All payments work again", by=BEN)
    await world.deliver()
    answered = [edit for edit in world.slack.of(Edit) if "answered with an update" in str(edit.message.text)]
    assert {(edit.channel, edit.ts) for edit in answered} == posted


async def test_reminders_continue_and_each_replaces_the_one_before(world: World) -> None:
    async with world.database.reading() as session:
        standing = (await reminders.open_reminders(session, [WORST]))[WORST]
    (old,) = (row for row in standing if not row.broadcast)
    world.clock.forward(
        minutes=15
    )  # 0.3.0 has taken the last step of this one: the next comes after the cadence
    await world.tick()
    await world.deliver()
    # Once more for INC-4, whose room the fake Slack gives the same id.
    posts = [post for post in world.slack.of(Post) if post.channel == "CROOM1" and _is_reminder(post)]
    (reminder,) = [post for post in posts if "*INC-1*" in str(post.message.text)]
    assert f"<@{BEN}>" in str(reminder.message.text)
    assert (old.channel, old.ts) in [(call.channel, call.ts) for call in world.slack.of(Remove)]
    assert await world.tick() == 0


async def test_a_snooze_still_counts_and_the_reminder_comes_after_it(world: World) -> None:
    await world.change(WORST, rules.resolve, by=BEN)
    await world.change(FRESH, rules.resolve, by=ANNA)
    for minutes, is_reminded in ((69, False), (70, True)):
        world.clock.time = NOON + timedelta(minutes=minutes)
        await world.tick()
        await world.deliver()
        assert any("An update of *INC-2* was due" in text for text in world.slack.said()) is is_reminded


def _is_reminder(post: Post) -> bool:
    return str(post.message.text).partition("\n")[2].startswith((":alarm_clock:", ":bell:"))


async def test_the_offer_of_command_can_be_accepted(world: World) -> None:
    assert isinstance(await world.change(WORST, rules.answer_handoff, by=CLEO, accept=True), Done)
    taken = await world.incident(WORST)
    assert (taken.commander, taken.holder(Role.SCRIBE)) == (CLEO, CLEO)


async def test_the_numbers_of_new_incidents_continue(world: World) -> None:
    assert (await world.declare()).number == 5


@pytest.mark.parametrize("old", ["", *REVISIONS], ids=["empty", *REVISIONS])
async def test_three_replicas_that_start_together_run_each_migration_once(
    database_url: str, old: str
) -> None:
    if old:
        await _restore(database_url, old)
    steps: list[str] = []

    def count(*told: object) -> None:
        statement = str(told[2]).lstrip()
        if "alembic_version" in statement and statement.startswith(("INSERT", "UPDATE")):
            steps.append(statement)

    replicas = [Database(database_url) for _ in range(3)]
    for replica in replicas:
        event.listen(replica.engine.sync_engine, "before_cursor_execute", count)
    await asyncio.gather(*(upgrade(replica) for replica in replicas))
    missing = len(list(ScriptDirectory(str(migrate._FOLDER)).walk_revisions())) - REVISIONS.get(old, 0)
    assert len(steps) == missing
    assert await differences(replicas[0]) == []
    for replica in replicas:
        await replica.close()
