"""`python -m tests.bench NAME [--json]`: measure, and compare the figures with their targets."""

import argparse
import asyncio
import importlib
import json
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from tests.bench.given import Given
from tests.bench.machine import Moment
from tests.bench.report import Report

NAMES = (
    "declare",
    "burst",
    "crowd",
    "reminders",
    "start",
    "open",
    "scale",
    "events",
    "limits",
    "draft",
    "metrics",
    "review",
    "page",
)


def main() -> int:
    """Run what the command line names. The exit status is 1 if something was lost or happened twice."""
    wanted = _parser().parse_args()
    one = [(wanted.name, wanted.cold)]
    runs = [*((name, False) for name in NAMES), ("declare", True)] if wanted.name == "all" else one
    reports = [asyncio.run(run(name, wanted, cold=cold)) for name, cold in runs]
    if wanted.json:
        told = [report.as_json() for report in reports]
        print(json.dumps(told[0] if wanted.name != "all" else {"name": "all", "results": told}))  # noqa: T201  # its output
    return int(any(report.wrong for report in reports))


async def run(name: str, wanted: argparse.Namespace, *, cold: bool) -> Report:
    """Run one benchmark in its own folder. `cold`: new connections to Slack cost time."""
    with tempfile.TemporaryDirectory(prefix="warroom-bench-") as folder:
        given = Given(
            folder=Path(folder),
            rtt=wanted.rtt_ms / 1000,
            small=wanted.small,
            cold=cold,
            http=wanted.http,
            databases=(wanted.database,) if wanted.database else ("sqlite", "postgresql"),
            say=lambda line: print(f"… {line}", file=sys.stderr),  # noqa: T201  # its output
        )
        before = Moment.now()
        report: Report = await importlib.import_module(f"tests.bench.{name}").measure(given)
    others = f"{Moment.now().others_since(before):.0%}"
    report = replace(report, versions={**report.versions, "used by others": others})
    print("\n".join(report.lines()), flush=True)  # noqa: T201  # its output
    return report


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("name", choices=[*NAMES, "all"])
    parser.add_argument("--json", action="store_true", help="end with one JSON object")
    parser.add_argument("--rtt-ms", type=float, default=100.0, help="how long each call to Slack takes")
    parser.add_argument("--small", action="store_true", help="tiny sizes, to see that it runs")
    parser.add_argument("--cold", action="store_true", help="declare: connections to Slack are charged for")
    parser.add_argument("--http", action="store_true", help="events: by signed HTTP, not Socket Mode")
    parser.add_argument(
        "--database", choices=["sqlite", "postgresql"], help="reminders, open, metrics, review: only this one"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
