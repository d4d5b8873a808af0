"""The load on people: command, nights, rest, and how unevenly it is spread."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.incident.domain.vocabulary import Role
from bot.incident.domain.work import Deed, Duty, Work
from bot.review.domain.load import Load, PersonLoad, load

ALICE, BOB, CAROL = "UALICE", "UBOB", "UCAROL"
MIDNIGHT = datetime(2026, 11, 10, tzinfo=UTC)


def deed(person: str, hour: float, number: int = 1) -> Deed:
    """Something that was done so many hours after midnight UTC."""
    return Deed(number, person, MIDNIGHT + timedelta(hours=hour))


def of(
    *deeds: Deed, duties: tuple[Duty, ...] = (), zones: dict[str, str] | None = None, zone: str = ""
) -> Load:
    return load(Work(deeds, duties, zones or {}), zone)


def test_command_and_roles_are_counted_by_incident() -> None:
    found = of(
        deed(ALICE, 12),
        duties=(
            Duty(1, ALICE, Role.COMMANDER),
            Duty(1, ALICE, Role.COMMANDER),
            Duty(2, ALICE, Role.SCRIBE),
            Duty(2, BOB, Role.COMMANDER),
        ),
    )
    assert (found.of(ALICE).commanded, found.of(ALICE).roles, found.of(ALICE).incidents) == (1, 2, 1)
    assert (found.of(BOB).commanded, found.of(BOB).incidents, found.of(BOB).last_at) == (1, 0, None)
    assert found.of(CAROL) == PersonLoad(CAROL)
    assert found.gini_commanded == pytest.approx(0)


@pytest.mark.parametrize(
    ("hours", "nights", "in_a_row"),
    [
        ((12,), 0, 0),
        ((22,), 1, 1),
        ((21.9, 7), 0, 0),
        ((23, 26, 30.9), 1, 1),
        ((3, 23), 2, 2),
        ((23, 47, 71), 3, 3),
        ((23, 71, 95), 3, 2),
    ],
)
def test_nights_are_counted_by_the_evening_on_which_they_began(
    hours: tuple[float, ...], nights: int, in_a_row: int
) -> None:
    found = of(*(deed(ALICE, hour) for hour in hours)).of(ALICE)
    assert (found.nights, found.nights_in_a_row) == (nights, in_a_row)


def test_a_night_is_one_where_the_person_is() -> None:
    late = deed(ALICE, 3)
    assert of(late, zones={ALICE: "Asia/Tokyo"}).of(ALICE).nights == 0
    assert of(late, zones={ALICE: "Nowhere/Land"}).of(ALICE).nights == 1
    assert of(late, zone="Asia/Tokyo").of(ALICE).nights == 0


def test_less_than_eleven_hours_between_two_incidents_is_a_short_rest() -> None:
    assert of(deed(ALICE, 10), deed(ALICE, 20.9, number=2)).of(ALICE).short_rests == 1
    assert of(deed(ALICE, 10), deed(ALICE, 21, number=2)).of(ALICE).short_rests == 0
    assert of(deed(ALICE, 10), deed(ALICE, 12)).of(ALICE).short_rests == 0


def test_whoever_has_had_eleven_hours_is_rested() -> None:
    found = of(deed(ALICE, 10)).of(ALICE)
    assert not found.is_rested(MIDNIGHT + timedelta(hours=20))
    assert found.is_rested(MIDNIGHT + timedelta(hours=21))
    assert PersonLoad(BOB).is_rested(MIDNIGHT)


def test_it_tells_how_unevenly_command_and_nights_are_spread() -> None:
    found = of(
        deed(ALICE, 23),
        deed(BOB, 12),
        duties=(Duty(1, ALICE, Role.COMMANDER), Duty(2, ALICE, Role.COMMANDER)),
    )
    assert [each.person for each in found.people] == [ALICE, BOB]
    assert found.gini_commanded == pytest.approx(0.5)
    assert found.gini_nights == pytest.approx(0.5)
    assert of().gini_nights is None
