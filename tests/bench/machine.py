"""The machine that the figures were measured on."""

import os
import platform
import sqlite3
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Self


def machine(**more: str) -> dict[str, str | int]:
    """Cores, processor, Python and SQLite. `more` adds what only some benchmarks use, such as PostgreSQL's version."""
    return {
        "cores": os.cpu_count() or 0,
        "cpu": _cpu(),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        **more,
    }


@dataclass(frozen=True, slots=True)
class Moment:
    """How much the processors have worked until a moment, in seconds: in total, and for us and our children."""

    wall: float
    all_work: float
    our_work: float

    @classmethod
    def now(cls) -> Self:
        """This moment. Children that still run are not counted."""
        ours = os.times()
        return cls(time.perf_counter(), _all_work(), sum(ours[:4]))

    def others_since(self, earlier: Self) -> float:
        """The share of the machine (0 to 1) that others have used since then: they slow down what is measured."""
        span = (self.wall - earlier.wall) * (os.cpu_count() or 1)
        work = (self.all_work - earlier.all_work) - (self.our_work - earlier.our_work)
        return min(max(work / span, 0.0), 1.0)


def cpu_s(pid: int) -> float:
    """The processor time of a process until now, all its threads together, in seconds: see proc(5)."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    user, system = fields[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def _all_work() -> float:
    """The work of all processes (Linux; elsewhere 0), see proc(5): user, nice, system, idle, iowait, irq, …."""
    try:
        figures = Path("/proc/stat").read_text(encoding="ascii").split("\n", 1)[0].split()[1:]
    except OSError:
        return 0.0
    ticks = [int(figure) for figure in figures[:8]]
    return (sum(ticks) - ticks[3] - ticks[4]) / os.sysconf("SC_CLK_TCK")


def _cpu() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")
