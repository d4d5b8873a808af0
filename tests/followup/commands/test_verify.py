"""The buttons and forms of verification, where the item is gone or something is missing."""

from dataclasses import replace

import pytest

from bot.core.decision import Refused
from bot.followup.domain.listing import ListedItem
from bot.followup.views import verification as views
from bot.followup.views.rows import buttons, decided, verified
from bot.incident.commands import registry
from bot.incident.commands.request import OpenForm, Write
from tests.followup.domain.items import item
from tests.followup.domain.test_verification import answered, asked, done
from tests.incident.commands.factory import request
from tests.incident.domain.situations import CAROL, NOW, declared
from tests.incident.views.reading import said


@pytest.mark.parametrize("name", [views.ASK, views.YES, views.NO])
def test_an_item_that_is_gone_is_told(name: str) -> None:
    for actions in (registry.BUTTONS, registry.FORMS):
        found = actions[name].handle(request(incident=declared()))
        assert isinstance(found, Refused)
        assert "not there any more" in found.message


def test_a_person_must_be_chosen_who_can_be_asked() -> None:
    given = replace(request(incident=declared()), loaded=ListedItem(done()))
    found = registry.FORMS[views.ASK].handle(given)
    assert isinstance(found, Refused)
    assert found.field == "person"
    stranger = replace(given, fields={"person": "U0STRANGER"})
    assert isinstance(registry.FORMS[views.ASK].handle(stranger), Refused)
    assert isinstance(registry.FORMS[views.ASK].handle(replace(given, fields={"person": CAROL})), Write)


def test_the_form_asks_for_what_one_sees_or_what_is_missing() -> None:
    given = replace(request(incident=declared(), actor=CAROL), loaded=ListedItem(asked()))
    for name, label in ((views.YES, "How does one see"), (views.NO, "What is missing?")):
        found = registry.BUTTONS[name].handle(given)
        assert isinstance(found, OpenForm)
        assert label in str(found.view)


def test_the_messages_say_how_it_stands() -> None:
    today = NOW.date()
    assert "asks you to verify that *ACT-1* has its effect" in said(
        views.question(ListedItem(asked()), today)
    )
    assert "asks you to verify" in said(views.question(ListedItem(done()), today))
    assert "was opened again" in said(views.closed(ListedItem(item())))
    assert "*ACT-1* is verified, says" in said(views.closed(ListedItem(answered(is_verified=True))))
    assert "a button that opens it again" in said(views.found(answered(is_verified=False)))
    assert "was asked to verify ACT-1" in said(views.found(asked()))
    assert "was asked to verify ACT-1" in said(views.found(done()))
    assert "is asked to verify *ACT-1*" in said(views.asked(asked()))
    assert "is asked to verify *ACT-1*" in said(views.asked(done()))
    assert "Done: " not in str(views.ask(item()))


def test_a_list_shows_it_and_offers_to_ask_where_that_makes_sense() -> None:
    labels = [
        [each["text"]["text"] for each in buttons(ListedItem(state))]
        for state in (done(), asked(), answered(is_verified=True), answered(is_verified=False))
    ]
    ask, reopen = "Ask for verification", "Reopen"
    assert labels == [[ask, reopen], [reopen], [reopen], [ask, reopen]]
    assert verified(done()) == decided(done()) == ""
    assert "Asked to verify it" in verified(asked())
    assert "Verified, " in verified(answered(is_verified=True))
    assert "*Not verified*, " in verified(answered(is_verified=False))
