"""`warroom doctor`: settings, policy file, templates, Slack, dead effects and histories."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import yaml
from sqlmodel import col, update

from bot.cli import doctor
from bot.cli.findings import pages
from bot.cli.practice import settings
from bot.config import GivenSettings
from bot.core.resources import shipped
from bot.engine.store import leases, outcomes
from bot.engine.store.database import Database
from bot.engine.store.migrate import upgrade
from bot.engine.store.tables import EntryRow, StreamRow
from bot.incident.domain import rules
from bot.incident.domain.incident import SHAPE
from bot.incident.domain.policy import Policy
from bot.incident.domain.vocabulary import Severity
from bot.incident.store import header
from bot.sandbox import Sandbox
from tests.cli.command import examine, run, slack
from tests.conftest import StillClock
from tests.engine.world import TEAM, World


@pytest.mark.parametrize(
    ("variable", "content", "told"),
    [
        ("POLICY_FILE", "severities: {SEV1: {cadence: soon}}", "cadence"),
        ("POLICY_FILE", "a: [", "is no YAML"),
    ],
)
def test_doctor_reports_an_invalid_policy_file(
    tmp_path: Path, variable: str, content: str, told: str
) -> None:
    file = tmp_path / "policy.yml"
    file.write_text(content)
    status, output = run("doctor", **{variable: str(file), "DATABASE_URL": f"sqlite:///{tmp_path}/w.db"})
    assert status == 1
    assert "✗" in output
    assert told in output


def test_doctor_reports_an_invalid_template_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "postmortem.md.j2").write_text("# {{ title }}\n{% if %}\n")
    database = f"sqlite:///{tmp_path}/w.db"
    status, output = run("doctor", TEMPLATES_DIR=str(tmp_path), DATABASE_URL=database)
    assert status == 1
    assert f"{tmp_path}/postmortem.md.j2:2: Expected an expression" in output
    (tmp_path / "postmortem.md.j2").write_text("# {{ titel }}\n")
    assert (
        "postmortem.md.j2:1: 'titel' is undefined: did you mean `title`?"
        in run("doctor", TEMPLATES_DIR=str(tmp_path), DATABASE_URL=database)[1]
    )


async def test_doctor_finds_no_fault_in_a_correct_installation(tmp_path: Path) -> None:
    async with slack() as sandbox:
        healthy, told = await examine(settings(sandbox, tmp_path / "w.db"))
    assert healthy, told
    assert "Slack knows me as warroom in Acme" in told
    assert "incidents are announced in #incidents" in told
    assert "opens Socket Mode connections" in told


@pytest.mark.parametrize(
    ("more", "well", "words"),
    [
        ({}, True, "✓ pages (postmortems, figures) are files in Slack; with PORT and PUBLIC_URL"),
        ({"port": 8080}, True, "✓ pages (postmortems, figures) are files in Slack; with PORT and PUBLIC_URL"),
        ({"public_url": "https://bot.example.com"}, False, "PUBLIC_URL is set, and PORT is not"),
        (
            {"port": 8080, "public_url": "https://bot.example.com"},
            True,
            "✓ pages can be opened by links that I give in Slack, at https://bot.example.com/pages/",
        ),
    ],
)
def test_doctor_says_whether_pages_can_be_opened(more: dict[str, object], well: bool, words: str) -> None:  # noqa: FBT001
    found = pages(GivenSettings.model_validate(more))
    assert words in f"{'✗' if found.remedy else '✓'} {found.what}"
    assert well is not bool(found.remedy)


async def test_doctor_names_missing_scopes(tmp_path: Path) -> None:
    manifest = yaml.safe_load(shipped("manifest.yml").read_text())
    manifest["oauth_config"]["scopes"]["bot"].remove("pins:write")
    sandbox = await Sandbox.start(manifest=manifest)
    healthy, told = await examine(settings(sandbox, tmp_path / "w.db"))
    await sandbox.stop()
    assert not healthy
    assert "Missing: pins:write" in told


async def test_doctor_says_what_is_lost_without_the_scope_for_do_not_disturb(tmp_path: Path) -> None:
    manifest = yaml.safe_load(shipped("manifest.yml").read_text())
    manifest["oauth_config"]["scopes"]["bot"].remove("dnd:read")
    sandbox = await Sandbox.start(manifest=manifest)
    _, told = await examine(settings(sandbox, tmp_path / "w.db"))
    await sandbox.stop()
    assert "Missing: dnd:read" in told
    assert "nobody is told that a commander is in do-not-disturb" in told


async def test_doctor_says_that_slack_refuses_a_token_or_cannot_be_reached(tmp_path: Path) -> None:
    async with slack() as sandbox:
        given = settings(sandbox, tmp_path / "w.db").model_dump() | {"slack_bot_token": "xoxb-wrong"}
        healthy, told = await examine(GivenSettings.model_validate(given))
    assert (healthy, "Slack refuses SLACK_BOT_TOKEN: invalid_auth" in told) == (False, True)
    healthy, told = await examine(GivenSettings.model_validate(given))
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


async def test_doctor_lists_refused_effects_and_histories_that_do_not_lead_to_their_state(
    kept: World, given: GivenSettings
) -> None:
    await kept.declare()
    await kept.change(1, rules.change_severity, Severity.SEV2)
    async with kept.database.writing() as session:
        for row in await leases.claim(session, TEAM, kept.clock(), "x", 1):
            outcomes.died(row, "restricted_action", kept.clock())
        incident = await session.get_one(StreamRow, 1)
        incident.state = {**incident.state, "title": "Something else"}
        session.add(incident)
    healthy, told = await examine(given)
    assert not healthy
    assert "INC-1: I could not open the war room: restricted_action. A workspace setting forbids it" in told
    assert "Fix the cause, then run `warroom outbox retry`" in told
    assert "Not those of INC-1" in told


async def test_doctor_does_not_check_histories_that_another_release_wrote(
    kept: World, given: GivenSettings
) -> None:
    for title in ("Of another shape", "With a fact of tomorrow", "Ours"):
        await kept.declare(title)
    async with kept.database.writing() as session:
        await session.exec(update(StreamRow).where(col(StreamRow.number) == 1).values(state={"shape": 99}))
        tomorrow = {"kind": "Merged", "chain": None}
        await session.exec(update(EntryRow).where(col(EntryRow.stream_id) == 2).values(tomorrow))
        await session.exec(update(StreamRow).where(col(StreamRow.number) == 2).values(head=""))
    _, told = await examine(given)
    assert (
        "the histories of 1 incidents (all open ones, and the last 100 that are over) lead to their" in told
    )
    assert "; 2 were written by another release" in told
    assert "Not those of" not in told


async def test_doctor_leaves_a_state_without_a_shape_to_the_release_that_wrote_it(
    kept: World, given: GivenSettings
) -> None:
    await kept.declare()
    async with kept.database.writing() as session:
        await session.exec(update(StreamRow).values(state={"title": "Down"}))
    _, told = await examine(given)
    assert "; 1 were written by another release" in told


async def test_doctor_reads_every_history_on_request(kept: World, given: GivenSettings) -> None:
    for turn in range(doctor.CLOSED + 2):
        await kept.change((await kept.declare(f"Number {turn}")).number, rules.resolve)
    async with kept.database.writing() as session:
        damaged = {"title": "damaged", "shape": SHAPE}
        await session.exec(update(StreamRow).where(col(StreamRow.number) == 1).values(state=damaged))
    _, told = await examine(given)
    assert f"the histories of {doctor.CLOSED} incidents (all" in told
    assert "Not those of" not in told
    lines: list[str] = []
    assert not await doctor.check(given, lines.append, every=True)
    assert f"the histories of {doctor.CLOSED + 1} incidents lead to their states" in "\n".join(lines)
    assert "Not those of INC-1:" in "\n".join(lines)


@pytest.mark.parametrize(
    "words",
    [
        ("doctor",),
        ("postmortem", "INC-1"),
        ("timeline", "INC-1"),
        ("outbox", "retry"),
        ("outbox", "drop", "1"),
    ],
)
def test_no_command_creates_a_database_that_is_not_there(tmp_path: Path, words: tuple[str, ...]) -> None:
    status, told = run(*words, DATABASE_URL=f"sqlite:///{tmp_path}/w.db")
    assert f"there is no database {tmp_path}/w.db yet: `warroom run` creates it" in told
    assert status == (0 if words == ("doctor",) else 2)
    assert list(tmp_path.iterdir()) == []


async def test_doctor_says_what_a_workspace_does_not_allow_and_what_of_a_canvas_is_not_shown(
    kept: World, given: GivenSettings
) -> None:
    await kept.declare()
    async with kept.database.writing() as session:
        await header.refuse(session, TEAM, header.CANVAS, "missing_scope", kept.clock())
        await header.put(session, TEAM, 1, "canvas:tasks", error="canvas_too_large")
    healthy, told = await examine(given)
    assert not healthy
    assert "war rooms have no canvas: Slack says missing_scope" in told
    assert "reinstall the app with the current manifest.yml. I try again every day." in told
    assert "parts of canvases are not shown: INC-1: canvas:tasks: canvas_too_large" in told
