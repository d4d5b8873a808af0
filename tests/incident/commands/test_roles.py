"""Who does what: `assign`, `handoff`, and the buttons that go with them."""

import pytest

from bot.incident.domain import facts, rules
from bot.incident.domain.vocabulary import Role
from tests.incident.commands.factory import APP, STRANGER, change, form, press, refusal, say, submit
from tests.incident.domain.situations import ALICE, BOB, CAROL, NOW, after, declared, resolved
from tests.incident.views.reading import fields, initial

OPEN = declared()
COMMANDED = declared(commander=BOB)
OFFERED = after(COMMANDED, rules.offer_handoff(COMMANDED, CAROL, by=BOB, now=NOW))


@pytest.mark.parametrize(
    ("words", "role", "person"),
    [
        ("assign <@U0BOB>", Role.COMMANDER, BOB),
        ("assign <@U0BOB|bob> scribe", Role.SCRIBE, BOB),
        ("assign <@U0BOB> IC", Role.COMMANDER, BOB),
        ("assign <@U0BOB>  comms", Role.COMMUNICATIONS, BOB),
        ("assign me scribe", Role.SCRIBE, CAROL),
        ("assign me", Role.COMMANDER, CAROL),
        ("assign <@U0BOB> incident commander", Role.COMMANDER, BOB),
        ("assign <@U0BOB> Communications Lead", Role.COMMUNICATIONS, BOB),
        ("assign <@U0BOB> subject-matter expert", Role.EXPERT, BOB),
        ("assign <@U0BOB> as the scribe", Role.SCRIBE, BOB),
        ("assign scribe <@U0BOB>", Role.SCRIBE, BOB),
        ("assign incident commander to <@U0BOB|bob>", Role.COMMANDER, BOB),
        ("assign Myself deputy", Role.DEPUTY, CAROL),
    ],
)
def test_assign_gives_the_named_role_or_otherwise_command(words: str, role: str, person: str) -> None:
    assert change(say(words, OPEN), OPEN) == facts.RoleAssigned(at=NOW, by=CAROL, role=role, person=person)


@pytest.mark.parametrize("words", ["assign <@U0ALICE> commander force", "assign <@U0ALICE> FORCE"])
def test_force_must_be_the_last_word(words: str) -> None:
    made = change(say(words, COMMANDED), COMMANDED)
    assert made == facts.RoleAssigned(
        at=NOW, by=CAROL, role=Role.COMMANDER, person=ALICE, previous=BOB, forced=True
    )


@pytest.mark.parametrize(
    ("words", "example"),
    [
        ("assign scribe", "assign @person scribe`"),
        ("assign commander", "assign @person`"),
        ("assign IC", "assign me`"),
    ],
)
def test_a_role_without_a_person_asks_for_the_person(words: str, example: str) -> None:
    assert example in refusal(say(words, OPEN)).message


def test_command_that_somebody_has_is_only_offered() -> None:
    made = change(say("assign <@U0CAROL>", COMMANDED, actor=BOB), COMMANDED)
    assert made == facts.HandoffOffered(at=NOW, by=BOB, to=CAROL)


def test_assign_alone_asks_for_the_person() -> None:
    assert "Say who" in refusal(say("assign", OPEN)).message


@pytest.mark.parametrize("role", ["boss", "scribe boss", "force scribe"])
def test_an_unknown_role_is_refused_with_the_known_ones(role: str) -> None:
    no = refusal(say(f"assign <@U0BOB> {role}", OPEN))
    assert f"“{role}” is not a role" in no.message
    assert "commander, deputy, communications, operations, scribe, liaison, expert" in no.message


@pytest.mark.parametrize("person", ["bob", "@bob", f"<@{STRANGER}>", "<!subteam^S1>"])
@pytest.mark.parametrize("word", ["assign", "handoff"])
def test_an_unknown_person_gets_no_role(word: str, person: str) -> None:
    no = refusal(say(f"{word} {person}", declared(commander=CAROL)))
    assert person in no.message
    assert "appears as you type @" in no.message


def test_an_app_gets_no_role() -> None:
    assert "choose a person" in refusal(say(f"assign <@{APP}> scribe", OPEN)).message
    assert refusal(submit("handoff", OPEN, person=APP, role="scribe")).field == "person"


def test_only_the_first_to_press_take_command_gets_it() -> None:
    first, second = press("take_command", OPEN, actor=BOB), press("take_command", OPEN, actor=CAROL)
    assert change(first, OPEN) == facts.RoleAssigned(at=NOW, by=BOB, role=Role.COMMANDER, person=BOB)
    assert f"<@{BOB}> already has command" in refusal(second, COMMANDED).message


def test_handoff_offers_command() -> None:
    made = change(say("handoff <@U0CAROL>", COMMANDED, actor=BOB), COMMANDED)
    assert made == facts.HandoffOffered(at=NOW, by=BOB, to=CAROL)


def test_handoff_alone_asks_for_the_person() -> None:
    view = form(say("handoff", COMMANDED))
    assert (view["callback_id"], set(fields(view))) == ("handoff", {"person"})


@pytest.mark.parametrize("action_id", ["handoff", "roles"])
def test_without_a_commander_the_form_gives_command_or_any_other_role(action_id: str) -> None:
    view = form(press(action_id, OPEN))
    assert (view["callback_id"], initial(view, "role")) == ("roles", "commander")
    made = change(submit("roles", OPEN, person=ALICE, role="commander"), OPEN)
    assert made == facts.RoleAssigned(at=NOW, by=CAROL, role=Role.COMMANDER, person=ALICE)


@pytest.mark.parametrize("callback_id", ["handoff", "roles"])
def test_other_roles_are_given_at_once(callback_id: str) -> None:
    """A form of the previous release, which asked for both, may still be open."""
    made = change(submit(callback_id, COMMANDED, person=ALICE, role="scribe"), COMMANDED)
    assert made == facts.RoleAssigned(at=NOW, by=CAROL, role=Role.SCRIBE, person=ALICE)


def test_the_roles_form_too_only_offers_command_that_somebody_has() -> None:
    mine = declared(commander=CAROL)
    made = change(submit("roles", mine, person=ALICE, role="commander"), mine)
    assert made == facts.HandoffOffered(at=NOW, by=CAROL, to=ALICE)


def test_the_roles_form_does_not_open_for_a_closed_incident() -> None:
    assert "INC-42 is resolved" in refusal(press("roles", resolved())).message


def test_a_handoff_form_without_a_person_is_refused_at_its_field() -> None:
    no = refusal(submit("handoff", COMMANDED))
    assert no.field == "person"
    assert "I do not know them" in no.message


def test_accepting_moves_command_and_declining_does_not() -> None:
    accepted = change(press("handoff_accept", OFFERED), OFFERED)
    assert accepted == facts.RoleAssigned(at=NOW, by=CAROL, role=Role.COMMANDER, person=CAROL, previous=BOB)
    assert change(press("handoff_decline", OFFERED), OFFERED) == facts.HandoffDeclined(
        at=NOW, by=CAROL, to=CAROL
    )


@pytest.mark.parametrize("words", ["assign <@U0BOB> scribe", "handoff <@U0BOB>"])
def test_no_role_is_given_in_a_closed_incident(words: str) -> None:
    assert "INC-42 is resolved" in refusal(say(words, resolved()), resolved()).message
