"""Killed anywhere, the bot brings Slack to the very state of an undisturbed run: each thing there, and once."""

import os
import random
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.chaos.scenario import play
from tests.chaos.ward import Point, ward

RUNS, KILLS = 10, 3  # runs of the short form, and how often the bot is killed in each
NIGHTLY = int(os.environ.get("WARROOM_KILLS", "100"))
SURE = (
    0.8  # of the calls and commits of an undisturbed run every run has at least so many: some edits are saved
)
CALLS, COMMITS, STATEMENTS = 7, 12, 8  # what each of several lives has at least; a start has more statements


@dataclass
class Calm:
    """An undisturbed run: what Slack shows at its end, and what it took."""

    shown: dict[str, Any] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)


def _some(seed: int) -> list[Point]:
    """Where each of several bots of one run is killed."""
    dice = random.Random(seed)  # noqa: S311  # repeatable
    reach = {"call": CALLS, "commit": COMMITS, "start": STATEMENTS}
    points = []
    for _ in range(KILLS):
        what = dice.choice(list(reach))
        points.append(Point(what, dice.choice(("before", "after")), dice.randint(1, reach[what])))  # type: ignore[arg-type]  # the keys are kinds
    return points


def _single() -> list[tuple[str, str, float]]:
    """Points of the nightly form: kind, when, and how far into the run."""
    steps = {"call": 24, "commit": 60, "start": 40}
    points: list[tuple[str, str, float]] = [
        (what, when, place / count)
        for what, count in steps.items()
        for place in range(count)
        for when in ("before", "after")
    ]
    dice = random.Random(42)  # noqa: S311  # repeatable
    points += [("time", "after", dice.uniform(0.0, 1.5)) for _ in range(max(NIGHTLY - len(points), 10))]
    return points if len(points) <= NIGHTLY else points[:: len(points) // NIGHTLY + 1]


@pytest.fixture(scope="module")
def calm() -> Calm:
    """Filled by the first test of the module."""
    return Calm()


async def _undisturbed(calm: Calm, folder: Path, hatchery: str) -> Calm:
    if not calm.shown:
        (folder / "calm").mkdir()
        async with ward(folder / "calm", hatchery, []) as made:
            calm.shown = await play(made)
            calm.counts = {"call": made.calls, "commit": made.commits, "start": 30}
            assert made.kills == 0
    return calm


async def _ends_as_ever(calm: Calm, folder: Path, hatchery: str, points: list[Point]) -> None:
    async with ward(folder, hatchery, points) as made:
        shown = await play(made)
        killed = made.kills
    assert shown == calm.shown
    assert shown["rooms"] == ["inc-1-down"]
    assert len(shown["card"]) == len(shown["announcements"]) == 1
    assert killed == len(points)


@pytest.mark.parametrize("seed", range(RUNS))
async def test_a_bot_that_is_killed_three_times_comes_to_the_same_end(
    seed: int, calm: Calm, tmp_path: Path, hatchery: str
) -> None:
    await _ends_as_ever(await _undisturbed(calm, tmp_path, hatchery), tmp_path, hatchery, _some(seed))


@pytest.mark.chaos
@pytest.mark.parametrize("point", _single(), ids=str)
async def test_a_bot_that_is_killed_comes_to_the_same_end(
    point: tuple[str, str, float], calm: Calm, tmp_path: Path, hatchery: str
) -> None:
    what, when, share = point
    calm = await _undisturbed(calm, tmp_path, hatchery)
    number = share if what == "time" else 1 + int(share * SURE * calm.counts[what])
    await _ends_as_ever(calm, tmp_path, hatchery, [Point(what, when, number)])  # type: ignore[arg-type]  # they are kinds
