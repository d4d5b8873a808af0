"""What every handler can rely on."""

from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from bot.core.people import Profile
from tests.incident.commands.factory import STRANGER, press, request
from tests.incident.domain.situations import ALICE


def test_times_are_read_in_the_actors_zone() -> None:
    assert request(actor=ALICE).zone == ZoneInfo("Europe/Berlin")


def test_the_zone_of_an_unknown_person_is_not_guessed() -> None:
    assert request(actor=STRANGER).zone is None


@pytest.mark.parametrize("zone", ["Mars/Olympus", "../etc", ""])
def test_a_zone_that_this_machine_does_not_know_is_not_guessed(zone: str) -> None:
    known = {ALICE: Profile(id=ALICE, name="Alice", zone=zone)}
    assert replace(request(actor=ALICE), people=known).zone is None


def test_a_handler_that_is_called_without_its_incident_says_what_its_author_must_declare() -> None:
    with pytest.raises(LookupError, match="mark its command about=INCIDENT"):
        press("handoff")
