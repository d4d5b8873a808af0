"""The clock by which people's acts are stamped: this machine's, unless it is far from what the replicas agree on."""

from datetime import timedelta

import pytest

from bot.core.clock import TOLERATED, AgreedClock
from tests.conftest import NOON, StillClock


@pytest.mark.parametrize("off", [timedelta(minutes=20), timedelta(hours=-1)])
def test_a_clock_that_is_far_off_is_put_right_and_goes_on(off: timedelta) -> None:
    own = StillClock(NOON + off)
    agreed = AgreedClock(own)
    assert agreed() == NOON + off  # nobody has told it better yet
    agreed.heard(NOON)
    assert agreed() == NOON
    own.forward(seconds=5)
    assert agreed() == NOON + timedelta(seconds=5)


def test_what_an_answer_takes_on_its_way_puts_nothing_right() -> None:
    own = StillClock()
    agreed = AgreedClock(own)
    agreed.heard(NOON - TOLERATED)
    assert agreed() == NOON


def test_a_clock_that_was_set_right_is_believed_again() -> None:
    own = StillClock(NOON + timedelta(hours=1))
    agreed = AgreedClock(own)
    agreed.heard(NOON)
    own.time = NOON
    agreed.heard(NOON)
    assert agreed() == NOON
