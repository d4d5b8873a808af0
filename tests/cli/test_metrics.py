"""`warroom metrics`."""

import asyncio
import json
from pathlib import Path

import pytest

from bot.cli import figures, stored
from bot.cli.forms import FigureFormat
from bot.config import GivenSettings
from bot.core.decision import Refused
from bot.engine.store.database import Database
from bot.engine.store.tables import StreamRow
from tests.cli.command import run
from tests.conftest import StillClock
from tests.engine.world import World


@pytest.fixture
async def given(database: Database, policy: object, clock: StillClock) -> GivenSettings:
    """One incident, and a private one."""
    world = World(database, policy, clock)  # type: ignore[arg-type]  # the fixture is typed in conftest
    await world.declare("Payments", by="UANNA")
    await world.declare("Secret", by="UANNA", private=True)
    return GivenSettings(database_url=database.url.render_as_string(hide_password=False))


async def test_every_format_leaves_private_incidents_out_unless_they_are_asked_for(
    given: GivenSettings,
) -> None:
    for form, told in (
        (FigureFormat.TEXT, "1 incident declared from"),
        (FigureFormat.HTML, "<svg"),
        (FigureFormat.CSV, "INC-1"),
        (FigureFormat.JSON, '"private_left_out": true'),
    ):
        made = await figures.figures(given, "9y", form, private=False)
        assert isinstance(made, str)
        assert told in made
        assert "Secret" not in made
        assert "INC-2" not in made
    everything = await figures.figures(given, "9y", FigureFormat.JSON, private=True)
    assert isinstance(everything, str)
    assert json.loads(everything)["spans"][0]["private"] == 1


async def test_a_bad_span_is_refused(given: GivenSettings) -> None:
    assert isinstance(await figures.figures(given, "lately", FigureFormat.TEXT, private=False), Refused)


async def test_with_several_workspaces_one_must_be_named(given: GivenSettings, database: Database) -> None:
    async with database.writing() as session:
        session.add(StreamRow(team_id="T2", number=1, version=1, rank=1, private=False, state={}))
    with pytest.raises(stored.WhichWorkspaceError, match="--team T1"):
        await figures.figures(given, "", FigureFormat.TEXT, private=False)
    made = await figures.figures(given, "9y", FigureFormat.TEXT, "T1", private=False)
    assert "1 incident declared from" in str(made)


async def test_it_is_printed_or_written_to_a_file(given: GivenSettings, tmp_path: Path) -> None:
    url, out = given.database_url, tmp_path / "figures.html"
    assert "Time to resolve" in (await asyncio.to_thread(run, "metrics", "9y", DATABASE_URL=url))[1]
    written = await asyncio.to_thread(
        run, "metrics", "9y", "sev2", "--format", "html", "--out", str(out), DATABASE_URL=url
    )
    assert written == (0, f"{out} is written.\n")
    assert "<!doctype html>" in out.read_text(encoding="utf-8")
    refused = await asyncio.to_thread(run, "metrics", "lately", DATABASE_URL=url)
    assert refused[0] == 2
    assert "“lately” is no span of time. Write for example 90d," in refused[1]
    nowhere = str(tmp_path / "missing" / "f.csv")
    failed = await asyncio.to_thread(run, "metrics", "--out", nowhere, DATABASE_URL=url)
    assert (failed[0], "Cannot write" in failed[1]) == (1, True)
