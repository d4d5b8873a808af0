"""A commander in do-not-disturb: recorded once a stretch, and replaced by whoever presses."""

from bot.incident.domain import facts, rules
from bot.incident.domain.cadence import EscalationStep, Promise, ScheduledReminder
from bot.incident.domain.do_not_disturb import Stretch
from bot.incident.domain.effects import TellRoom
from bot.incident.domain.facts import people_in
from bot.incident.domain.incident import Incident
from bot.incident.domain.react import react
from bot.incident.domain.timeline import Entry
from bot.incident.domain.vocabulary import Role
from bot.incident.views.do_not_disturb import told_privately
from bot.incident.views.facts import sentence
from bot.incident.views.messages import fact_message
from bot.incident.views.reminders import answered
from tests.incident.commands.factory import change, press
from tests.incident.domain.situations import BOB, CAROL, NOW, after, declared, fact, later, refused, resolved
from tests.incident.views.limits import fits
from tests.incident.views.reading import buttons, said

COMMANDED = declared(commander=BOB)
STRETCH = Stretch(later(-60), later(480))
NOTED = facts.CommanderInDoNotDisturb(at=NOW, by=rules.SLACK, person=BOB, until=later(480))


def undisturbed(incident: Incident = COMMANDED) -> Incident:
    return after(incident, rules.note_do_not_disturb(incident, BOB, later(480), now=NOW))


def test_a_stretch_is_half_open_and_is_read_again_at_both_ends() -> None:
    assert not STRETCH.covers(later(-61))
    assert STRETCH.covers(later(-60))
    assert not STRETCH.covers(later(480))
    assert STRETCH.look_at(later(-100)) == later(-60)
    assert STRETCH.look_at(NOW) == later(480)
    assert STRETCH.look_at(later(500)) == later(500)


def test_it_is_recorded_once_for_a_stretch() -> None:
    assert fact(rules.note_do_not_disturb(COMMANDED, BOB, later(480), now=NOW)) == NOTED
    told = undisturbed()
    assert (
        "told of it already"
        in refused(rules.note_do_not_disturb(told, BOB, later(500), now=later(479))).message
    )
    again = fact(rules.note_do_not_disturb(told, BOB, later(1900), now=later(1500)))
    assert again.at == later(1500)


def test_only_the_commander_of_an_open_incident_matters() -> None:
    assert (
        "does not have command"
        in refused(rules.note_do_not_disturb(COMMANDED, CAROL, later(480), now=NOW)).message
    )
    assert (
        "is resolved"
        in refused(rules.note_do_not_disturb(resolved(COMMANDED), BOB, later(480), now=NOW)).message
    )


def test_a_machine_says_so_and_that_is_no_sign_of_life() -> None:
    assert undisturbed().attention == COMMANDED.attention


def test_whoever_presses_takes_command_without_an_offer() -> None:
    told = undisturbed()
    taken = change(press("take_over_in_do_not_disturb", told, metadata={"person": BOB}), told)
    assert taken == facts.RoleAssigned(
        at=NOW, by=CAROL, role=Role.COMMANDER, person=CAROL, previous=BOB, forced=True
    )
    assert after(told, (taken,)).do_not_disturb_until is None


def test_who_was_offered_command_accepts_it_with_the_same_button() -> None:
    offered = undisturbed(after(COMMANDED, rules.offer_handoff(COMMANDED, CAROL, by=BOB, now=NOW)))
    taken = fact(rules.take_over_in_do_not_disturb(offered, BOB, by=CAROL, now=NOW))
    assert isinstance(taken, facts.RoleAssigned)
    assert not taken.forced


def test_once_it_has_ended_or_somebody_else_has_command_the_button_forces_nothing() -> None:
    told = undisturbed()
    for incident, person, at in ((told, BOB, 480), (told, CAROL, 0), (COMMANDED, BOB, 0)):
        decision = rules.take_over_in_do_not_disturb(incident, person, by=CAROL, now=later(at))
        assert "already has command" in refused(decision).message
    own = rules.take_over_in_do_not_disturb(told, BOB, by=BOB, now=NOW)
    assert "You already have command" in refused(own).message
    over = rules.take_over_in_do_not_disturb(resolved(told), BOB, by=CAROL, now=NOW)
    assert "is resolved" in refused(over).message
    nobody = declared()
    taken = fact(rules.take_over_in_do_not_disturb(nobody, BOB, by=CAROL, now=NOW))
    assert isinstance(taken, facts.RoleAssigned)


def test_the_war_room_is_told_with_a_button_to_take_command() -> None:
    message = fact_message(Entry(7, NOTED), undisturbed(), {})
    assert f"<@{BOB}> has command of *INC-42* and is in do-not-disturb until" in message.text
    assert list(buttons(message)) == ["take_over_in_do_not_disturb"]
    fits(message)
    assert react(Entry(7, NOTED), undisturbed()) == (TellRoom(7),)


def test_the_timeline_names_the_commander() -> None:
    assert sentence(NOTED).startswith(f"<@{BOB}>, who has command, is in do-not-disturb until ")
    assert people_in(NOTED) == (BOB,)


def test_whoever_gave_or_offered_command_is_told_what_slack_does_not_do() -> None:
    given = told_privately(COMMANDED, BOB, later(480), "C1")
    assert f"<@{BOB}> has command of *INC-42*, but is in do-not-disturb until" in given.text
    assert "<#C1>" in said(given)
    offered = told_privately(COMMANDED, CAROL, later(480), None)
    assert f"<@{CAROL}> is asked to take command of *INC-42*" in offered.text
    fits(given)
    fits(offered)


def test_a_reminder_is_not_answered_by_it() -> None:
    step = ScheduledReminder(Promise.UPDATE, NOW, EscalationStep.ROOM)
    assert "overtaken" in answered(COMMANDED, step, NOTED).text
