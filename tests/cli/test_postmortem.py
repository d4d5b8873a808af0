"""`warroom postmortem`, and other commands that read the database."""

import asyncio
import json
from functools import partial
from pathlib import Path

import pytest

from bot.cli import stored
from bot.config import GivenSettings
from bot.engine.store.database import Database
from bot.incident.domain import rules
from bot.incident.domain.publication.form import PostmortemForm
from tests.cli.command import run
from tests.conftest import StillClock
from tests.engine.world import World


def test_an_unusable_database_is_reported(tmp_path: Path) -> None:
    status, told = run("postmortem", "INC-1", DATABASE_URL=f"sqlite:///{tmp_path}/missing/w.db")
    assert (status, "no folder" in told) == (2, True)


def test_a_postmortem_is_requested_by_the_incidents_reference(tmp_path: Path) -> None:
    (tmp_path / "w.db").touch()
    database = f"sqlite:///{tmp_path}/w.db"
    assert run("postmortem", "checkout", DATABASE_URL=database)[0] == 2
    status, told = run("postmortem", "INC-9", DATABASE_URL=database)
    assert (status, "There is no INC-9 in this database" in told) == (1, True)
    assert run("outbox", "retry", DATABASE_URL=database) == (0, "Nothing was refused.\n")


async def test_the_postmortem_needs_no_slack(database: Database, policy: object, clock: StillClock) -> None:
    world = World(database, policy, clock)  # type: ignore[arg-type]  # the fixture is typed in conftest
    await world.declare("Payments <!channel> & more", by="UANNA")
    await world.deliver()
    plain = GivenSettings(database_url=database.url.render_as_string(hide_password=False))
    written = await stored.postmortem(plain, 1)
    assert written is not None
    draft = written.decode()
    assert "# INC-1: Payments @channel & more" in draft
    assert "Uanna" in draft


@pytest.mark.parametrize("form", PostmortemForm)
async def test_each_form_of_a_postmortem_is_printed_or_written(
    database: Database, policy: object, clock: StillClock, tmp_path: Path, form: PostmortemForm
) -> None:
    world = World(database, policy, clock)  # type: ignore[arg-type]  # as above
    await world.declare("Payments", by="UANNA")
    await world.deliver()
    say = partial(run, DATABASE_URL=database.url.render_as_string(hide_password=False))
    out = tmp_path / f"postmortem.{form}"
    words = ("postmortem", "INC-1", "--out", str(out))
    assert await asyncio.to_thread(say, *words) == (0, f"{out} is written.\n")
    begins = {
        "md": b"# INC-1: Payments",
        "html": b"<!doctype html>",
        "json": b'{\n  "schema"',
        "png": b"\x89PNG",
    }
    assert out.read_bytes().startswith(begins[form])
    status, told = await asyncio.to_thread(say, *words)
    assert (status, f"{out} exists already: name another file with --out, or add --force" in told) == (
        2,
        True,
    )
    assert await asyncio.to_thread(say, *words, "--force") == (0, f"{out} is written.\n")
    assert await asyncio.to_thread(say, *words[:2], "--out", str(tmp_path / "no" / "x.md")) == (
        1,
        f"Cannot write {tmp_path}/no/x.md: No such file or directory.\n",
    )
    if form is PostmortemForm.JSON:
        status, told = await asyncio.to_thread(say, *words[:2], "--format", form, "--redact")
        found = json.loads(told)
        assert (status, found["redacted"], found["declared_by"]) == (0, True, "Responder A")
        assert "Uanna" not in told


def test_a_form_that_does_not_exist_and_an_incident_that_does_not_are_said_so(tmp_path: Path) -> None:
    (tmp_path / "w.db").touch()
    database = f"sqlite:///{tmp_path}/w.db"
    assert run("postmortem", "INC-9", "--format", "pdf", DATABASE_URL=database)[0] == 2
    status, told = run("postmortem", "INC-9", "--out", str(tmp_path / "x.html"), DATABASE_URL=database)
    assert (status, "There is no INC-9 in this database" in told) == (1, True)
    assert not (tmp_path / "x.html").exists()


def test_a_timeline_is_requested_like_a_postmortem(tmp_path: Path) -> None:
    (tmp_path / "w.db").touch()
    database = f"sqlite:///{tmp_path}/w.db"
    assert run("timeline", "checkout", DATABASE_URL=database)[0] == 2
    assert run("timeline", "INC-9", "--format", "xlsx", DATABASE_URL=database)[0] == 2
    status, told = run("timeline", "INC-9", "--format", "csv", DATABASE_URL=database)
    assert (status, "There is no INC-9 in this database" in told) == (1, True)


async def test_a_timeline_is_printed_or_written_to_a_file(
    database: Database, policy: object, clock: StillClock, tmp_path: Path
) -> None:
    world = World(database, policy, clock)  # type: ignore[arg-type]  # as above
    await world.declare("Payments", by="UANNA")
    await world.change(1, rules.note, "=1+1")
    await world.deliver()
    url = database.url.render_as_string(hide_password=False)
    out = tmp_path / "timeline.csv"
    status, told = await asyncio.to_thread(run, "timeline", "inc-1", DATABASE_URL=url)
    assert (status, "(#2) =1+1 (noted by Uanna)" in told) == (0, True)
    words = ("timeline", "INC-1", "--format", "csv", "--out", str(out))
    assert await asyncio.to_thread(partial(run, DATABASE_URL=url), *words) == (0, f"{out} is written.\n")
    assert "Noted,Uanna,Uanna,'=1+1,,False\r\n" in out.read_bytes().decode()
    nowhere = ("timeline", "INC-1", "--out", str(tmp_path))
    status, told = await asyncio.to_thread(partial(run, DATABASE_URL=url), *nowhere)
    assert (status, f"Cannot write {tmp_path}: Is a directory." in told) == (1, True)


async def test_a_command_that_reads_every_history_has_a_long_time_limit(tmp_path: Path) -> None:
    given = GivenSettings.model_validate({"database_url": f"sqlite:///{tmp_path / 'warroom.db'}"})
    (tmp_path / "warroom.db").touch()
    async with stored.opened(given) as database:
        assert database.timeout > 60
