"""The commands, buttons and forms of near misses, without a database."""

from dataclasses import replace
from typing import Any

import pytest

from bot.core.decision import Refused
from bot.followup.commands.near_miss_loaded import GONE, Alike, alike_of, needed, page_of
from bot.followup.commands.near_miss_settle import NOT_YOURS
from bot.followup.domain import near_miss_rules as rules
from bot.followup.domain.near_miss_facts import NearMissReported, NearMissWithdrawn
from bot.incident.commands.registry import BUTTONS, COMMANDS, FORMS, SHORTCUTS
from bot.incident.commands.request import OpenForm, Outcome, Reply, Request, Write
from bot.incident.domain.permissions import Capability
from tests.followup.domain.near_misses import CAUGHT, TITLE, after, near_miss
from tests.incident.commands.factory import request as plain_request
from tests.incident.domain.situations import ALICE, BOB, CAROL
from tests.incident.views.reading import initial, said

GONE_ONE = after(near_miss(), rules.withdraw, by=ALICE)


def request(*given: Any, loaded: Any = None, **more: Any) -> Request:
    return replace(plain_request(*given, **more), loaded=loaded)


def press(name: str, loaded: Any, by: str = CAROL) -> Outcome:
    return BUTTONS[name].handle(request(actor=by, loaded=loaded))


def submit(form: str, loaded: Any, by: str = CAROL, **given: Any) -> Outcome:
    return FORMS[form].handle(request(actor=by, loaded=loaded, fields=given))


def shown(outcome: Outcome) -> str:
    assert isinstance(outcome, OpenForm)
    return said(outcome.view)


def decided(decision: Any) -> Any:
    """The one fact of a decision."""
    assert not isinstance(decision, Refused)
    (fact,) = decision
    return fact


def typed(text: str, loaded: Any = None) -> Outcome:
    return COMMANDS["nearmiss"].action.handle(request(text, actor=CAROL, loaded=loaded))


def test_the_command_opens_the_form_or_shows_the_one_that_is_named() -> None:
    opened = typed("<@U1|bob> set the wrong flag")
    assert isinstance(opened, OpenForm)
    assert initial(opened.view, "title") == "@somebody set the wrong flag"
    seen = typed("NM-7", near_miss())
    assert isinstance(seen, Reply)
    assert TITLE in said(seen.message)
    assert typed("NM-7") == GONE


def test_a_shortcut_and_a_button_open_the_empty_form() -> None:
    for action in (SHORTCUTS["nearmiss"], BUTTONS["nearmiss"]):
        assert "Everybody here can read it" in shown(action.handle(request()))


@pytest.mark.parametrize("nameless", [True, False])
def test_a_report_is_recorded_with_the_name_or_without(nameless: bool) -> None:  # noqa: FBT001  # pytest's way
    earlier = Alike([near_miss(3)], may_be_read=True)
    given: dict[str, Any] = {
        "title": f"<@{CAROL}> {TITLE}",
        "summary": CAUGHT,
        "name": ["nameless"] if nameless else [],
    }
    outcome = submit("nearmiss_report", earlier, **given)
    assert isinstance(outcome, Write)
    fact = decided(outcome.decide(7))
    assert isinstance(fact, NearMissReported)
    assert (fact.by, fact.title, fact.similar) == ("" if nameless else CAROL, f"@somebody {TITLE}", (3,))
    assert (CAROL in str(outcome.dedup_keys)) is not nameless
    assert outcome.next_page
    assert "• *NM-3*" in said(outcome.next_page(near_miss(similar=[3])))
    assert "• *NM-3*" in str(outcome.done(near_miss(similar=[3])).text)


def test_similar_ones_are_not_named_to_whoever_may_not_read_them() -> None:
    outcome = submit("nearmiss_report", Alike([near_miss(3)]), title=TITLE)
    assert isinstance(outcome, Write)
    told = str(outcome.done(near_miss(similar=[3])).text)
    assert "Similar ones before it: NM-3" in told
    assert "• *NM-3*" not in told


def test_an_empty_report_is_refused_before_a_number_is_used() -> None:
    outcome = submit("nearmiss_report", Alike(), title=" ")
    assert isinstance(outcome, Refused)
    assert outcome.field == "title"


def test_what_is_not_there_or_not_to_be_seen_is_answered_with_where_to_look() -> None:
    for name in (
        "nearmiss_answer",
        "nearmiss_promote",
        "nearmiss_change",
        "nearmiss_withdraw",
        "nearmiss_undo",
    ):
        assert press(name, None) == GONE
    for name in ("nearmiss_answer", "nearmiss_change"):
        assert submit(name, None) == GONE


def test_only_the_reporter_changes_the_words() -> None:
    assert press("nearmiss_change", near_miss()) == NOT_YOURS
    assert submit("nearmiss_change", near_miss(), title="x") == NOT_YOURS
    assert "Everybody here can read it" in shown(press("nearmiss_change", near_miss(), BOB))
    outcome = submit("nearmiss_change", near_miss(), BOB, title="Better", summary="")
    assert isinstance(outcome, Write)
    fact = decided(outcome.decide(near_miss()))
    assert (fact.by, fact.title) == (BOB, "Better")


def test_what_was_taken_back_opens_no_form() -> None:
    for name, by in (("nearmiss_answer", CAROL), ("nearmiss_promote", CAROL), ("nearmiss_change", BOB)):
        outcome = press(name, GONE_ONE, by)
        assert isinstance(outcome, Refused)
        assert "was taken back" in outcome.message


def test_the_form_of_the_answer_and_of_the_incident_have_its_words() -> None:
    assert TITLE in shown(press("nearmiss_answer", near_miss()))
    declare = press("nearmiss_promote", near_miss())
    assert isinstance(declare, OpenForm)
    assert initial(declare.view, "title") == f"Near miss: {TITLE}"
    assert '"came_from": "NM-7"' in declare.view["private_metadata"]


def test_in_its_own_window_it_is_taken_back_by_its_reporter_or_by_nobody() -> None:
    for by in (BOB, ""):
        outcome = press("nearmiss_undo", near_miss(by=by))
        assert isinstance(outcome, Write)
        fact = decided(outcome.decide(near_miss(by=by)))
        assert isinstance(fact, NearMissWithdrawn)
        assert fact.by == by


@pytest.mark.parametrize(
    ("by", "loaded", "capability"),
    [
        (BOB, near_miss(), Capability.OWN),
        (CAROL, near_miss(), Capability.ANSWER),
        (ALICE, GONE_ONE, Capability.OWN),
        (CAROL, None, Capability.ANSWER),
    ],
)
def test_everybody_takes_back_their_own(by: str, loaded: Any, capability: Capability) -> None:
    assert needed(request(actor=by, loaded=loaded)) == (capability,)
    assert isinstance(press("nearmiss_restore", GONE_ONE, ALICE), Write)


def test_an_answer_is_written_by_whoever_gives_it() -> None:
    outcome = submit("nearmiss_answer", near_miss(), answer="We ask now")
    assert isinstance(outcome, Write)
    fact = decided(outcome.decide(near_miss()))
    assert (fact.by, fact.answer) == (CAROL, "We ask now")


def test_a_handler_that_forgot_to_ask_for_what_it_needs_says_so() -> None:
    with pytest.raises(TypeError, match="loads=LIST"):
        page_of(request())
    with pytest.raises(TypeError, match="loads=ALIKE"):
        alike_of(request())
