"""Who may see an incident: one check, whatever shows it."""

import pytest

from bot.incident.domain.access import Viewer, may_see
from tests.incident.domain.situations import ALICE, BOB, CAROL, declared

PUBLIC, PRIVATE = declared(commander=BOB), declared(commander=BOB, private=True)


def test_a_public_one_is_for_every_member_wherever_they_are() -> None:
    for in_room in (None, True, False):
        assert may_see(PUBLIC, Viewer(CAROL, in_room))


@pytest.mark.parametrize("person", [ALICE, BOB, CAROL])
def test_the_membership_of_its_room_decides_about_a_private_one_whoever_it_is(person: str) -> None:
    assert may_see(PRIVATE, Viewer(person, in_room=True))
    assert not may_see(PRIVATE, Viewer(person, in_room=False))


def test_while_nobody_knows_who_is_in_the_room_a_private_one_is_its_own_peoples() -> None:
    assert [may_see(PRIVATE, Viewer(person)) for person in (ALICE, BOB, CAROL)] == [True, True, False]


def test_to_a_guest_every_one_is_like_a_private_one() -> None:
    assert may_see(PUBLIC, Viewer(CAROL, in_room=True, is_guest=True))
    assert not may_see(PUBLIC, Viewer(CAROL, in_room=False, is_guest=True))
    assert not may_see(PUBLIC, Viewer(BOB, in_room=False, is_guest=True))
    assert not may_see(PUBLIC, Viewer(CAROL, is_guest=True))
    assert may_see(PUBLIC, Viewer(ALICE, is_guest=True))
