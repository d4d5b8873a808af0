"""The command line as a newcomer and an operator meet it."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest
import yaml
from sqlmodel import col, update
from typer.testing import CliRunner

from bot.cli import doctor, stored
from bot.cli.main import cli
from bot.cli.practice import settings, workspace
from bot.config import GivenSettings
from bot.core.resources import shipped
from bot.engine.store import leases, marks
from bot.engine.store.database import Database
from bot.engine.store.migrate import upgrade
from bot.engine.store.tables import EntryRow, StreamRow
from bot.incident.domain import rules
from bot.incident.domain.policy import Policy
from bot.incident.domain.vocabulary import Severity
from bot.sandbox import Sandbox
from bot.sandbox.driver import Driver
from tests.conftest import StillClock
from tests.engine.world import TEAM, World

CLEAN = dict.fromkeys(
    ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET", "POLICY_FILE", "PORT"), ""
)


def _run(*words: str, **environment: str) -> tuple[int, str]:
    result = CliRunner().invoke(cli, words, env={**CLEAN, **environment})
    return result.exit_code, result.output


def test_the_drill_passes_and_ends_with_one_object(tmp_path: Path) -> None:
    result = CliRunner().invoke(cli, ["drill", "--json", "--out", str(tmp_path)], env=CLEAN)
    report = json.loads(result.stdout.splitlines()[-1])
    assert result.exit_code == 0, result.output
    assert report["failed"] == []
    assert (report["incident"], report["steps"], report["reminders"]) == ("INC-1", 14, 4)
    assert Path(report["postmortem"]).read_text().startswith("# INC-1: Checkout is failing")


def test_an_unknown_drill_and_a_missing_folder_are_told(tmp_path: Path) -> None:
    assert _run("drill", "moonshot") == (2, "There is no drill “moonshot”. There are: checkout-outage.\n")
    status, told = _run("drill", "--out", str(tmp_path / "missing"))
    assert (status, "There is no folder" in told) == (2, True)


def test_half_set_tokens_refuse_to_start_and_say_all_that_is_missing(tmp_path: Path) -> None:
    status, told = _run("run", SLACK_APP_TOKEN="xapp-1", INCIDENTS_CHANNEL="#incidents")  # noqa: S106  # no real one
    assert status == 2
    assert "INCIDENTS_CHANNEL" in told
    status, told = _run("run", SLACK_APP_TOKEN="xapp-1")  # noqa: S106  # as above
    assert (status, "SLACK_BOT_TOKEN" in told) == (2, True)
    assert not (tmp_path / "warroom.db").exists()


@pytest.mark.parametrize(
    ("variable", "content", "told"),
    [
        ("POLICY_FILE", "severities: {SEV1: {cadence: soon}}", "cadence"),
        ("POLICY_FILE", "a: [", "is no YAML"),
    ],
)
def test_a_broken_policy_file_is_told_by_doctor(
    tmp_path: Path, variable: str, content: str, told: str
) -> None:
    file = tmp_path / "policy.yml"
    file.write_text(content)
    status, output = _run("doctor", **{variable: str(file), "DATABASE_URL": f"sqlite:///{tmp_path}/w.db"})
    assert status == 1
    assert "✗" in output
    assert told in output


def test_a_broken_template_is_told_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "postmortem.md.j2").write_text("# {{ title }}\n{% if %}\n")
    database = f"sqlite:///{tmp_path}/w.db"
    status, output = _run("doctor", TEMPLATES_DIR=str(tmp_path), DATABASE_URL=database)
    assert status == 1
    assert "template postmortem.md.j2, line 2" in output
    (tmp_path / "postmortem.md.j2").write_text("# {{ titel }}\n")
    assert "titel" in _run("doctor", TEMPLATES_DIR=str(tmp_path), DATABASE_URL=database)[1]


def test_an_unusable_database_is_told(tmp_path: Path) -> None:
    status, told = _run("postmortem", "INC-1", DATABASE_URL=f"sqlite:///{tmp_path}/missing/w.db")
    assert (status, "no folder" in told) == (2, True)


def test_a_postmortem_is_asked_for_by_reference(tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path}/w.db"
    assert _run("postmortem", "checkout", DATABASE_URL=database)[0] == 2
    status, told = _run("postmortem", "INC-9", DATABASE_URL=database)
    assert (status, "There is no INC-9 in this database" in told) == (1, True)
    assert _run("outbox", "retry", DATABASE_URL=database) == (0, "Nothing was refused.\n")


async def test_the_postmortem_needs_no_slack(database: Database, policy: object, clock: StillClock) -> None:
    world = World(database, policy, clock)  # type: ignore[arg-type]  # the fixture is typed in conftest
    await world.declare("Payments <!channel> & more", by="UANNA")
    await world.deliver()
    plain = GivenSettings(database_url=database.url.render_as_string(hide_password=False))
    draft = await stored.postmortem(plain, 1)
    assert draft is not None
    assert "# INC-1: Payments @channel & more" in draft
    assert "Uanna" in draft


@asynccontextmanager
async def _slack() -> AsyncIterator[Sandbox]:
    sandbox = await Sandbox.start(manifest=yaml.safe_load(shipped("manifest.yml").read_text()))
    yield sandbox
    await sandbox.stop()


async def _examine(given: GivenSettings) -> tuple[bool, str]:
    lines: list[str] = []
    healthy = await doctor.check(given, lines.append)
    return healthy, "\n".join(lines)


async def test_doctor_finds_a_sound_installation_sound(tmp_path: Path) -> None:
    async with _slack() as sandbox:
        healthy, told = await _examine(settings(sandbox, tmp_path / "w.db"))
    assert healthy, told
    assert "Slack knows me as warroom in Acme" in told
    assert "incidents are announced in #incidents" in told
    assert "opens Socket Mode connections" in told


async def test_doctor_names_scopes_that_are_missing(tmp_path: Path) -> None:
    manifest = yaml.safe_load(shipped("manifest.yml").read_text())
    manifest["oauth_config"]["scopes"]["bot"].remove("pins:write")
    sandbox = await Sandbox.start(manifest=manifest)
    healthy, told = await _examine(settings(sandbox, tmp_path / "w.db"))
    await sandbox.stop()
    assert not healthy
    assert "Missing: pins:write" in told


async def test_doctor_says_that_slack_refuses_a_token_or_cannot_be_reached(tmp_path: Path) -> None:
    async with _slack() as sandbox:
        given = settings(sandbox, tmp_path / "w.db").model_dump() | {"slack_bot_token": "xoxb-wrong"}
        healthy, told = await _examine(GivenSettings.model_validate(given))
    assert (healthy, "Slack refuses SLACK_BOT_TOKEN: invalid_auth" in told) == (False, True)
    healthy, told = await _examine(GivenSettings.model_validate(given))
    assert (healthy, "cannot be reached" in told) == (False, True)


@pytest.fixture
def given(tmp_path: Path) -> GivenSettings:
    """Settings without tokens, with a file of their own."""
    return GivenSettings(database_url=f"sqlite:///{tmp_path}/w.db")


@pytest.fixture
async def kept(given: GivenSettings, policy: Policy, clock: StillClock) -> AsyncIterator[World]:
    """What is kept in that file."""
    database = Database(given.database_url)
    await upgrade(database)
    yield World(database, policy, clock)
    await database.close()


async def test_doctor_lists_what_slack_refused_and_histories_that_were_tampered_with(
    kept: World, given: GivenSettings
) -> None:
    await kept.declare()
    await kept.change(1, rules.change_severity, Severity.SEV2)
    async with kept.database.writing() as session:
        for row in await leases.claim(session, TEAM, kept.clock(), "x", 1):
            marks.died(row, "restricted_action", kept.clock())
        incident = await session.get_one(StreamRow, 1)
        incident.state = {**incident.state, "title": "Something else"}
        session.add(incident)
    healthy, told = await _examine(given)
    assert not healthy
    assert "INC-1: I could not open the war room: restricted_action. A workspace setting forbids it" in told
    assert "Fix the cause, then run `warroom outbox retry`" in told
    assert "Not those of INC-1" in told


async def test_doctor_leaves_to_another_release_what_that_has_written(
    kept: World, given: GivenSettings
) -> None:
    for title in ("Of another shape", "With a fact of tomorrow", "Ours"):
        await kept.declare(title)
    async with kept.database.writing() as session:
        await session.exec(update(StreamRow).where(col(StreamRow.number) == 1).values(state={"shape": 99}))
        await session.exec(update(EntryRow).where(col(EntryRow.stream_id) == 2).values(kind="Merged"))
    _, told = await _examine(given)
    assert (
        "the histories of 1 incidents (all open ones, and the last 100 that are over) lead to their" in told
    )
    assert "; 2 were written by another release" in told
    assert "Not those of" not in told


async def test_doctor_reads_every_history_where_it_is_asked_to(kept: World, given: GivenSettings) -> None:
    for turn in range(doctor.CLOSED + 2):
        await kept.change((await kept.declare(f"Number {turn}")).number, rules.resolve)
    async with kept.database.writing() as session:
        await session.exec(
            update(StreamRow).where(col(StreamRow.number) == 1).values(state={"title": "damaged"})
        )
    _, told = await _examine(given)
    assert f"the histories of {doctor.CLOSED} incidents (all" in told
    assert "Not those of" not in told
    lines: list[str] = []
    assert not await doctor.check(given, lines.append, every=True)
    assert f"the histories of {doctor.CLOSED + 1} incidents lead to their states" in "\n".join(lines)
    assert "Not those of INC-1:" in "\n".join(lines)


async def test_practice_prints_its_address_and_database_and_ends_when_told(tmp_path: Path) -> None:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "run", "--port", "0"),
        cwd=tmp_path,
        env={**os.environ, **CLEAN, "DATABASE_URL": "sqlite:///mine.db"},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    assert process.stdout
    assert process.stderr
    async with asyncio.timeout(30):
        printed = ""
        while "Ctrl-C" not in printed:
            printed += (await process.stdout.readline()).decode()
        address = next(word for word in printed.split() if word.startswith("http://127.0.0.1:"))
        async with aiohttp.ClientSession() as session, session.get(address) as page:
            assert page.status == 200
        process.send_signal(signal.SIGTERM)
        assert await process.wait() == 0
    assert "PRACTICE" in (await process.stderr.read()).decode()
    assert str(tmp_path / "practice-0.db") in printed
    assert not (tmp_path / "mine.db").exists()


async def test_each_practice_begins_anew(tmp_path: Path) -> None:
    for _ in range(2):
        async with workspace(0, tmp_path / "p.db") as (sandbox, _app), Driver(sandbox.control_url) as driver:
            await driver.user("alice").command("general", "/incident", "declare sev1 Down")
            await driver.user("alice").until(
                lambda seen: any(c["name"] == "inc-1-down" for c in seen["channels"])
            )


async def test_a_taken_port_is_told() -> None:
    async with _slack() as sandbox:
        port = sandbox.page_url.rsplit(":", 1)[1].strip("/")
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "practice", "--port", port), stderr=asyncio.subprocess.PIPE
        )
        _, told = await process.communicate()
    assert process.returncode == 2
    assert f"port {port} is taken" in told.decode()


async def _until_listening(*words: str) -> tuple[asyncio.subprocess.Process, str]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "sandbox", *words), stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout
    async with asyncio.timeout(30):
        return process, (await process.stdout.readline()).decode()


async def test_the_sandbox_alone_begins_with_one_object_that_is_enough_for_an_app(tmp_path: Path) -> None:
    people = tmp_path / "workspace.yml"
    people.write_text("users: [{name: zoe}]\nchannels: [{name: ops, members: [zoe]}]\n")
    process, first = await _until_listening("--port", "0", "--json", "--workspace", str(people))
    told = json.loads(first)
    assert set(told["users"]) == {"zoe"}
    headers = {"Authorization": f"Bearer {told['bot_token']}"}
    async with aiohttp.ClientSession(headers=headers) as session:
        async with session.post(told["base_url"] + "auth.test") as answer:
            assert (await answer.json())["user_id"] == told["bot_user_id"]
        async with session.get(
            told["control_url"] + "see", params={"user": "zoe", "channel": "ops"}
        ) as answer:
            assert (await answer.json())["channel"]["id"] == told["channels"]["ops"]
    process.send_signal(signal.SIGTERM)
    assert await process.wait() == 0


@pytest.mark.parametrize(
    ("option", "content", "told"),
    [
        ("--manifest", "a: [", "is no YAML"),
        ("--manifest", "just text", "is no app manifest"),
        ("--workspace", "users: 7", "users"),
    ],
)
def test_a_broken_file_for_the_sandbox_is_told(tmp_path: Path, option: str, content: str, told: str) -> None:
    file = tmp_path / "file.yml"
    file.write_text(content)
    status, output = _run("sandbox", "--port", "0", option, str(file))
    assert (status, told in output) == (2, True)
    status, output = _run("sandbox", "--port", "0", option, str(tmp_path / "missing.yml"))
    assert (status, "missing.yml" in output) == (2, True)


async def test_a_command_that_reads_every_history_may_take_its_time(tmp_path: Path) -> None:
    given = GivenSettings.model_validate({"database_url": f"sqlite:///{tmp_path / 'warroom.db'}"})
    async with stored.opened(given) as database:
        assert database.patience > 60
