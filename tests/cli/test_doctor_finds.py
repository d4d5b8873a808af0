"""What doctor says of the incidents channel, clocks and other workspaces, and how listed effects are dropped."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from bot.cli import doctor, stored
from bot.cli.findings import clocks, parse_date
from bot.cli.main import cli
from bot.cli.practice import settings
from bot.cli.stored import WhichWorkspaceError
from bot.config import GivenSettings
from bot.core.resources import shipped
from bot.core.text import utc
from bot.engine.store import leases, outbox, outcomes, refused_blocks
from bot.engine.store.database import Database
from bot.incident.domain.policy import Policy
from bot.policy_file import DEFAULT
from bot.sandbox import Sandbox
from tests.cli.command import examine
from tests.conftest import NOON, StillClock
from tests.engine.world import TEAM, World


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    sandbox = await Sandbox.start(manifest=yaml.safe_load(shipped("manifest.yml").read_text()))
    yield sandbox
    await sandbox.stop()


async def _refused(world: World) -> int:
    """The id of an effect that Slack refused."""
    await world.declare()
    async with world.database.writing() as session:
        (row,) = await leases.claim(session, world.team, world.clock(), "x", 1)
        outcomes.died(row, "restricted_action", world.clock())
    assert row.id is not None
    return row.id


def _of(database: Database) -> GivenSettings:
    return GivenSettings(database_url=database.url.render_as_string(hide_password=False))


async def test_an_archived_incidents_channel_is_reported(sandbox: Sandbox, tmp_path: Path) -> None:
    sandbox.workspace.channels[sandbox.channels["incidents"]].archived = True
    healthy, told = await examine(settings(sandbox, tmp_path / "w.db"))
    assert not healthy
    assert "✗ incidents are announced in #incidents" in told
    assert "It is archived" in told


async def test_a_private_incidents_channel_without_the_bot_is_reported(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    channel = sandbox.workspace.channels[sandbox.channels["incidents"]]
    channel.kind = "private"
    channel.members = [member for member in channel.members if member != sandbox.bot_user_id]
    healthy, told = await examine(settings(sandbox, tmp_path / "w.db"))
    assert (healthy, "channel_not_found" in told) == (False, True)


async def test_the_clock_is_compared_with_slacks_and_the_databases(
    sandbox: Sandbox, database: Database, tmp_path: Path
) -> None:
    given = settings(sandbox, tmp_path / "w.db").model_dump() | _of(database).model_dump(
        include={"database_url"}
    )
    healthy, told = await examine(GivenSettings.model_validate(given))
    assert healthy, told
    assert "✓ this machine's clock agrees with that of Slack" in told
    assert ("clock agrees with that of the database" in told) is not database.is_sqlite


@pytest.mark.parametrize(
    ("off", "told"),
    [
        (timedelta(seconds=29), "agrees with that of Slack"),
        (timedelta(minutes=20), "is 20 min ahead of that of Slack"),
        (-timedelta(minutes=20), "is 20 min behind that of Slack"),
    ],
)
def test_doctor_says_by_how_much_a_clock_is_wrong(off: timedelta, told: str) -> None:
    finding = clocks(NOON + off, NOON, "Slack")
    assert told in finding.what
    assert bool(finding.remedy) == (abs(off) > timedelta(minutes=1))


def test_the_time_of_an_answer_is_read_and_an_invalid_one_is_none() -> None:
    assert parse_date("Mon, 02 Mar 2026 12:00:00 GMT") == NOON
    assert [parse_date(each) for each in ("", "noon")] == [None, None]


async def test_incidents_of_another_workspace_are_reported_and_left_alone(
    sandbox: Sandbox, tmp_path: Path, policy: Policy, clock: StillClock
) -> None:
    given = settings(sandbox, tmp_path / "w.db")
    (tmp_path / "w.db").touch()
    async with stored.opened(given) as database:
        await _refused(World(database, policy, clock, team="TELSEWHERE"))
    healthy, told = await examine(given)
    assert healthy, told
    assert "it holds incidents of other workspaces too (TELSEWHERE)" in told
    assert "✓ outbox: nothing refused by Slack" in told


async def test_without_tokens_doctor_examines_each_workspace_of_the_database(
    database: Database, policy: Policy, clock: StillClock
) -> None:
    await World(database, policy, clock).declare()
    await _refused(World(database, policy, clock, team="T2"))
    healthy, told = await examine(_of(database))
    assert not healthy
    assert "outbox of T1: nothing refused by Slack" in told
    assert "outbox of T2: 1 refused by Slack" in told


async def test_blocks_that_slack_refuses_are_told_and_are_no_fault(database: Database) -> None:
    async with database.writing() as session:
        await refused_blocks.remember(session, TEAM, ["tag", "alert"], NOON - timedelta(days=1))
        await refused_blocks.remember(session, TEAM, ["alert"], NOON)
        await refused_blocks.remember(session, "TELSEWHERE", ["container"], NOON)
    async with database.reading() as session:
        found = doctor._refused_blocks(await refused_blocks.read(session, TEAM))
    assert not found.remedy
    assert (
        f"alert ({utc(NOON)}), tag ({utc(NOON - timedelta(days=1))}); tried again after 7 days" in found.what
    )


async def test_with_several_workspaces_a_retry_must_name_one(
    database: Database, policy: Policy, clock: StillClock
) -> None:
    await _refused(World(database, policy, clock))
    await _refused(World(database, policy, clock, team="T2"))
    with pytest.raises(WhichWorkspaceError, match="--team T1"):
        await stored.retry(_of(database))
    assert await stored.retry(_of(database), "T2") == 1
    async with database.reading() as session:
        assert len(await outbox.dead(session, TEAM)) == 1


async def test_an_effect_that_doctor_lists_can_be_dropped_by_its_number(
    database: Database, policy: Policy, clock: StillClock
) -> None:
    number = await _refused(World(database, policy, clock))
    told = (await examine(_of(database)))[1]
    assert "I could not open the war room: restricted_action. A workspace setting forbids it" in told
    assert f"({number})" in told
    assert not await stored.drop(_of(database), number + 1)
    assert await stored.drop(_of(database), number)
    assert "✓ outbox: nothing refused by Slack" in (await examine(_of(database)))[1]


def test_a_number_that_is_not_on_the_list_is_reported(tmp_path: Path) -> None:
    (tmp_path / "w.db").touch()
    environment = {"DATABASE_URL": f"sqlite:///{tmp_path}/w.db", "SLACK_BOT_TOKEN": "", "SLACK_APP_TOKEN": ""}
    result = CliRunner().invoke(cli, ["outbox", "drop", "7"], env=environment)
    assert (result.exit_code, "There is no 7 among what Slack refused" in result.output) == (1, True)


async def test_user_groups_and_people_of_the_policy_are_looked_up(sandbox: Sandbox, tmp_path: Path) -> None:
    (real,) = sandbox.workspace.usergroups
    sandbox.workspace.usergroups["SEMPTY"] = replace(
        sandbox.workspace.usergroups[real], id="SEMPTY", users=()
    )
    bob, carol = sandbox.users["bob"], sandbox.users["carol"]
    sandbox.workspace.users[carol].deleted = True
    policy = tmp_path / "policy.yml"
    named = f"{real}, SEMPTY, SNOBODY, {bob}, {carol}, UNOBODY"
    policy.write_text(
        DEFAULT.read_text(encoding="utf-8").replace("resolve: everyone ", f"resolve: [{named}] ")
    )
    given = settings(sandbox, tmp_path / "w.db").model_copy(update={"policy_file": policy})
    healthy, told = await examine(given)
    assert not healthy
    assert f"✓ policy: the user group {real} has 3 people" in told
    assert "✗ policy: the user group SEMPTY has 0 people\n    Nobody is in it" in told
    assert (
        "✗ policy: the user group SNOBODY\n    Slack refuses the user group SNOBODY: no_such_subteam" in told
    )
    assert f"✓ policy: {bob} is in Slack" in told
    assert f"✗ policy: {carol} is in Slack\n    The account was deactivated" in told
    assert "Slack refuses the person UNOBODY: user_not_found" in told
    sandbox.workspace.app.scopes -= {"usergroups:read"}
    _, told = await examine(given)
    assert f"Slack refuses the user group {real}: missing_scope" in told
    assert "install it again with the current manifest.yml" in told


async def test_the_further_channels_of_the_policy_are_checked_too(sandbox: Sandbox, tmp_path: Path) -> None:
    general = sandbox.channels["general"]
    policy = yaml.safe_load(DEFAULT.read_text(encoding="utf-8"))
    policy["announce"] = [
        {"channel": general, "severities": ["SEV2", "SEV1"]},
        {"channel": "C0NOSUCH", "severities": ["SEV3"]},
    ]
    (tmp_path / "policy.yml").write_text(yaml.safe_dump(policy))
    chosen = settings(sandbox, tmp_path / "w.db").model_dump() | {"policy_file": tmp_path / "policy.yml"}
    healthy, told = await examine(GivenSettings.model_validate(chosen))
    assert not healthy
    assert "✓ incidents of SEV1, SEV2 are announced in #general" in told
    assert "✗ incidents of SEV3 are announced in C0NOSUCH" in told
    assert "Slack refuses announce C0NOSUCH of policy.yml: channel_not_found" in told
    sandbox.workspace.channels[general].archived = True
    _, told = await examine(GivenSettings.model_validate(chosen))
    assert "Unarchive it, or name another in `announce` of policy.yml" in told


async def test_the_channel_of_the_review_board_is_checked_too(sandbox: Sandbox, tmp_path: Path) -> None:
    general = sandbox.channels["general"]
    policy = yaml.safe_load(DEFAULT.read_text(encoding="utf-8"))
    policy["postmortem"] = {"board": general}
    (tmp_path / "policy.yml").write_text(yaml.safe_dump(policy))
    chosen = settings(sandbox, tmp_path / "w.db").model_dump() | {"policy_file": tmp_path / "policy.yml"}
    _, told = await examine(GivenSettings.model_validate(chosen))
    assert "✓ overdue postmortems are told in #general" in told
    sandbox.workspace.channels[general].archived = True
    _, told = await examine(GivenSettings.model_validate(chosen))
    assert (
        "archived: nobody is told there. Unarchive it, or name another in `postmortem.board` of policy.yml"
        in told
    )
