"""The floor of a draft: its timeline, read and parsed with only `sqlite3` and `json`."""

import json
import sqlite3
import time
from contextlib import closing

from tests.bench.percentiles import p50

TIMES = 5  # the median of this many runs


def timeline_s(file: str, incident_id: int, rows: int) -> float:
    """How many seconds it takes to read the timeline of an incident.

    Raises:
        AssertionError: there was another number of rows, so it is not a floor.
    """
    took: list[float] = []
    for _ in range(TIMES):
        with closing(sqlite3.connect(file)) as connection:
            began = time.perf_counter()
            query = "SELECT seq, kind, payload FROM timeline WHERE incident_id = ? ORDER BY seq"
            found = [json.loads(payload) for _, _, payload in connection.execute(query, (incident_id,))]
            took.append(time.perf_counter() - began)
        if len(found) != rows:
            raise AssertionError(f"{len(found)} rows were read, not {rows}")
    return p50(took)
