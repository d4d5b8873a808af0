"""`/incident milestone`: show and correct the times of milestones."""

from datetime import UTC, datetime

import pytest

from bot.incident.commands.request import ChangeIncident
from bot.incident.domain import facts
from bot.incident.domain.vocabulary import Milestone
from tests.incident.commands.factory import change, form, press, refusal, reply, say, submit
from tests.incident.domain.situations import BOB, CAROL, NOW, declared, later, resolved
from tests.incident.views.reading import fields, initial, required, said

OPEN = declared()
HALF_PAST_ONE = datetime(2026, 11, 23, 13, 30, tzinfo=UTC)


def test_alone_it_shows_all_with_who_set_them() -> None:
    text = reply(say("milestone", OPEN))
    assert "Impact started: not known" in text
    assert "Declared: <!date^1795442400^" in text
    assert "set by <@U0ALICE>" in text
    assert "Correct one" in text


@pytest.mark.parametrize(
    "words",
    [
        "milestone started 13:30",
        "milestone started at 13:30",
        "milestone start 30 min ago",
        "milestones impact 1:30pm",
        "started 13:30",
    ],
)
def test_a_time_is_written_as_in_a_note(words: str) -> None:
    made = change(say(words, OPEN), OPEN)
    assert made == facts.MilestoneSet(at=NOW, by=CAROL, milestone=Milestone.STARTED, when=HALF_PAST_ONE)


def test_a_time_is_in_the_persons_own_zone() -> None:
    made = change(say("milestone started 05:30", OPEN, actor=BOB), OPEN)
    assert isinstance(made, facts.MilestoneSet)
    assert made.when == HALF_PAST_ONE


def test_the_words_after_the_time_say_where_it_comes_from() -> None:
    made = change(say("milestone started 13:30 first failed payment", OPEN), OPEN)
    assert isinstance(made, facts.MilestoneSet)
    assert made.reason == "first failed payment"


def test_a_milestone_without_a_time_opens_the_form_for_it() -> None:
    view = form(say("milestone resolved", resolved()))
    assert initial(view, "milestone") == "resolved"
    assert fields(view)["at"]["element"]["initial_date_time"] == int(NOW.timestamp())
    assert required(view) == {"milestone", "at"}
    assert "Mitigated: <!date^" in said(view)


def test_a_word_that_is_no_milestone_is_refused_with_the_known_ones() -> None:
    message = refusal(say("milestone begun 13:30", OPEN)).message
    assert message.startswith("“begun” is not a milestone. The milestones are started, detected, declared")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("milestone started a while ago", "`/incident milestone started 14:05 first alert`"),
        ("milestone started 25:99", "I cannot read that time"),
    ],
)
def test_a_time_that_cannot_be_read_is_refused_with_an_example(words: str, says: str) -> None:
    assert says in refusal(say(words, OPEN)).message


def test_the_form_corrects_one() -> None:
    picked = int(HALF_PAST_ONE.timestamp())
    made = change(submit("milestone", OPEN, milestone="started", at=picked, reason="graph"), OPEN)
    assert made == facts.MilestoneSet(
        at=NOW, by=CAROL, milestone=Milestone.STARTED, when=HALF_PAST_ONE, reason="graph"
    )


@pytest.mark.parametrize(
    ("filled_in", "field"),
    [({}, "milestone"), ({"milestone": "x"}, "milestone"), ({"milestone": "started"}, "at")],
)
def test_an_incomplete_form_is_refused_at_its_field(filled_in: dict[str, str], field: str) -> None:
    assert refusal(submit("milestone", OPEN, **filled_in)).field == field


def test_an_unusual_time_is_asked_for_in_the_form_with_what_was_filled_in() -> None:
    picked = int(later(-1).timestamp())
    asked = submit("milestone", OPEN, milestone="acknowledged", at=picked, reason="pager")
    doubt = refusal(asked, OPEN)
    assert isinstance(asked, ChangeIncident)
    assert asked.ask_again is not None
    view = asked.ask_again(doubt)
    assert "That is before the declaration" in said(view)
    assert (initial(view, "milestone"), initial(view, "reason")) == ("acknowledged", "pager")
    assert fields(view)["at"]["element"]["initial_date_time"] == picked
    sure = submit("milestone", OPEN, milestone="acknowledged", at=picked, sure=["sure"])
    assert isinstance(change(sure, OPEN), facts.MilestoneSet)


def test_the_button_opens_the_form() -> None:
    assert initial(form(press("milestone", OPEN)), "milestone") == "started"
    assert "declared" not in [
        each["value"] for each in fields(form(press("milestone", OPEN)))["milestone"]["element"]["options"]
    ]


def test_help_says_what_it_is_for() -> None:
    assert "The old time and who had set it stay on the timeline" in reply(say("help milestone"))
