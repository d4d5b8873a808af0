"""What a war room could not be told at the time: one message, in order, each line with its time."""

from bot.core.blocks import MESSAGE_MAX
from bot.core.text import when
from bot.incident.domain import facts, rules
from bot.incident.domain.timeline import Entry
from bot.incident.views.catching_up import missed
from tests.incident.domain.situations import ALICE, BOB, CAROL, NOW, after, declared, later
from tests.incident.views.reading import buttons, said

INCIDENT = declared(commander=BOB)
NAMES = {ALICE: "Alice"}
OFFERED = after(INCIDENT, rules.offer_handoff(INCIDENT, CAROL, by=BOB, now=NOW))


def _note(seq: int, text: str) -> Entry:
    return Entry(seq, facts.Noted(at=later(seq), by=ALICE, author=ALICE, text=text))


OFFER = Entry(9, facts.HandoffOffered(at=NOW, by=BOB, to=CAROL))


def test_the_lines_are_in_order_with_their_times_also_in_the_notification() -> None:
    message = missed([_note(7, "errors began"), _note(8, "errors ended")], INCIDENT, NAMES)
    for text in (said(message), str(message.text)):
        assert text.find("While this room could not be reached") < text.find("errors began")
        assert text.find("errors began") < text.find("errors ended")
        assert when(later(7)) in text
    assert "earlier" not in said(message)
    assert "errors began (noted by Alice)" in said(message)  # people are not mentioned by their own act


def test_if_not_all_fits_the_latest_are_shown_and_the_rest_counted() -> None:
    entries = [_note(seq, f"{seq} " + "x" * 590) for seq in range(1, 31)]
    message = missed(entries, INCIDENT, NAMES)
    assert "30 xxx" in said(message)
    assert "earlier entries are in the postmortem draft" in said(message)
    assert len(message.text) < MESSAGE_MAX + 100


def test_an_open_offer_has_buttons_and_a_closed_one_has_none() -> None:
    assert buttons(missed([OFFER], OFFERED, NAMES)).keys() == {"handoff_accept", "handoff_decline"}
    assert buttons(missed([OFFER], INCIDENT, NAMES)) == {}
    assert buttons(missed([_note(7, "errors began")], OFFERED, NAMES)) == {}
