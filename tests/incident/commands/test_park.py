"""`/incident park` and `/incident unpark`."""

import pytest

from bot.incident.commands.request import MarkedMessage, Show
from bot.incident.domain import facts, rules
from bot.incident.domain.effects import ParkMessage
from bot.incident.domain.incident import Incident
from bot.incident.domain.vocabulary import Status
from bot.incident.views.messages import fact_message
from tests.incident.commands.factory import change, press, refusal, reply, say, use
from tests.incident.domain.situations import ALICE, BOB, CAROL, NOW, after, declared, entries, later
from tests.incident.views.reading import said

OPEN = declared()
PARKED = after(OPEN, rules.park(OPEN, "Is it the DNS?", by=BOB, now=later(1)))
ABOUT_P1 = {"number": 42, "parked": 1}
TAKEN_OUT = after(PARKED, rules.unpark(PARKED, 1, by=BOB, now=NOW))


def done(outcome: object, incident: Incident) -> str:
    """What the person reads when it is done."""
    assert outcome.done is not None  # type: ignore[attr-defined]  # the caller knows that it is a change
    return said(outcome.done(incident))  # type: ignore[attr-defined]


def test_a_typed_thought_is_parked_as_it_was_typed() -> None:
    parked = change(say("park Is it the DNS?", OPEN), OPEN)
    assert parked == facts.Parked(at=NOW, by=CAROL, number=1, text="Is it the DNS?", author=CAROL)


def test_the_same_words_twice_are_one_thought() -> None:
    first, second = (say(f"park {words}", OPEN) for words in ("the DNS?", "The  dns?"))
    assert first.dedup_keys == second.dedup_keys  # type: ignore[union-attr]  # both are changes


def test_park_alone_lists_what_is_parked_and_who_parked_it() -> None:
    listed = reply(say("park", PARKED))
    assert "Parking lot of INC-42" in listed
    assert f"*P1* Is it the DNS?\nparked by <@{BOB}>" in listed
    assert "Take out" in listed


def test_an_empty_parking_lot_says_how_to_park() -> None:
    for incident in (OPEN, TAKEN_OUT):
        assert "Nothing is parked in INC-42. `/incident park …`" in reply(say("park", incident))


@pytest.mark.parametrize("typed", ["P1", "p1", "1", "#1"])
def test_a_thought_is_taken_out_by_its_number(typed: str) -> None:
    outcome = say(f"unpark {typed}", PARKED)
    assert change(outcome, PARKED) == facts.Unparked(at=NOW, by=CAROL, number=1, text="Is it the DNS?")
    assert done(outcome, TAKEN_OUT) == "P1 is taken out of the parking lot.\nPut back"


def test_a_thought_is_taken_out_and_put_back_by_buttons() -> None:
    taken = press("unpark", PARKED, metadata=ABOUT_P1)
    assert isinstance(change(taken, PARKED), facts.Unparked)
    put_back = press("repark", TAKEN_OUT, metadata=ABOUT_P1)
    assert isinstance(change(put_back, TAKEN_OUT), facts.Reparked)
    assert done(put_back, PARKED) == "P1 is in the parking lot again."


def test_unpark_alone_lists_what_is_parked() -> None:
    assert "*P1*" in reply(say("unpark", PARKED))


def test_anything_but_a_number_is_refused_with_an_example() -> None:
    assert "`/incident unpark P2`" in refusal(say("unpark the DNS", PARKED)).message


@pytest.mark.parametrize("button", ["unpark", "repark"])
@pytest.mark.parametrize("number", [None, "1", True, [1]])
def test_a_button_that_is_not_ours_changes_nothing(button: str, number: object) -> None:
    assert "by its number" in refusal(press(button, PARKED, metadata={"parked": number})).message


def test_a_marked_message_is_parked_once_whoever_marks_it() -> None:
    message = MarkedMessage(channel="C1", ts="1.1")
    outcomes = [use("park_message", OPEN, message=message, actor=who) for who in (ALICE, BOB)]
    effect = ParkMessage(channel="C1", ts="1.1", by=ALICE)
    assert isinstance(outcomes[0], Show)
    assert isinstance(outcomes[1], Show)
    assert outcomes[0].effects == (effect,)
    assert outcomes[0].once == outcomes[1].once == "park:C1:1.1"
    assert "Parked for the postmortem" in said(outcomes[0].done)
    assert outcomes[0].again
    assert "parked already" in said(outcomes[0].again)


def test_the_shortcut_needs_a_message() -> None:
    assert "message's menu" in refusal(use("park_message", OPEN)).message


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (Status.TRIAGE, "restoring the service comes first"),
        (Status.MITIGATING, "restoring the service comes first"),
        (Status.MITIGATED, "the impact is stopped, so you may also look into it now"),
        (Status.RESOLVED, "the incident is resolved, so you may also look into it now"),
    ],
)
def test_the_war_room_reads_that_it_is_kept_and_what_comes_first(status: Status, words: str) -> None:
    incident = PARKED
    if status is Status.RESOLVED:
        incident = after(incident, rules.resolve(incident, by=BOB, now=NOW))
    elif status is not Status.TRIAGE:
        incident = after(incident, rules.change_status(incident, status, by=BOB, now=NOW))
    parked = facts.Parked(at=NOW, by=BOB, number=1, text="Is it\nthe DNS?", author=BOB)
    (entry,) = entries(parked)
    text = said(fact_message(entry, incident, {BOB: "Bob Brown"}))
    assert (
        text == f":parking: *P1 parked* for the postmortem\n>Is it\n>the DNS?\nparked by Bob Brown · {words}"
    )


def test_the_war_room_reads_whose_message_was_parked() -> None:
    parked = facts.Parked(at=NOW, by=BOB, number=1, text="DNS?", author=ALICE, link="https://example.com/p1")
    (entry,) = entries(parked)
    text = said(fact_message(entry, OPEN, {BOB: "Bob Brown"}))
    assert f"said by <@{ALICE}>, parked by Bob Brown · <https://example.com/p1|link> · restoring" in text
