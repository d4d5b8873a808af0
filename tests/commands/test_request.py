"""What every handler may rely on."""

from dataclasses import replace

import pytest

from bot.commands.request import Profile
from tests.commands.factory import STRANGER, press, request
from tests.domain.situations import ALICE


def test_times_are_read_in_the_zone_of_whoever_asks() -> None:
    assert request(actor=ALICE).zone.key == "Europe/Berlin"


def test_whoever_is_not_known_yet_is_taken_to_be_in_utc() -> None:
    assert request(actor=STRANGER).zone.key == "UTC"


@pytest.mark.parametrize("zone", ["Mars/Olympus", "../etc", ""])
def test_a_zone_that_this_machine_does_not_know_is_taken_as_utc(zone: str) -> None:
    known = {ALICE: Profile(id=ALICE, name="Alice", zone=zone)}
    assert replace(request(actor=ALICE), people=known).zone.key == "UTC"


def test_a_handler_that_is_called_without_its_incident_says_what_its_author_forgot() -> None:
    with pytest.raises(LookupError, match="mark its word in_room"):
        press("handoff")
