"""Lengths of time as people write them in a file: `15 min`, `2 h`, `1 day`."""

import re
from datetime import timedelta
from typing import Annotated, Any

from pydantic import BeforeValidator

LONGEST = timedelta(days=365)

_UNITS = {"s": 1, "min": 60, "h": 3600, "day": 86400, "days": 86400}
_LENGTH = re.compile(rf"\s*(\d+)\s*({'|'.join(_UNITS)})\s*")


def _length(value: Any) -> timedelta:
    match = _LENGTH.fullmatch(value) if isinstance(value, str) else None
    if match is None or int(match[1]) == 0:
        raise ValueError(f"{value!r} is not a length of time: write `15 min`, `2 h` or `1 day`")
    if int(match[1]) * _UNITS[match[2]] > LONGEST.total_seconds():
        raise ValueError(f"{value!r} is too long: at most {LONGEST.days} days")
    return timedelta(seconds=int(match[1]) * _UNITS[match[2]])


Duration = Annotated[timedelta, BeforeValidator(_length)]
