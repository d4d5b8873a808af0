"""Wherever it is killed, the bot brings Slack to the same state as in an uninterrupted run: everything there, once."""

import os
import random
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.chaos.killable import Point, killable
from tests.chaos.scenario import play

RUNS, KILLS = 10, 3  # runs of the short form, and how often the bot is killed in each
NIGHTLY = int(os.environ.get("WARROOM_KILLS", "100"))
SURE = 0.8  # each run has at least this share of the calls and commits of an uninterrupted run: some edits are saved
CALLS, COMMITS, STATEMENTS = 7, 12, 8  # the least that each of several lives has; a start has more statements


@dataclass
class Uninterrupted:
    """An uninterrupted run: what Slack shows at its end, and how many calls and commits it had."""

    shown: dict[str, Any] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)


def _some(seed: int) -> list[Point]:
    """The points at which the bots of one run are killed."""
    rng = random.Random(seed)  # noqa: S311  # repeatable
    reach = {"call": CALLS, "commit": COMMITS, "start": STATEMENTS}
    points = []
    for _ in range(KILLS):
        what = rng.choice(list(reach))
        points.append(Point(what, rng.choice(("before", "after")), rng.randint(1, reach[what])))  # type: ignore[arg-type]  # the keys are kinds
    return points


def _single() -> list[tuple[str, str, float]]:
    """The points of the nightly form: kind, before or after, and how far into the run."""
    steps = {"call": 24, "commit": 60, "start": 40}
    points: list[tuple[str, str, float]] = [
        (what, when, place / count)
        for what, count in steps.items()
        for place in range(count)
        for when in ("before", "after")
    ]
    rng = random.Random(42)  # noqa: S311  # repeatable
    points += [("time", "after", rng.uniform(0.0, 1.5)) for _ in range(max(NIGHTLY - len(points), 10))]
    return points if len(points) <= NIGHTLY else points[:: len(points) // NIGHTLY + 1]


@pytest.fixture(scope="module")
def calm() -> Uninterrupted:
    """Filled by the first test of the module."""
    return Uninterrupted()


async def _undisturbed(calm: Uninterrupted, folder: Path, spawner: str) -> Uninterrupted:
    if not calm.shown:
        (folder / "calm").mkdir()
        async with killable(folder / "calm", spawner, []) as made:
            calm.shown = await play(made)
            calm.counts = {"call": made.calls, "commit": made.commits, "start": 30}
            assert made.kills == 0
    return calm


async def _ends_the_same(calm: Uninterrupted, folder: Path, spawner: str, points: list[Point]) -> None:
    async with killable(folder, spawner, points) as made:
        shown = await play(made)
        killed = made.kills
    assert shown == calm.shown
    assert shown["rooms"] == ["inc-1-down"]
    assert len(shown["card"]) == len(shown["announcements"]) == 1
    assert killed == len(points)


@pytest.mark.parametrize("seed", range(RUNS))
async def test_a_bot_killed_three_times_reaches_the_same_end(
    seed: int, calm: Uninterrupted, tmp_path: Path, spawner: str
) -> None:
    await _ends_the_same(await _undisturbed(calm, tmp_path, spawner), tmp_path, spawner, _some(seed))


@pytest.mark.chaos
@pytest.mark.parametrize("point", _single(), ids=str)
async def test_a_bot_killed_once_reaches_the_same_end(
    point: tuple[str, str, float], calm: Uninterrupted, tmp_path: Path, spawner: str
) -> None:
    what, when, share = point
    calm = await _undisturbed(calm, tmp_path, spawner)
    number = share if what == "time" else 1 + int(share * SURE * calm.counts[what])
    await _ends_the_same(calm, tmp_path, spawner, [Point(what, when, number)])  # type: ignore[arg-type]  # they are kinds
