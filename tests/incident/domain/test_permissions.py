"""Who may do what."""

import pytest

from bot.incident.domain.incident import Incident
from bot.incident.domain.permissions import (
    FREE,
    OF_INCIDENT,
    RESTRICTABLE,
    Actor,
    Capability,
    Permissions,
    Who,
    may,
    needs_a_look,
)
from bot.incident.domain.vocabulary import Role
from tests.incident.domain.situations import ALICE, BOB, CAROL, DAVE, declared, with_role

PUBLIC = with_role(declared(commander=BOB), Role.SCRIBE, CAROL)
PRIVATE = declared(commander=BOB, private=True)
DEFAULT = Permissions()


def _only(capability: Capability, **who: object) -> Permissions:
    return Permissions({capability: Who(**who)})  # type: ignore[arg-type]  # as in the policy


def _may(person: str, who: Permissions, incident: Incident = PUBLIC, **known: object) -> bool:
    return may(Capability.RESOLVE, Actor(person, **known), incident, who)  # type: ignore[arg-type]


@pytest.mark.parametrize("capability", sorted({Capability.DECLARE, *OF_INCIDENT, *FREE}))
def test_by_default_everybody_may_do_everything_to_an_incident_that_they_may_see(
    capability: Capability,
) -> None:
    assert may(capability, Actor(DAVE, in_room=False), PUBLIC, DEFAULT)
    assert may(capability, Actor(DAVE, in_room=True, is_guest=True), PUBLIC, DEFAULT)
    assert not needs_a_look(capability, PUBLIC, DEFAULT)
    assert not needs_a_look(capability, PRIVATE, DEFAULT)


def test_by_default_nobody_sees_private_incidents_from_outside_and_admins_administer() -> None:
    assert not may(Capability.SEE_PRIVATE, Actor(DAVE, is_admin=True), None, DEFAULT)
    assert not may(Capability.ADMINISTER, Actor(DAVE), None, DEFAULT)
    assert may(Capability.ADMINISTER, Actor(DAVE, is_admin=True), None, DEFAULT)


def test_whoever_only_sees_a_private_incident_changes_nothing() -> None:
    watched = _only(Capability.SEE_PRIVATE, people=(DAVE,))
    outside, inside = Actor(DAVE, in_room=False), Actor(DAVE, in_room=True)
    assert needs_a_look(Capability.CHANGE, PRIVATE, watched)
    assert not may(Capability.CHANGE, outside, PRIVATE, watched)
    assert may(Capability.CHANGE, inside, PRIVATE, watched)
    assert may(Capability.READ, outside, PRIVATE, watched)
    assert not needs_a_look(Capability.READ, PRIVATE, watched)
    assert may(Capability.CHANGE, outside, PUBLIC, watched)


def test_members_are_those_in_the_war_room() -> None:
    members = _only(Capability.RESOLVE, members=True)
    assert _may(DAVE, members, in_room=True)
    assert not _may(DAVE, members, in_room=False)


def test_while_the_members_are_unknown_the_incidents_own_people_count_as_members() -> None:
    members = _only(Capability.RESOLVE, members=True)
    assert [_may(person, members) for person in (ALICE, CAROL, DAVE)] == [True, True, False]


def test_role_holders_are_those_with_any_role_or_with_one_that_is_named() -> None:
    assert [_may(each, _only(Capability.RESOLVE, holders=True)) for each in (BOB, CAROL, DAVE)] == [
        True,
        True,
        False,
    ]
    deputies = _only(Capability.RESOLVE, roles=(Role.DEPUTY,))
    assert [_may(each, deputies) for each in (CAROL, DAVE)] == [False, False]
    scribes = _only(Capability.RESOLVE, roles=(Role.SCRIBE,))
    assert [_may(each, scribes) for each in (CAROL, DAVE)] == [True, False]


def test_groups_people_and_admins_are_meant_whatever_the_incident_is() -> None:
    who = _only(Capability.RESOLVE, groups=("S1", "S2"), people=(ALICE,), admins=True)
    assert _may(ALICE, who)
    assert _may(DAVE, who, groups=frozenset({"S2"}))
    assert _may(DAVE, who, is_admin=True)
    assert not _may(DAVE, who, groups=frozenset({"S3"}))


@pytest.mark.parametrize("capability", sorted(OF_INCIDENT))
def test_the_commander_of_the_moment_may_always_act_on_their_incident(capability: Capability) -> None:
    nobody = _only(capability)
    assert may(capability, Actor(BOB), PUBLIC, nobody)
    assert not may(capability, Actor(CAROL), PUBLIC, nobody)
    assert not may(Capability.DECLARE, Actor(BOB), PUBLIC, _only(Capability.DECLARE))


@pytest.mark.parametrize("capability", [Capability.SEE_PRIVATE, Capability.ADMINISTER])
def test_a_guest_neither_sees_private_incidents_nor_administers_even_if_named(capability: Capability) -> None:
    named = _only(capability, people=(DAVE,))
    assert may(capability, Actor(DAVE), None, named)
    assert not may(capability, Actor(DAVE, is_guest=True), None, named)


def test_everybody_may_declare_unless_it_is_restricted() -> None:
    assert may(Capability.DECLARE, Actor(DAVE, is_guest=True), None, DEFAULT)
    assert not may(Capability.DECLARE, Actor(DAVE), None, _only(Capability.DECLARE, groups=("S1",)))


def test_all_groups_and_people_are_collected_each_once() -> None:
    chosen = Permissions(
        {
            Capability.RESOLVE: Who(groups=("S1",), people=(ALICE,)),
            Capability.CLOSE: Who(groups=("S2", "S1"), people=(ALICE, BOB)),
        }
    )
    assert (chosen.groups, chosen.people) == (("S1", "S2"), (ALICE, BOB))
    assert set(RESTRICTABLE) | FREE == set(Capability)
