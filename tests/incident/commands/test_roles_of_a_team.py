"""Commands with the roles of a team."""

from dataclasses import replace

from bot.incident.commands.registry import BUTTONS, COMMANDS, FORMS
from bot.incident.commands.request import Request
from bot.incident.domain import facts
from bot.incident.domain.roles import RoleDefinition, Roles
from bot.incident.domain.vocabulary import Role, RoleEndReason
from tests.incident.commands.factory import POLICY, change, form, refusal, request, submit
from tests.incident.domain.situations import BOB, CAROL, NOW, declared, with_role
from tests.incident.views.reading import fields, said

TEAM = replace(
    POLICY,
    roles=Roles(
        (
            RoleDefinition(Role.COMMANDER, "Incident Manager", ("im",)),
            RoleDefinition("database", "Database Lead", ("dba",)),
        )
    ),
)
OPEN = with_role(declared(), Role.SCRIBE, CAROL)  # whose policy had a scribe


def _asked(text: str = "", **given: object) -> Request:
    return replace(request(text, incident=OPEN), policy=TEAM, **given)  # type: ignore[arg-type]  # of a test


def test_a_role_of_the_team_is_given_by_title_and_short_form() -> None:
    for words in (f"database lead <@{BOB}>", f"<@{BOB}> dba", f"<@{BOB}> as the Database-Lead"):
        made = change(COMMANDS["assign"].action.handle(_asked(words)), OPEN)
        assert made == facts.RoleAssigned(at=NOW, by=CAROL, role="database", person=BOB)


def test_a_role_that_the_team_does_not_have_is_refused_with_those_that_it_has() -> None:
    no = refusal(COMMANDS["assign"].action.handle(_asked(f"<@{BOB}> scribe")))
    assert no.message == "“scribe” is not a role. The roles are commander, database."


def test_a_role_that_the_policy_no_longer_has_can_end() -> None:
    ended = change(COMMANDS["unassign"].action.handle(_asked("me scribe")), OPEN)
    assert isinstance(ended, facts.RolesEnded)
    assert ended.roles == (Role.SCRIBE,)
    assert "is not a role" in refusal(COMMANDS["unassign"].action.handle(_asked("me deputy"))).message


def test_the_form_has_the_teams_roles_and_shows_the_others_that_are_held() -> None:
    view = form(BUTTONS["roles"].handle(_asked()))
    options = fields(view)["role"]["element"]["options"]
    assert [each["value"] for each in options] == ["commander", "database"]
    assert f"Database Lead: nobody yet\nscribe: <@{CAROL}>" in said(view)


def test_a_forged_role_in_a_form_is_refused_at_its_field() -> None:
    no = refusal(submit("roles", OPEN, person=BOB, role="king"))
    assert (no.field, "“king” is not a role" in no.message) == ("role", True)
    assert (
        "is not a role"
        in refusal(FORMS["roles"].handle(_asked(fields={"role": "scribe", "person": BOB}))).message
    )


def test_a_role_is_declined_with_the_button_of_its_message() -> None:
    declined = change(BUTTONS["decline_role"].handle(_asked(metadata={"role": "scribe"})), OPEN)
    assert declined == facts.RolesEnded(
        at=NOW, by=CAROL, person=CAROL, roles=(Role.SCRIBE,), why=RoleEndReason.DECLINED
    )
    for metadata in ({}, {"role": "database"}, {"role": 7}):
        outcome = BUTTONS["decline_role"].handle(_asked(metadata=metadata))
        assert "any more" in refusal(outcome, OPEN).message
