"""Short replies to the person who asked."""

from bot.incident.views import replies
from tests.incident.domain.situations import ALICE, BOB, declared
from tests.incident.views.reading import buttons, said

INCIDENT = declared(commander=BOB)


def test_a_form_that_was_sent_before_names_the_incident_it_declared() -> None:
    assert "has declared INC-42, “Checkout is failing”" in replies.sent_before(INCIDENT)


def test_an_incident_that_is_already_declared_is_named_with_its_room() -> None:
    assert "<#C0ROOM>" in replies.declared_already(INCIDENT, "C0ROOM", BOB)
    assert "is being opened" in replies.declared_already(INCIDENT, None, BOB)
    (again,) = buttons(replies.another_one(INCIDENT, None, "SEV1 Checkout is failing", BOB))
    assert again == "declare_again"


def test_who_declares_twice_is_addressed_and_somebody_else_is_named() -> None:
    assert ": You have already declared this: *INC-42*" in replies.declared_already(INCIDENT, None, ALICE)
    assert f": <@{ALICE}> has already declared this: *INC-42*" in replies.declared_already(
        INCIDENT, None, BOB
    )


def test_the_declarer_sees_that_the_room_is_being_opened_and_then_its_link() -> None:
    assert "Opening a war room for *Checkout*" in said(replies.opening("Checkout"))
    assert "Its war room is <#C0ROOM>" in said(replies.opened(INCIDENT, "C0ROOM"))


def test_if_slack_refuses_to_open_a_room_the_reply_says_how_to_continue() -> None:
    text = said(replies.opened(INCIDENT, None))
    assert "*INC-42* is declared, but" in text
    assert "Continue from any channel" in text
    assert "(`restricted_action`)" in said(replies.opened(INCIDENT, None, "restricted_action"))
    assert "an admin can allow it" in said(replies.opened(INCIDENT, None, "restricted_action"))


def test_answers_and_refusals_notify_nobody() -> None:
    assert said(replies.answer("<!channel>")) == "@\u2060channel"
    assert said(replies.refusal("<!channel>")) == ":no_entry_sign: @\u2060channel"


def test_an_act_outside_the_war_room_is_answered_with_a_link_to_the_room() -> None:
    told = said(replies.recorded(declared(number=7), "C0ROOM"))
    assert told == "Recorded on *INC-7* Checkout is failing: see <#C0ROOM>"
    added = said(replies.elsewhere(replies.answer("Added."), declared(number=7), "C0ROOM"))
    assert added.splitlines() == ["Added.", "*INC-7* Checkout is failing: see <#C0ROOM>"]


def test_without_a_war_room_the_reply_names_the_timeline() -> None:
    assert "`/incident timeline INC-7` shows it" in said(replies.recorded(declared(number=7), ""))
