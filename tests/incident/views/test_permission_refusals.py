"""What a person reads who may not do something."""

from bot.incident.domain.permissions import Capability, Who
from bot.incident.domain.roles import DEFAULT_ROLES
from bot.incident.domain.vocabulary import Role
from bot.incident.views.permissions import NAMED_MAX, refusal
from tests.incident.domain.situations import ALICE, BOB, CAROL, declared, with_role

LED = with_role(declared(commander=BOB), Role.DEPUTY, CAROL)
BOB_LEADS = f"<@{BOB}> (Incident Commander)"


def test_role_holders_are_named_with_their_roles() -> None:
    assert refusal(Capability.RESOLVE, LED, Who(holders=True), DEFAULT_ROLES) == (
        f"Only role holders may resolve or reopen INC-42: {BOB_LEADS}, <@{CAROL}> (Deputy)."
    )


def test_without_role_holders_it_says_so() -> None:
    told = refusal(Capability.CHANGE, declared(), Who(members=True, roles=(Role.DEPUTY,)), DEFAULT_ROLES)
    assert told == (
        "Only members of the war room of INC-42 and the Deputy may change INC-42; nobody holds such a role now."
    )


def test_groups_are_shown_by_their_handles_and_the_commander_is_among_those_who_may() -> None:
    who = Who(groups=("S1", "S2"), people=(ALICE,), admins=True)
    assert refusal(Capability.COMMAND, LED, who, DEFAULT_ROLES, handles={"S1": "sre"}) == (
        "Only admins of this workspace, members of @sre, members of the user group S2, "
        f"<@{ALICE}> and the commander may take command or give roles in INC-42; among them {BOB_LEADS}."
    )


def test_a_named_commander_is_not_named_twice() -> None:
    told = refusal(Capability.CLOSE, LED, Who(roles=(Role.COMMANDER,)), DEFAULT_ROLES)
    assert told == f"Only the Incident Commander may cancel, merge or close INC-42: {BOB_LEADS}."


def test_if_nobody_else_may_it_is_the_commander() -> None:
    assert refusal(Capability.RESOLVE, declared(), Who(), DEFAULT_ROLES) == (
        "Only the commander, when there is one, may resolve or reopen INC-42."
    )


def test_of_a_private_incident_it_is_the_members_of_the_war_room() -> None:
    told = refusal(Capability.CHANGE, declared(private=True), Who(everyone=True), DEFAULT_ROLES)
    assert told == "Only members of the war room of INC-42 may change INC-42."


def test_who_may_declare_is_told_without_an_incident() -> None:
    assert refusal(Capability.DECLARE, None, Who(people=(ALICE,)), DEFAULT_ROLES) == (
        f"Only <@{ALICE}> may declare incidents."
    )


def test_a_group_that_cannot_be_read_is_named_with_the_reason() -> None:
    told = refusal(
        Capability.DECLARE, None, Who(groups=("S1",)), DEFAULT_ROLES, unreadable={"S1": "missing_scope"}
    )
    assert "I do not know who is in the user group S1 at the moment (missing_scope)" in told
    assert "`warroom doctor`" in told


def test_of_very_many_the_rest_is_counted() -> None:
    many = tuple(f"U{number}" for number in range(NAMED_MAX + 2))
    assert "and 2 other people may" in refusal(Capability.DECLARE, None, Who(people=many), DEFAULT_ROLES)
    incident = declared(commander=BOB)
    for person in many:
        incident = with_role(incident, Role.EXPERT, person)
    assert refusal(Capability.CHANGE, incident, Who(holders=True), DEFAULT_ROLES).endswith(" and 3 more.")
