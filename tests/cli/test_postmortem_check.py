"""`warroom postmortem --check`: of an incident, and of a file."""

import asyncio
from pathlib import Path

from bot import policy_file
from bot.cli import stored
from bot.config import GivenSettings
from bot.engine.store.database import Database
from bot.incident.domain import rules
from tests.cli.command import run
from tests.conftest import StillClock
from tests.engine.world import World


def test_a_file_is_checked_line_by_line(tmp_path: Path) -> None:
    file = tmp_path / "review.md"
    file.write_text("# Review\n\nIt rained.\n\nBob forgot it. The health check failed.\n", encoding="utf-8")
    status, told = run("postmortem", "--check", str(file))
    assert (status, told.count("\n")) == (1, 1)
    assert told.startswith(f"{file}:5: omission: “forgot”: ")


def test_a_file_in_which_nothing_is_found_ends_with_status_0_and_says_so(tmp_path: Path) -> None:
    file = tmp_path / "review.md"
    file.write_text("The health check failed.\n", encoding="utf-8")
    told = f"Nothing in {file} judges a person or hides the system, as far as rules can tell.\n"
    assert run("postmortem", str(file), "--check") == (0, told)


def test_a_file_that_cannot_be_read_is_said_in_one_sentence(tmp_path: Path) -> None:
    missing, latin = tmp_path / "missing.md", tmp_path / "latin.md"
    latin.write_bytes(b"\xe4\xf6\xfc")
    for file, why in (
        (missing, "No such file or directory"),
        (tmp_path, "Is a directory"),
        (latin, "it is no text in UTF-8"),
    ):
        status, told = run("postmortem", "--check", str(file))
        assert (status, f"Cannot read {file}: {why}." in told) == (2, True), told


def test_a_reference_that_does_not_exist_is_told_as_without_check(tmp_path: Path) -> None:
    (tmp_path / "w.db").touch()
    status, told = run("postmortem", "INC-9", "--check", DATABASE_URL=f"sqlite:///{tmp_path}/w.db")
    assert (status, "There is no INC-9 in this database" in told) == (2, True)


async def test_the_draft_of_an_incident_is_checked_and_ends_with_the_list_unless_the_policy_says_no(
    database: Database, policy: object, clock: StillClock, tmp_path: Path
) -> None:
    world = World(database, policy, clock)  # type: ignore[arg-type]  # the fixture is typed in conftest
    await world.declare("Payments", by="UANNA")
    await world.change(1, rules.note, "<@UANNA> should have tested it")
    await world.deliver()
    url = database.url.render_as_string(hide_password=False)
    status, told = await asyncio.to_thread(lambda: run("postmortem", "inc-1", "--check", DATABASE_URL=url))
    assert (status, "should have: “should have tested”" in told) == (1, True)
    assert told.startswith("inc-1:")
    plain = GivenSettings(database_url=url)
    draft = await stored.postmortem(plain, 1)
    assert draft is not None
    assert "## Before you publish" in draft
    quiet = tmp_path / "policy.yml"
    await asyncio.to_thread(
        quiet.write_text, policy_file.DEFAULT.read_text().replace("  # check: no", "  check: no")
    )
    draft = await stored.postmortem(GivenSettings(database_url=url, policy_file=quiet), 1)
    assert draft is not None
    assert "Before you publish" not in draft
