"""What is said of where and when people are reminded, and what stands in a row of the list in Slack."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.followup.commands import reminders
from bot.followup.domain.nudges import nudges
from bot.followup.domain.preferences import Absence, Preferences
from bot.followup.domain.vocabulary import State
from bot.followup.domain.working_hours import WorkingHours
from bot.followup.views import messages, preferences, slack_list
from tests.followup.domain.items import TODAY, item
from tests.incident.commands.factory import request
from tests.incident.domain.situations import NOW
from tests.incident.views.reading import said

HOURS = WorkingHours()


def test_of_a_long_absence_it_is_said_what_comes_before_and_what_after_it() -> None:
    first = TODAY + timedelta(days=7)
    short = preferences.away(Preferences(absence=Absence(first, first + timedelta(days=4))), HOURS, TODAY)
    long = preferences.away(Preferences(absence=Absence(first, first + timedelta(days=40))), HOURS, TODAY)
    assert "What falls in these days comes before them" in said(short)
    assert "more than two weeks after that" not in said(short)
    assert "what falls more than two weeks after that comes on" in said(long)


def test_a_direct_message_in_which_nothing_is_left_names_the_channel_of_choice() -> None:
    assert "You are reminded in <#C1> now." in said(messages.reminder([], TODAY, elsewhere="C1"))


def test_a_row_has_the_link_if_there_is_one() -> None:
    assert "link" not in slack_list.cells(item(), has_owner=True)
    linked = replace(item(), link="https://example.com/1")
    (link,) = slack_list.cells(linked, has_owner=True)["link"]["link"]
    assert link["original_url"] == "https://example.com/1"


def test_of_what_is_over_nobody_is_reminded() -> None:
    assert nudges(replace(item(), state=State.DONE), HOURS, "UTC", NOW) == (None, None)


def test_a_handler_that_does_not_load_what_was_chosen_is_a_mistake() -> None:
    with pytest.raises(TypeError, match="mark it loads=REMINDERS"):
        reminders.reminders(request(""))
