"""The floors of a draft and of figures: what they are made from, read and parsed with only `sqlite3` and `json`."""

import json
import sqlite3
import time
from contextlib import closing
from datetime import datetime, timedelta

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


def records_s(file: str, count: int) -> float:
    """How many seconds it takes to read the states and timelines of all incidents, and to sort one duration of each.

    Raises:
        AssertionError: there was another number of incidents, so it is not a floor.
    """
    took: list[float] = []
    for _ in range(TIMES):
        with closing(sqlite3.connect(file)) as connection:
            began = time.perf_counter()
            states = [json.loads(state) for (state,) in connection.execute("SELECT state FROM incidents")]
            kept = connection.execute(
                "SELECT incident_id, at, payload FROM timeline ORDER BY incident_id, seq"
            )
            facts = [json.loads(payload) for _, _, payload in kept]
            times = [state["milestones"] for state in states]
            lasted = sorted(
                datetime.fromisoformat(each["resolved"]) - datetime.fromisoformat(each["declared"])
                for each in times
                if "resolved" in each
            )
            took.append(time.perf_counter() - began)
        if len(states) != count or not facts or not lasted:
            raise AssertionError(f"{len(states)} incidents were read, not {count}")
    return p50(took)


def week_s(file: str, count: int) -> float:
    """How many seconds it takes to find the incidents of the last 13 weeks, and to read their states and timelines.

    Raises:
        AssertionError: there was another number of incidents, so it is not a floor.
    """
    took: list[float] = []
    for _ in range(TIMES):
        with closing(sqlite3.connect(file)) as connection:
            began = time.perf_counter()
            latest = connection.execute("SELECT max(at) FROM timeline WHERE seq = 1").fetchone()[0]
            since = (datetime.fromisoformat(latest) - timedelta(weeks=13)).isoformat(" ")
            wanted = "SELECT incident_id FROM timeline WHERE seq = 1 AND at >= ?"
            states = [
                json.loads(state)
                for (state,) in connection.execute(
                    f"SELECT state FROM incidents WHERE id IN ({wanted})",  # noqa: S608  # constants
                    (since,),
                )
            ]
            kept = [
                json.loads(payload)
                for (payload,) in connection.execute(
                    f"SELECT payload FROM timeline WHERE incident_id IN ({wanted})",  # noqa: S608  # constants
                    (since,),
                )
            ]
            took.append(time.perf_counter() - began)
        if not 0 < len(states) <= count or len(kept) < len(states):
            raise AssertionError(f"{len(states)} incidents were read, of {count}")
    return p50(took)
