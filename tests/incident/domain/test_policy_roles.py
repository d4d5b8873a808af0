"""The roles of a team: how they are named, and what becomes of those that the policy no longer has."""

from dataclasses import replace

import pytest

from bot.incident.domain import facts, rules
from bot.incident.domain.incident import fold
from bot.incident.domain.roles import (
    DEFAULT_ROLES,
    RoleDefinition,
    Roles,
    title_of,
    titled,
    titles_of,
)
from bot.incident.domain.vocabulary import Role, RoleEndReason
from bot.incident.views.facts import sentence
from tests.incident.domain.situations import (
    ALICE,
    BOB,
    CAROL,
    NOW,
    after,
    declared,
    fact,
    refused,
    resolved,
    with_role,
)

TEAM = Roles(
    (
        RoleDefinition(Role.COMMANDER, "Incident Manager", ("im",)),
        RoleDefinition("database", "Database Lead", ("dba",), duties="Keep the data."),
        RoleDefinition("observer", "Observer", several=True),
    )
)


@pytest.mark.parametrize(
    ("written", "role"),
    [
        ("commander", Role.COMMANDER),
        ("IC", Role.COMMANDER),
        ("deputy", Role.DEPUTY),
        (" Scribe ", Role.SCRIBE),
        ("comms", Role.COMMUNICATIONS),
        ("communications", Role.COMMUNICATIONS),
        ("ops", Role.OPERATIONS),
        ("customer liaison", Role.LIAISON),
        ("sme", Role.EXPERT),
        ("expert.", Role.EXPERT),
        ("lead", Role.COMMANDER),
        ("comms lead", Role.COMMUNICATIONS),
    ],
)
def test_a_role_is_read_by_its_name_or_its_common_short_form(written: str, role: str) -> None:
    assert DEFAULT_ROLES.find(written) == role


@pytest.mark.parametrize("written", ["", "boss", "incident commander in chief"])
def test_an_unknown_role_is_not_guessed(written: str) -> None:
    assert DEFAULT_ROLES.find(written) is None


@pytest.mark.parametrize("role", DEFAULT_ROLES.keys)
def test_a_role_is_read_by_the_title_that_is_shown(role: str) -> None:
    title = DEFAULT_ROLES.title(role)
    assert DEFAULT_ROLES.find(title) == role
    assert DEFAULT_ROLES.find(title.replace("-", " ").lower()) == role


def test_every_role_has_a_title_of_its_own() -> None:
    titles = [role.title for role in DEFAULT_ROLES.all]
    assert titles[0] == "Incident Commander"
    assert len(set(titles)) == len(titles) == 7


def test_a_team_has_roles_of_its_own() -> None:
    assert TEAM.find("dba") == "database"
    assert TEAM.title("database") == "Database Lead"
    assert (TEAM.duties("database"), TEAM.duties("observer"), TEAM.duties("gone")) == (
        "Keep the data.",
        "",
        "",
    )
    assert Role.SCRIBE not in TEAM


def test_a_role_that_the_policy_no_longer_has_is_shown_by_its_key() -> None:
    assert TEAM.title("scribe") == "scribe"
    assert not TEAM.several("scribe")
    assert [role.title for role in TEAM.with_held(["scribe", "observer"]).all][2:] == ["Observer", "scribe"]


def test_several_people_may_hold_a_role_if_the_policy_says_so() -> None:
    incident = declared()
    for role, person in (("observer", ALICE), ("observer", BOB), ("database", ALICE), ("database", BOB)):
        decision = rules.assign(incident, role, person, by=CAROL, now=NOW, roles=TEAM)
        incident = after(incident, decision)
    assert incident.roles == {"observer": (ALICE, BOB), "database": (BOB,)}
    assert incident.held == ("database", "observer")
    told = refused(rules.assign(incident, "database", BOB, by=CAROL, now=NOW, roles=TEAM)).message
    assert told == f"<@{BOB}> is already Database Lead of INC-42."


def test_a_fact_keeps_the_title_that_the_role_had_then() -> None:
    made = fact(rules.take_command(declared(), by=BOB, now=NOW))
    recorded = titled(made, TEAM)
    assert sentence(made) == f"<@{BOB}> became Incident Commander"
    assert sentence(recorded) == f"<@{BOB}> became Incident Manager"
    ended = facts.RolesEnded(
        at=NOW, by=BOB, person=BOB, roles=("commander", "scribe"), why=RoleEndReason.UNASSIGNED
    )
    assert sentence(titled(ended, TEAM)) == f"<@{BOB}> stepped down as Incident Manager and scribe"
    assert sentence(ended) == f"<@{BOB}> stepped down as Incident Commander and Scribe"
    noted = facts.Noted(at=NOW, by=BOB, author=BOB, text="Found it")
    assert titled(noted, TEAM) is noted


def test_facts_of_earlier_releases_have_no_titles_and_are_read() -> None:
    assigned = [facts.RoleAssigned(at=NOW, by=ALICE, role="expert", person=each) for each in (BOB, CAROL)]
    first = facts.Declared(at=NOW, by=ALICE, number=1, title="Down", severity=declared().severity)
    assert fold([first, *assigned]).roles == {"expert": (BOB, CAROL)}
    assert title_of(replace(assigned[0], role="unheard-of")) == "unheard-of"
    assert titles_of(facts.RolesEnded(at=NOW, by=BOB, person=BOB, roles=(), why=RoleEndReason.LEFT)) == []


def test_whoever_cannot_take_a_role_is_rid_of_it_and_of_no_other() -> None:
    incident = with_role(with_role(declared(commander=BOB), Role.SCRIBE, CAROL), Role.EXPERT, CAROL)
    declined = fact(rules.decline_role(incident, Role.SCRIBE, by=CAROL, now=NOW))
    assert sentence(declined) == f"<@{CAROL}> cannot take the role of Scribe"
    assert after(incident, (declined,)).roles_of(CAROL) == (Role.EXPERT,)
    again = rules.decline_role(after(incident, (declined,)), Role.SCRIBE, by=CAROL, now=NOW)
    assert refused(again).message == "You are not Scribe of INC-42 any more."
    assert (
        "is resolved"
        in refused(rules.decline_role(resolved(incident), Role.SCRIBE, by=CAROL, now=NOW)).message
    )


def test_an_offer_of_command_stays_open_to_whoever_declines_another_role() -> None:
    incident = with_role(declared(commander=BOB), Role.SCRIBE, CAROL)
    incident = after(incident, rules.offer_handoff(incident, CAROL, by=BOB, now=NOW))
    declined = rules.decline_role(incident, Role.SCRIBE, by=CAROL, now=NOW)
    assert after(incident, declined).handoff_to == CAROL
