"""The clock that stamps people's acts: this machine's, unless it differs much from the time of the replicas."""

from datetime import timedelta

import pytest

from bot.core.clock import TOLERATED, CorrectedClock
from tests.conftest import NOON, StillClock


@pytest.mark.parametrize("off", [timedelta(minutes=20), timedelta(hours=-1)])
def test_a_clock_that_is_far_off_is_corrected_and_continues(off: timedelta) -> None:
    own = StillClock(NOON + off)
    agreed = CorrectedClock(own)
    assert agreed() == NOON + off  # nothing has corrected it yet
    agreed.correct(NOON)
    assert agreed() == NOON
    own.forward(seconds=5)
    assert agreed() == NOON + timedelta(seconds=5)


def test_the_duration_of_an_answer_causes_no_correction() -> None:
    own = StillClock()
    agreed = CorrectedClock(own)
    agreed.correct(NOON - TOLERATED)
    assert agreed() == NOON


def test_a_clock_that_was_set_right_is_trusted_again() -> None:
    own = StillClock(NOON + timedelta(hours=1))
    agreed = CorrectedClock(own)
    agreed.correct(NOON)
    own.time = NOON
    agreed.correct(NOON)
    assert agreed() == NOON
