"""What the figures were measured on."""

import os
import platform
import sqlite3
from pathlib import Path


def machine(**more: str) -> dict[str, str | int]:
    """Cores, processor, Python and SQLite; `more` adds what only some benchmarks use, such as PostgreSQL's version."""
    return {
        "cores": os.cpu_count() or 0,
        "load": f"{os.getloadavg()[0]:.1f}",  # of the last minute: whatever else ran meanwhile slows us down
        "cpu": _cpu(),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        **more,
    }


def _cpu() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")
