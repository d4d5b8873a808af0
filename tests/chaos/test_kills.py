"""Killed anywhere, the bot brings Slack to the very state of an undisturbed run: each thing there, and once."""

import os
import random
from pathlib import Path
from typing import Any

import pytest

from tests.chaos.scenario import play
from tests.chaos.ward import Point, ward

CALLS, COMMITS = 24, 60  # a few less than an undisturbed run has
NIGHTLY = int(os.environ.get("WARROOM_KILLS", "0"))


def _points() -> list[Point]:
    calls = [Point("call", when, number) for number in range(1, CALLS + 1) for when in ("before", "after")]
    commits = [
        Point("commit", when, number) for number in range(1, COMMITS + 1) for when in ("before", "after")
    ]
    dice = random.Random(42)  # noqa: S311  # repeatable
    times = [Point("time", "after", round(dice.uniform(0.0, 1.5), 3)) for _ in range(max(NIGHTLY - 168, 4))]
    if NIGHTLY:
        return [*calls, *commits, *times]
    return [*calls[::5], *commits[::9], *times[:4]]


@pytest.fixture(scope="module")
def undisturbed() -> dict[str, Any]:
    """Filled by the first test of the module."""
    return {}


async def _undisturbed(known: dict[str, Any], folder: Path) -> dict[str, Any]:
    if not known:
        calm = folder / "calm"
        calm.mkdir()
        async with ward(calm, None) as made:
            known |= await play(made)
            assert made.calls >= CALLS
            assert made.kills == 0
    return known


@pytest.mark.chaos
@pytest.mark.parametrize("point", _points(), ids=str)
async def test_a_bot_that_is_killed_comes_to_the_same_end(
    point: Point, undisturbed: dict[str, Any], tmp_path: Path
) -> None:
    expected = await _undisturbed(undisturbed, tmp_path)
    async with ward(tmp_path, point) as made:
        shown = await play(made)
        killed = made.kills
    assert shown == expected
    assert shown["rooms"] == ["inc-1-down"]
    assert len(shown["card"]) == len(shown["announcements"]) == 1
    assert killed == 1
