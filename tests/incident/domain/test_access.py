"""Who may see an incident: one check, used everywhere."""

import pytest

from bot.incident.domain.access import Viewer, may_see
from tests.incident.domain.situations import ALICE, BOB, CAROL, declared

PUBLIC, PRIVATE = declared(commander=BOB), declared(commander=BOB, private=True)


def test_every_member_may_see_a_public_incident() -> None:
    for in_room in (None, True, False):
        assert may_see(PUBLIC, Viewer(CAROL, in_room))


@pytest.mark.parametrize("person", [ALICE, BOB, CAROL])
def test_only_members_of_its_room_may_see_a_private_incident(person: str) -> None:
    assert may_see(PRIVATE, Viewer(person, in_room=True))
    assert not may_see(PRIVATE, Viewer(person, in_room=False))


def test_while_the_room_members_are_unknown_participants_may_see_a_private_incident() -> None:
    assert [may_see(PRIVATE, Viewer(person)) for person in (ALICE, BOB, CAROL)] == [True, True, False]


def test_for_a_guest_every_incident_is_like_a_private_one() -> None:
    assert may_see(PUBLIC, Viewer(CAROL, in_room=True, is_guest=True))
    assert not may_see(PUBLIC, Viewer(CAROL, in_room=False, is_guest=True))
    assert not may_see(PUBLIC, Viewer(BOB, in_room=False, is_guest=True))
    assert not may_see(PUBLIC, Viewer(CAROL, is_guest=True))
    assert may_see(PUBLIC, Viewer(ALICE, is_guest=True))
