"""Lengths of time, as people write them."""

from datetime import timedelta

import pytest
from pydantic import TypeAdapter, ValidationError

from bot.core.durations import Duration

LENGTH: TypeAdapter[timedelta] = TypeAdapter(Duration)


@pytest.mark.parametrize(
    ("written", "length"),
    [
        ("30 s", timedelta(seconds=30)),
        ("15 min", timedelta(minutes=15)),
        ("2h", timedelta(hours=2)),
        ("1 day", timedelta(days=1)),
        (" 365 days ", timedelta(days=365)),
    ],
)
def test_a_length_is_a_number_and_a_unit(written: str, length: timedelta) -> None:
    assert LENGTH.validate_python(written) == length


@pytest.mark.parametrize("written", ["0 min", "15", "min", "-5 min", "1.5 h", "2 weeks", 15, None])
def test_anything_else_is_refused_with_an_example(written: object) -> None:
    with pytest.raises(ValidationError, match="15 min"):
        LENGTH.validate_python(written)


def test_a_length_is_at_most_one_year() -> None:
    with pytest.raises(ValidationError, match="too long: at most 365 days"):
        LENGTH.validate_python("366 days")
