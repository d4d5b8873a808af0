"""What Slack must show of each fact, and of a private incident must not."""

import pytest

from bot.domain import rules
from bot.domain.cadence import Nudge, Promise, Rung
from bot.domain.effects import (
    YIELDS_TO,
    Announce,
    Broadcast,
    CloseBroadcast,
    CloseReminder,
    Effect,
    Invite,
    Lane,
    OpenRoom,
    PinCard,
    Place,
    ReadMembers,
    Remind,
    SetTopic,
    ShowCard,
    ShowLink,
    TellRoom,
    lane_of,
    react,
    react_all,
)
from bot.domain.events import Declared, Entry, MilestoneSet, Noted
from bot.domain.incident import Incident
from bot.domain.rules import Decision
from bot.domain.vocabulary import Milestone, Role, Severity, Status
from tests.domain.situations import (
    ALICE,
    BOB,
    CAROL,
    NOW,
    after,
    declared,
    entries,
    fact,
    facts,
    later,
    minutes,
)

COMMANDED = declared(commander=BOB)
OFFERED = after(COMMANDED, rules.offer_handoff(COMMANDED, CAROL, by=BOB, now=NOW))
DECLARED = Declared(at=NOW, by=ALICE, number=42, title="Checkout is failing", severity=Severity.SEV1)


def shown(incident: Incident, decision: Decision) -> tuple[Effect, ...]:
    """The effects of a decision's only fact."""
    return react(Entry(7, fact(decision)), after(incident, decision))


def test_a_declaration_opens_a_war_room_with_a_pinned_card_and_announces_it() -> None:
    assert react(Entry(1, DECLARED), declared()) == (
        OpenRoom(),
        Invite((ALICE,)),
        ReadMembers(),
        SetTopic(),
        ShowCard(),
        PinCard(),
        Announce(),
    )


def test_a_private_incident_is_announced_nowhere() -> None:
    effects = react(Entry(1, DECLARED), declared(private=True))
    assert OpenRoom() in effects
    assert Announce() not in effects


def test_a_commander_named_in_the_declaration_is_invited_once() -> None:
    happened = facts(
        rules.declare(number=1, title="Checkout", severity=Severity.SEV1, commander=BOB, by=ALICE, now=NOW)
    )
    effects = react_all(entries(*happened), declared(commander=BOB))
    assert effects.count(ShowCard()) == effects.count(SetTopic()) == 1
    assert Invite((BOB, ALICE)) in effects
    assert TellRoom(2) in effects


@pytest.mark.parametrize(
    "decision",
    [
        rules.change_severity(COMMANDED, Severity.SEV2, by=BOB, now=NOW),
        rules.change_status(COMMANDED, Status.MITIGATED, by=BOB, now=NOW),
        rules.resolve(COMMANDED, by=BOB, now=NOW),
    ],
)
def test_severity_and_status_are_told_and_show_in_topic_card_and_announcement(decision: Decision) -> None:
    assert shown(COMMANDED, decision) == (TellRoom(7), SetTopic(), ShowCard(), Announce())


def test_a_new_commander_is_invited_before_the_room_is_told_and_stands_in_the_topic() -> None:
    decision = rules.take_command(declared(), by=BOB, now=NOW)
    assert shown(declared(), decision) == (
        Invite((BOB,)),
        TellRoom(7),
        SetTopic(),
        ShowCard(),
        Announce(),
    )


def test_other_roles_stand_on_the_card_but_not_in_the_topic() -> None:
    effects = shown(COMMANDED, rules.assign(COMMANDED, Role.SCRIBE, CAROL, by=BOB, now=NOW))
    assert effects == (Invite((CAROL,)), TellRoom(7), ShowCard(), Announce())


def test_whoever_is_asked_to_take_over_is_invited_to_answer() -> None:
    decision = rules.offer_handoff(COMMANDED, CAROL, by=BOB, now=NOW)
    assert shown(COMMANDED, decision) == (Invite((CAROL,)), TellRoom(7, urgent=True))


def test_what_asks_somebody_to_act_goes_before_what_informs() -> None:
    nudge = Nudge(Promise.UPDATE, NOW, Rung.ROOM)
    urgent = (TellRoom(7, urgent=True), Remind(1, nudge), CloseReminder(1))
    assert {lane_of(each) for each in urgent} == {YIELDS_TO[lane_of(TellRoom(7))]} == {Lane.URGENT}


def test_a_declined_offer_is_told() -> None:
    assert shown(OFFERED, rules.answer_handoff(OFFERED, accept=False, by=CAROL, now=NOW)) == (TellRoom(7),)


def test_an_update_is_told_and_shows_on_the_card() -> None:
    decision = rules.post_update(COMMANDED, "Half fail", by=BOB, now=NOW)
    assert shown(COMMANDED, decision) == (TellRoom(7), ShowCard(), Announce())


def test_a_snooze_moves_the_promise_on_the_card_without_a_word_in_the_room() -> None:
    effects = shown(COMMANDED, rules.snooze(COMMANDED, minutes(10), by=BOB, now=later(16)))
    assert effects == (ShowCard(), Announce())


def test_a_note_is_told_unless_it_is_a_message_that_everybody_has_read() -> None:
    typed = Noted(at=NOW, by=BOB, author=BOB, text="Errors began")
    marked = Noted(at=NOW, by=BOB, author=ALICE, text="Errors began", from_message=True)
    assert react(Entry(7, typed), COMMANDED) == (TellRoom(7),)
    assert react(Entry(7, marked), COMMANDED) == ()


def test_a_recorded_moment_needs_no_word_of_its_own() -> None:
    told = MilestoneSet(at=NOW, by=BOB, milestone=Milestone.STARTED, when=later(-5))
    assert react(Entry(7, told), COMMANDED) == ()


def test_several_facts_of_one_moment_show_each_wanted_thing_once() -> None:
    decision = rules.resolve(COMMANDED, by=BOB, now=NOW, started=later(-20), detected=later(-5))
    effects = react_all(entries(*facts(decision)), after(COMMANDED, decision))
    assert effects == (TellRoom(3), SetTopic(), ShowCard(), Announce())


def test_the_declarer_learns_of_the_room_behind_its_opening_whether_it_opened_or_not() -> None:
    assert ShowLink().lane is OpenRoom().lane
    assert ShowLink().needs is None


def test_the_card_is_pinned_once_it_stands() -> None:
    assert PinCard.needs is Place.CARD


def test_what_shows_the_latest_state_stands_for_all_that_wait() -> None:
    assert all(effect.coalesces for effect in (SetTopic(), ShowCard(), Announce()))
    assert not TellRoom(1).coalesces


def test_broadcasts_and_their_answers_keep_their_order_apart_from_the_room() -> None:
    assert Broadcast.lane is CloseBroadcast.lane is Lane.BROADCAST
