"""`/incident declare --resolved`, and the check box in the form to declare."""

import pytest

from bot.incident.commands.declare import is_complete
from bot.incident.commands.request import DeclareIncident, Show
from bot.incident.domain.effects import SendDraft
from bot.incident.domain.incident import fold
from tests.incident.commands.factory import declared, form, refusal, request, say, submit
from tests.incident.domain.situations import CAROL, NOW, decided
from tests.incident.views.reading import fields


def seconds(minutes: int) -> int:
    return int(NOW.timestamp()) + 60 * minutes


@pytest.mark.parametrize(
    ("words", "title", "severity"),
    [
        ("declare --resolved", "", "2"),
        ("declare --resolved Mail was late", "Mail was late", "2"),
        ("declare sev3 Mail was late --resolved", "Mail was late", "3"),
        ("declare —over Mail was late sev1", "Mail was late", "1"),
        ("declare sev3 --resolved", "", "3"),
    ],
)
def test_the_form_asks_for_its_times_with_what_was_typed(words: str, title: str, severity: str) -> None:
    view = form(say(words))
    assert view["callback_id"] == "declare_past"
    asked = fields(view)
    assert asked["title"]["element"].get("initial_value", "") == title
    assert asked["severity"]["element"]["initial_option"]["value"] == severity
    assert asked["resolved"]["element"]["initial_date_time"] == seconds(0)
    assert not is_complete(request(words.removeprefix("declare ")))


def test_the_check_box_leads_to_the_same_form_and_keeps_what_was_typed() -> None:
    view = form(submit("declare", title="Mail was late", severity="3", summary="A queue", over=["over"]))
    assert fields(view)["title"]["element"]["initial_value"] == "Mail was late"
    assert fields(view)["summary"]["element"]["initial_value"] == "A queue"
    no = refusal(submit("declare", title="Mail was late", over=["over"], private=["private"]))
    assert no.field == "private"


def test_the_form_records_it_once() -> None:
    outcome = submit(
        "declare_past", title="Mail <@U0BOB|bob> was late", severity="3", summary="A queue was full",
        fix="More workers", started=seconds(-90), resolved=seconds(-30),
    )  # fmt: skip
    happened, _ = declared(outcome)
    assert happened.without_room
    assert happened.title.startswith("Mail ")
    assert "<" not in happened.title


def test_an_impossible_order_is_refused_before_a_number_is_used() -> None:
    no = refusal(submit("declare_past", title="t", started=seconds(-5), resolved=seconds(-10)))
    assert no.field == "started"


def test_the_draft_comes_in_a_direct_message() -> None:
    outcome = submit("declare_past", title="Mail was late", resolved=seconds(-10))
    assert isinstance(outcome, DeclareIncident)
    incident = fold(decided(outcome.decide(12)))
    shown = say("postmortem", incident)
    assert isinstance(shown, Show)
    assert shown.effects == (SendDraft(CAROL),)
