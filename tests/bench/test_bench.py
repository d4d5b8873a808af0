"""Every benchmark still runs and reports what it promises; at these sizes, its figures mean nothing."""

import importlib
import json
import math
import os
from pathlib import Path

import pytest

from tests import databases
from tests.bench.__main__ import NAMES
from tests.bench.given import Given
from tests.bench.machine import Moment
from tests.bench.percentiles import p50, p99
from tests.bench.report import Report, Target
from tests.bench.wire import Exchange, longest_chain

PROMISED = {
    "declare": "ack_ms_p50 ack_over_floor card_rtt_p50 done_rtt_p50 chain calls",
    "burst": "ack_ms_p99 ack_p99_over_floor done_s lost",
    "crowd": "refused lost twice",
    "scale": "worst_growth",
    "open": "list_ms_p99 home_ms_p99 tick_ms_p99",
    "events": "per_s ack_ms_p99 cpu_over_floor",
    "limits": "done lost other_room_s",
    "draft": "seconds",
    "page": "page_s page_kb over_floor lost",
    "start": "ready_s ready_over_floor rss_mb rss_mb_10k",
    "reminders": "claim_s claim_over_floor loop_held_ms lost twice",
    "metrics": "metrics_s compared_s loop_held_ms",
    "review": "review_s page_kb loop_held_ms",
}


def test_every_benchmark_has_its_promised_keys() -> None:
    assert set(PROMISED) == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
async def test_a_benchmark_reports_its_promised_keys(
    name: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    kinds = databases.chosen(request.config)
    server = request.getfixturevalue("postgres") if "postgresql" in kinds else ""
    given = Given(
        folder=tmp_path, rtt=0.01, small=True, databases=kinds, postgres=server, say=lambda _line: None
    )
    report: Report = await importlib.import_module(f"tests.bench.{name}").measure(given)
    told = json.loads(json.dumps(report.as_json()))
    for key in PROMISED[name].split():
        assert isinstance(told[key], int | float), key
        assert math.isfinite(told[key])
        assert told[key] >= 0
    assert set(told["bars"]) <= set(told)
    assert told["machine"]["cores"] > 0
    assert report.wrong == 0
    assert any(name in line for line in report.lines())


def test_percentiles_are_measured_values() -> None:
    values = [float(value) for value in range(100, 0, -1)]
    assert (p50(values), p99(values)) == (50.0, 99.0)
    assert (p50([7.0]), p99([7.0]), p99([])) == (7.0, 7.0, 0.0)


def test_a_target_is_missed_by_a_figure_beyond_it_and_by_a_missing_figure() -> None:
    at_most, at_least = Target("ms", 10), Target("per_s", 10, at_least=True)
    assert at_most.is_met({"ms": 10})
    assert not at_most.is_met({"ms": 10.1})
    assert not at_most.is_met({})
    assert at_least.is_met({"per_s": 10})
    assert not at_least.is_met({"per_s": 9.9})


def test_the_share_of_others_is_a_share_of_all_cores() -> None:
    before, cores = Moment(wall=0, all_work=0, our_work=0), os.cpu_count() or 1
    assert Moment(wall=10, all_work=8, our_work=8).others_since(before) == 0
    assert Moment(wall=10, all_work=5 * cores + 1, our_work=1).others_since(before) == 0.5


def test_the_longest_chain_has_only_calls_that_follow_one_another() -> None:
    def call(name: str, start: float, end: float) -> Exchange:
        return Exchange("call", name, start, end, {})

    calls = [
        call("slow", 0, 9),
        call("a", 0, 1),
        call("b", 1, 2),
        call("beside b", 1, 2.1),
        call("c", 2.05, 3),
    ]
    assert [each.name for each in longest_chain(calls)] == ["a", "b", "c"]
