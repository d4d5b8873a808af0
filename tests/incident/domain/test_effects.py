"""What Slack must show of each fact, and must not show of a private incident."""

import pytest

from bot.incident.domain import facts, rules
from bot.incident.domain.effects import (
    Announce,
    Brief,
    CloseOffer,
    CloseTakeover,
    Effect,
    GiveDuties,
    Invite,
    OpenRoom,
    PinCard,
    ReadDoNotDisturb,
    ReadMembers,
    SetTopic,
    ShowCard,
    ShowOffer,
    TellChannel,
    TellRoom,
)
from bot.incident.domain.incident import Incident
from bot.incident.domain.react import react, react_all
from bot.incident.domain.rules import Decision
from bot.incident.domain.timeline import Entry
from bot.incident.domain.vocabulary import Milestone, Role, Severity, Status
from tests.incident.domain.situations import (
    ALICE,
    BOB,
    CAROL,
    NOW,
    after,
    decided,
    declared,
    entries,
    fact,
    later,
    minutes,
    resolved,
)

COMMANDED = declared(commander=BOB)
OFFERED = after(COMMANDED, rules.offer_handoff(COMMANDED, CAROL, by=BOB, now=NOW))
MINOR = declared(severity=Severity.SEV3, commander=BOB)
DECLARED = facts.Declared(at=NOW, by=ALICE, number=42, title="Checkout is failing", severity=Severity.SEV1)


def shown(incident: Incident, decision: Decision) -> tuple[Effect, ...]:
    """The effects of the only fact of a decision."""
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


def test_a_private_incident_is_not_announced() -> None:
    effects = react(Entry(1, DECLARED), declared(private=True))
    assert OpenRoom() in effects
    assert Announce() not in effects


def test_a_commander_named_in_the_declaration_is_invited_once() -> None:
    happened = decided(
        rules.declare(number=1, title="Checkout", severity=Severity.SEV1, commander=BOB, by=ALICE, now=NOW)
    )
    effects = react_all(entries(*happened), declared(commander=BOB))
    assert effects.count(ShowCard()) == effects.count(SetTopic()) == 1
    assert Invite((BOB, ALICE)) in effects
    assert Brief(2) in effects
    assert TellRoom(2) not in effects, "the card says it already"


def test_a_raised_severity_is_posted_in_the_room_and_in_the_announcements_thread() -> None:
    raised = rules.change_severity(MINOR, Severity.SEV1, by=BOB, now=NOW)
    assert shown(MINOR, raised) == (TellRoom(7), ShowCard(), Announce(), TellChannel(7))


def test_a_lowered_severity_and_a_new_status_are_posted_only_in_the_room() -> None:
    for decision in (
        rules.change_severity(COMMANDED, Severity.SEV2, by=BOB, now=NOW),
        rules.change_status(COMMANDED, Status.MITIGATED, by=BOB, now=NOW),
    ):
        assert shown(COMMANDED, decision) == (TellRoom(7), ShowCard(), Announce())


def test_the_end_and_a_reopening_are_posted_everywhere_and_set_the_topic() -> None:
    everywhere = (TellRoom(7), SetTopic(), ShowCard(), Announce(), TellChannel(7))
    assert shown(COMMANDED, rules.resolve(COMMANDED, by=BOB, now=NOW)) == everywhere
    over = resolved(COMMANDED)
    back = shown(over, rules.reopen(over, "Errors are back", by=BOB, now=NOW))
    assert back == (TellRoom(7), SetTopic(), ReadMembers(), *everywhere[2:])
    reviewed = rules.change_status(over, Status.REVIEWED, by=BOB, now=NOW)
    assert shown(over, reviewed) == (TellRoom(7), ShowCard(), Announce())


def test_a_new_commander_is_invited_before_the_room_is_told_and_gets_a_brief() -> None:
    decision = rules.take_command(declared(), by=BOB, now=NOW)
    assert shown(declared(), decision) == (
        Invite((BOB,)),
        TellRoom(7),
        CloseOffer(7),
        CloseTakeover(7),
        Brief(7),
        ShowCard(),
        Announce(),
        ReadDoNotDisturb(BOB, BOB),
    )


def test_the_holder_of_another_role_gets_its_duties_and_the_card_shows_the_role() -> None:
    effects = shown(COMMANDED, rules.assign(COMMANDED, Role.SCRIBE, CAROL, by=BOB, now=NOW))
    assert effects == (Invite((CAROL,)), TellRoom(7), GiveDuties(7), ShowCard(), Announce())


def test_the_person_who_is_offered_command_is_invited_and_an_earlier_offer_is_closed() -> None:
    decision = rules.offer_handoff(COMMANDED, CAROL, by=BOB, now=NOW)
    assert shown(COMMANDED, decision) == (
        Invite((CAROL,)),
        CloseOffer(7),
        ShowOffer(7),
        ReadDoNotDisturb(CAROL, BOB),
    )


def test_a_declined_offer_is_posted() -> None:
    declined = rules.answer_handoff(OFFERED, accept=False, by=CAROL, now=NOW)
    assert shown(OFFERED, declined) == (CloseOffer(7), TellRoom(7))


def test_an_update_is_posted_in_the_room_and_in_the_announcements_thread() -> None:
    decision = rules.post_update(COMMANDED, "Half fail", by=BOB, now=NOW)
    assert shown(COMMANDED, decision) == (TellRoom(7), ShowCard(), Announce(), TellChannel(7))


SECRET = declared(private=True, commander=BOB, severity=Severity.SEV2)


@pytest.mark.parametrize(
    "decision",
    [
        rules.post_update(SECRET, "Half fail", by=BOB, now=NOW),
        rules.change_severity(SECRET, Severity.SEV1, by=BOB, now=NOW),
        rules.resolve(SECRET, by=BOB, now=NOW),
        rules.assign(SECRET, Role.COMMANDER, CAROL, by=ALICE, now=NOW, force=True),
        rules.offer_handoff(SECRET, CAROL, by=BOB, now=NOW),
    ],
)
def test_nothing_of_a_private_incident_leaves_its_room(decision: Decision) -> None:
    effects = shown(SECRET, decision)
    assert not [each for each in effects if isinstance(each, (Announce, TellChannel))]


MESSAGES = (TellRoom, ShowOffer)  # besides the card, which a declaration posts and every other act edits


@pytest.mark.parametrize(
    "decision",
    [
        rules.change_severity(MINOR, Severity.SEV1, by=BOB, now=NOW),
        rules.change_status(MINOR, Status.MITIGATED, by=BOB, now=NOW),
        rules.assign(MINOR, Role.SCRIBE, CAROL, by=BOB, now=NOW),
        rules.assign(MINOR, Role.COMMANDER, CAROL, by=CAROL, now=NOW, force=True),
        rules.offer_handoff(MINOR, CAROL, by=BOB, now=NOW),
        rules.post_update(MINOR, "Half fail", by=BOB, now=NOW),
        rules.snooze(MINOR, minutes(10), by=BOB, now=NOW, reason="rolling back"),
        rules.note(MINOR, "Errors began", by=BOB, now=NOW),
        rules.resolve(MINOR, by=BOB, now=NOW, started=later(-20), detected=later(-5)),
        rules.cancel(MINOR, "Monitor was wrong", by=BOB, now=NOW),
        rules.set_milestone(MINOR, Milestone.STARTED, later(-20), by=BOB, now=NOW),
    ],
)
def test_an_act_posts_at_most_one_message_in_the_room(decision: Decision) -> None:
    effects = react_all(entries(*decided(decision)), after(MINOR, decision))
    assert sum(type(each) in MESSAGES for each in effects) <= 1


def test_a_snooze_changes_the_card_without_a_message_in_the_room() -> None:
    effects = shown(
        COMMANDED, rules.snooze(COMMANDED, minutes(10), by=BOB, now=later(16), reason="rolling back")
    )
    assert effects == (ShowCard(), Announce())


def test_a_note_is_posted_unless_it_is_a_marked_message() -> None:
    typed = facts.Noted(at=NOW, by=BOB, author=BOB, text="Errors began")
    marked = facts.Noted(at=NOW, by=BOB, author=ALICE, text="Errors began", from_message=True)
    assert react(Entry(7, typed), COMMANDED) == (TellRoom(7),)
    assert react(Entry(7, marked), COMMANDED) == ()


def test_several_facts_together_show_each_thing_once() -> None:
    decision = rules.resolve(COMMANDED, by=BOB, now=NOW, started=later(-20), detected=later(-5))
    effects = react_all(entries(*decided(decision)), after(COMMANDED, decision))
    assert effects == (TellRoom(3), SetTopic(), ShowCard(), Announce(), TellChannel(3))
