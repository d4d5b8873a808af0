"""The form to declare an incident first shows those that may be the same."""

from typing import Any

from bot.core.blocks import View
from bot.incident.commands.request import MarkedMessage, Outcome
from bot.incident.domain.shortlist import ListedIncident
from tests.incident.commands.factory import form, press, say, use
from tests.incident.domain.situations import declared

KNOWN = [
    ListedIncident(declared("Checkout is failing", number=9), "C0ROOM"),
    ListedIncident(declared(number=8), None),
]


def shown(view: View) -> str:
    """What the form says above its fields."""
    first = view["blocks"][0]
    return first["text"]["text"] if first["type"] == "section" else ""


def forms(**given: Any) -> list[Outcome]:
    """The form, opened in each way."""
    message = MarkedMessage("C1", "1.1", "Checkout is failing")
    return [
        say("declare", **given),
        say("declare checkout fails", **given),
        say("declare sev1", **given),
        press("declare", **given),
        use("declare", **given),
        use("declare_from_message", message=message, **given),
    ]


def test_incidents_that_may_be_the_same_are_shown_with_the_way_to_their_rooms() -> None:
    for opened in forms(known=KNOWN):
        text = shown(form(opened))
        assert "*INC-9* Checkout is failing (triage) · <#C0ROOM>" in text
        assert text.endswith("*INC-8* Checkout is failing (triage)")


def test_without_any_the_form_begins_with_its_first_field() -> None:
    assert {shown(form(opened)) for opened in forms()} == {""}
