"""`warroom review`."""

import asyncio
import json
from pathlib import Path

import pytest

from bot.cli import review
from bot.cli.forms import BoardFormat
from bot.config import GivenSettings
from bot.core.decision import Refused
from bot.engine.store.database import Database
from bot.incident.domain.policy import Policy
from tests.cli.command import run
from tests.conftest import StillClock
from tests.engine.world import World


@pytest.fixture
async def given(database: Database, policy: Policy, clock: StillClock) -> GivenSettings:
    """One incident, and a private one."""
    world = World(database, policy, clock)
    await world.declare("Payments | fail", by="UANNA")
    await world.declare("Secret", by="UANNA", private=True)
    return GivenSettings(database_url=database.url.render_as_string(hide_password=False))


async def test_every_format_only_counts_private_incidents(given: GivenSettings) -> None:
    for form, told in (
        (BoardFormat.MARKDOWN, "**INC-1** Payments \\| fail"),
        (BoardFormat.HTML, "<svg"),
        (BoardFormat.JSON, '"private": 1'),
    ):
        made = await review.pack(given, "9y", form)
        assert isinstance(made, str)
        assert told in made
        assert "Secret" not in made
        assert "INC-2" not in made
    document = await review.pack(given, "9y", BoardFormat.JSON)
    assert json.loads(str(document))["pack"]["incidents"][0]["title"] == "Payments | fail"


async def test_a_bad_span_is_refused(given: GivenSettings) -> None:
    assert isinstance(await review.pack(given, "lately", BoardFormat.MARKDOWN), Refused)


async def test_it_is_printed_or_written_to_a_file(given: GivenSettings, tmp_path: Path) -> None:
    url, out = given.database_url, tmp_path / "pack.html"
    assert "# Review board 9y" in (await asyncio.to_thread(run, "review", "9y", DATABASE_URL=url))[1]
    words = ("review", "last", "week", "--format", "html", "--out", str(out))
    assert await asyncio.to_thread(run, *words, DATABASE_URL=url) == (0, f"{out} is written.\n")
    assert out.read_text(encoding="utf-8").startswith("<!doctype html>")
    refused = await asyncio.to_thread(run, "review", "lately", DATABASE_URL=url)
    assert refused[0] == 2
    assert "“lately” is no span of time. Write for example 2026-W48" in refused[1]
