"""Words that change nothing: `list`, `timeline`, `postmortem`."""

import pytest

from bot.incident.commands.request import Show
from bot.incident.domain import facts
from bot.incident.domain.effects import ShareDraft
from bot.incident.domain.shortlist import ListedIncident, Shortlist
from bot.incident.domain.vocabulary import Severity
from tests.incident.commands.factory import press, reply, say
from tests.incident.domain.situations import ALICE, CAROL, NOW, declared, entries, later
from tests.incident.domain.situations import resolved as over

LISTED = Shortlist(
    [
        ListedIncident(declared("Checkout is down", Severity.SEV1, number=9), None),
        ListedIncident(declared("Mail is late", Severity.SEV3, number=8), "C0MAIL"),
    ],
    total=2,
)


def test_list_shows_the_worst_first_with_links() -> None:
    text = reply(say("list", open_incidents=LISTED))
    assert text.index("INC-9") < text.index("INC-8")
    assert "<#C0MAIL>" in text
    assert "opening …" in text


def test_the_list_button_of_the_menu_shows_the_same() -> None:
    assert reply(press("list", open_incidents=LISTED)) == reply(say("list", open_incidents=LISTED))


def test_without_open_incidents_list_says_how_to_declare() -> None:
    assert "/incident declare" in reply(say("list"))


def test_timeline_shows_what_happened_in_order() -> None:
    happened = entries(
        facts.Noted(at=NOW, by=CAROL, author=CAROL, text="Rolled back"),
        facts.Noted(at=later(-30), by=CAROL, author=ALICE, text="Errors began"),
    )
    text = reply(say("timeline", declared(), timeline=happened))
    assert text.index("Errors began") < text.index("Rolled back")
    assert f", noted by <@{CAROL}>)" in text


def test_postmortem_shares_the_draft_by_word_and_by_button_whether_open_or_closed() -> None:
    for outcome in (say("postmortem", declared()), press("postmortem", over())):
        assert isinstance(outcome, Show)
        assert outcome.effects == (ShareDraft(),)
        assert outcome.done is not None
        assert "war room" in outcome.done.text


def test_another_page_of_a_list_is_shown_by_its_button() -> None:
    many = Shortlist([ListedIncident(declared(number=number), "C1") for number in range(1, 21)], 50)
    text = reply(press("list", metadata={"page": 1, "text": "open"}, open_incidents=many))
    assert "21 to 40 of 50" in text


@pytest.mark.parametrize("page", ["1", -1, None, {}])
def test_a_forged_page_is_the_first(page: object) -> None:
    assert "No incident is open" in reply(press("list", metadata={"page": page}))
