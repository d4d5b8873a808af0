"""`/incident rename`, and the form for title and summary."""

from bot.incident.commands.request import ChangeIncident
from bot.incident.domain.facts import Renamed
from tests.incident.commands.factory import change, form, press, refusal, say, submit
from tests.incident.domain.situations import after, declared
from tests.incident.views.reading import said

INCIDENT = declared(summary="Since noon")


def test_a_title_is_corrected_at_once_and_the_person_is_told() -> None:
    for words in ("rename Payments fail", "title Payments fail", "rename Payments <@U0BOB|bob> fail"):
        outcome = say(words, INCIDENT)
        happened = change(outcome, INCIDENT)
        assert isinstance(happened, Renamed)
        assert happened.title.startswith("Payments ")
        assert "<" not in happened.title
        assert isinstance(outcome, ChangeIncident)
        assert outcome.done
        told = said(outcome.done(after(INCIDENT, (happened,))))
        assert told == f"INC-42 is called *{happened.title}* now. Before: Checkout is failing"


def test_without_words_the_form_opens_with_title_and_summary() -> None:
    for outcome in (say("rename", INCIDENT), press("rename", INCIDENT)):
        shown = form(outcome)
        assert shown["callback_id"] == "rename"
        assert [each["element"]["initial_value"] for each in shown["blocks"][1:]] == [
            "Checkout is failing",
            "Since noon",
        ]


def test_the_form_corrects_both() -> None:
    happened = change(submit("rename", INCIDENT, title="Payments fail", summary="Since ten"), INCIDENT)
    assert isinstance(happened, Renamed)
    assert (happened.title, happened.summary) == ("Payments fail", "Since ten")
    emptied = change(submit("rename", INCIDENT, title="Checkout is failing"), INCIDENT)
    assert isinstance(emptied, Renamed)
    assert emptied.summary == ""
    same = submit("rename", INCIDENT, title="Checkout is failing", summary="Since noon")
    assert refusal(same, INCIDENT).field == "title"
