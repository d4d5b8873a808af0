"""`/incident unassign`, and who can have a role at all."""

from dataclasses import replace

import pytest

from bot.core.decision import Refused
from bot.core.people import Profile
from bot.incident.commands import assign
from bot.incident.commands.registry import COMMANDS, FORMS
from bot.incident.domain import facts
from bot.incident.domain.vocabulary import Role
from tests.incident.commands.factory import PEOPLE, change, refusal, request, say
from tests.incident.domain.situations import ALICE, BOB, CAROL, declared, with_role

STAFFED = with_role(with_role(declared(commander=BOB), Role.SCRIBE, CAROL), Role.EXPERT, CAROL)
GONE, GUEST = "U0GONE", "U0GUEST"
KNOWN = PEOPLE | {
    GONE: Profile(GONE, "Gone Girl", is_active=False),
    GUEST: Profile(GUEST, "Gina Guest", is_guest=True),
}


@pytest.mark.parametrize(
    ("typed", "roles"),
    [
        (f"<@{CAROL}> scribe", (Role.SCRIBE,)),
        (f"<@{CAROL}|carol> sme", (Role.EXPERT,)),
        (f"<@{CAROL}>", (Role.SCRIBE, Role.EXPERT)),
        ("me scribe", (Role.SCRIBE,)),
        (f"scribe <@{CAROL}>", (Role.SCRIBE,)),
        ("myself as the scribe", (Role.SCRIBE,)),
        ("Me", (Role.SCRIBE, Role.EXPERT)),
    ],
)
def test_one_role_or_all_roles_of_a_person_end(typed: str, roles: tuple[str, ...]) -> None:
    ended = change(say(f"unassign {typed}", STAFFED), STAFFED)
    assert isinstance(ended, facts.RolesEnded)
    assert (ended.person, ended.by, ended.roles) == (CAROL, CAROL, roles)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", "Say whose role ends"),
        ("carol scribe", "I do not know carol"),
        (f"<@{CAROL}> king", "“king” is not a role"),
        (f"<@{ALICE}>", "holds no role"),
        (f"<@{BOB}> commander", "only they can give it up"),
    ],
)
def test_an_impossible_unassign_is_refused_with_the_reason(typed: str, told: str) -> None:
    assert told in refusal(say(f"unassign {typed}", STAFFED), STAFFED).message


@pytest.mark.parametrize(("who", "told"), [(GONE, "deactivated in Slack"), (GUEST, "is a guest and not in")])
def test_no_command_or_form_gives_a_role_to_a_person_who_cannot_have_one(who: str, told: str) -> None:
    asked = replace(request(f"<@{who}>", incident=STAFFED), people=KNOWN)
    submitted = replace(asked, fields={"person": who, "role": "scribe", "title": "Down", "commander": who})
    command = replace(submitted, fields={"person": who, "role": "commander"})
    answers = [
        COMMANDS["assign"].action.handle(asked),
        COMMANDS["handoff"].action.handle(asked),
        FORMS["handoff"].handle(submitted),
        FORMS["handoff"].handle(command),
        FORMS["declare"].handle(submitted),
    ]
    assert all(isinstance(each, Refused) and told in each.message for each in answers)
    fields = [each.field for each in answers if isinstance(each, Refused)]
    assert fields == ["person", "person", "person", "person", "commander"]


def test_a_guest_who_is_in_the_room_can_have_a_role() -> None:
    asked = replace(request(incident=STAFFED), people=KNOWN, inside=frozenset({GUEST}))
    assert assign.no_such_person(asked, GUEST) is None
