"""What somebody is told who gets a role."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from bot.core.resources import shipped
from bot.core.template_check import TemplateCheck
from bot.core.templates import Templates
from bot.core.text import Mrkdwn
from bot.incident.domain import facts
from bot.incident.domain.policy import Policy
from bot.incident.domain.roles import DEFAULT_ROLES, RoleDefinition, Roles
from bot.incident.domain.timeline import Entry
from bot.incident.domain.vocabulary import Role, RoleEndReason
from bot.incident.views import brief, role_duties
from bot.incident.views.check import try_templates
from bot.incident.views.messages import fact_message
from tests.incident.domain.situations import ALICE, BOB, CAROL, NOW, declared, later
from tests.incident.views.reading import buttons, said

TEMPLATES = Templates(shipped("templates"))
INCIDENT = declared(commander=BOB)
GIVEN = facts.RoleAssigned(at=NOW, by=ALICE, role=Role.SCRIBE, person=CAROL)
TAKEN = replace(GIVEN, by=CAROL)
OWN = Roles(
    (
        RoleDefinition(Role.COMMANDER, "Incident Manager", duties="Manage <it>."),
        RoleDefinition("database", "Database Lead"),
    )
)


@pytest.mark.parametrize("role", [key for key in DEFAULT_ROLES.keys if key != Role.COMMANDER])
def test_each_default_role_has_duties_with_and_without_a_commander(role: str) -> None:
    for incident in (INCIDENT, declared()):
        text = role_duties.prose(role, incident, DEFAULT_ROLES, TEMPLATES)
        assert len(text) > 100
        assert (f"<@{BOB}>" in text) <= bool(incident.commander)


def test_the_holder_reads_role_incident_duties_and_who_gave_it() -> None:
    expected = role_duties.prose(Role.SCRIBE, INCIDENT, DEFAULT_ROLES, TEMPLATES)
    message = role_duties.duties(INCIDENT, GIVEN, expected, "C1")
    assert said(message).startswith(":red_circle: You are *Scribe* of *INC-42*: Checkout is failing · <#C1>")
    assert "You keep the timeline" in said(message)
    assert f"<@{ALICE}> gave you this role." in said(message)
    value = buttons(message)["decline_role"]["value"]
    assert json.loads(value) == {"number": 42, "role": "scribe"}


def test_whoever_took_a_role_is_not_asked_to_decline_it() -> None:
    message = role_duties.duties(INCIDENT, TAKEN, Mrkdwn("Write."), None)
    assert set(buttons(message)) == {"who"}
    assert "gave you" not in said(message)


def test_the_title_is_left_out_for_whoever_may_not_read_it(tmp_path: Path) -> None:
    (tmp_path / "messages").mkdir()
    (tmp_path / "messages" / "duties_scribe.j2").write_text("Write down {{ title }}")
    own = Templates(shipped("templates"), tmp_path)
    expected = role_duties.prose(Role.SCRIBE, INCIDENT, DEFAULT_ROLES, own, may_read=False)
    message = role_duties.duties(INCIDENT, GIVEN, expected, "C1", may_read=False)
    assert "Write down INC-42" in said(message)
    assert "Checkout" not in said(message) + message.text


def test_the_policy_has_the_first_word_on_duties_and_is_escaped() -> None:
    assert role_duties.prose(Role.COMMANDER, INCIDENT, OWN, TEMPLATES) == "Manage &lt;it&gt;."


def test_a_role_without_duties_has_a_message_all_the_same() -> None:
    assert role_duties.prose("database", INCIDENT, OWN, TEMPLATES) == ""
    message = role_duties.duties(INCIDENT, replace(TAKEN, role="database"), Mrkdwn(""), None)
    assert "Tell the commander what you will do first." in said(message)


def test_a_broken_template_of_a_role_of_the_teams_own_is_found(tmp_path: Path, policy: Policy) -> None:
    (tmp_path / "messages").mkdir()
    (tmp_path / "messages" / "duties_database.j2").write_text("{{ nothing }}")
    with_role = TemplateCheck(shipped("templates"), tmp_path)
    try_templates(with_role, replace(policy, roles=OWN))
    assert "duties_database.j2:1: 'nothing' is undefined" in str(with_role.mistakes()[0])
    assert with_role.unused() == []
    without = TemplateCheck(shipped("templates"), tmp_path)
    try_templates(without, policy)
    assert without.mistakes() == []
    assert "duties_database.j2: it takes the place of no template" in str(without.unused()[0])


def test_a_template_that_breaks_later_leaves_a_role_of_the_teams_own_without_duties(tmp_path: Path) -> None:
    (tmp_path / "messages").mkdir()
    (tmp_path / "messages" / "duties_database.j2").write_text("{{ nothing }}")
    own = Templates(shipped("templates"), tmp_path)
    assert role_duties.prose("database", INCIDENT, OWN, own) == ""


def test_the_brief_of_a_commander_has_the_teams_duties_and_the_button(policy: Policy) -> None:
    given = facts.RoleAssigned(at=NOW, by=ALICE, role=Role.COMMANDER, person=BOB)
    message = brief.brief(INCIDENT, given, policy, "C1", later(1), duties=Mrkdwn("Manage it."))
    assert "Manage it." in said(message)
    assert "decline_role" in buttons(message)
    taken = brief.brief(INCIDENT, replace(given, by=BOB), policy, "C1", later(1))
    assert "decline_role" not in buttons(taken)


def test_the_room_reads_who_cannot_take_a_role_and_can_give_it_to_another() -> None:
    declined = facts.RolesEnded(
        at=NOW, by=CAROL, person=CAROL, roles=(Role.SCRIBE,), why=RoleEndReason.DECLINED
    )
    message = fact_message(Entry(3, declined), INCIDENT, {CAROL: "Carol Chen"})
    assert message.text == (
        ":busts_in_silhouette: Carol Chen cannot take the role of Scribe. *Nobody has it now.*"
    )
    assert set(buttons(message)) == {"roles"}
    other = replace(INCIDENT, roles={**INCIDENT.roles, Role.SCRIBE: (ALICE,)})
    assert "Nobody has it now" not in fact_message(Entry(3, declined), other, {}).text


def test_the_room_can_take_command_that_somebody_cannot_take() -> None:
    declined = facts.RolesEnded(
        at=NOW, by=BOB, person=BOB, roles=(Role.COMMANDER,), why=RoleEndReason.DECLINED
    )
    message = fact_message(Entry(3, declined), declared(), {})
    assert "cannot take the role of Incident Commander. *Nobody has command now.*" in message.text
    assert set(buttons(message)) == {"take_command"}
