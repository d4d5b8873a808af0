"""`/incident metrics`."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.decision import Refused
from bot.core.page_links import PageName
from bot.incident.commands import registry
from bot.incident.commands.request import LookBack, Outcome, Reply, Wants
from bot.incident.domain.records import Past, Period, Record
from bot.incident.domain.vocabulary import Severity
from bot.review.views.message import CHART, POST
from tests.incident.commands.factory import press, request, say
from tests.incident.domain.situations import CAROL
from tests.incident.views.reading import buttons, said
from tests.review.histories import NOW, records

SOME = records(60)
UNTIL = NOW + timedelta(microseconds=1)


def looked(outcome: Outcome) -> LookBack:
    assert isinstance(outcome, LookBack), outcome
    return outcome


def answer(outcome: Outcome, *pasts: Sequence[Record]) -> Reply:
    reply = looked(outcome).then([Past(each) for each in pasts])
    assert isinstance(reply, Reply)
    return reply


def pressed(action_id: str, text: str, *pasts: Sequence[Record]) -> Reply:
    return answer(registry.BUTTONS[action_id].handle(request(text, now=NOW)), *pasts)


def test_without_words_it_is_about_the_last_ninety_days_for_the_person_alone() -> None:
    wanted = looked(say("metrics", now=NOW))
    assert wanted.periods == [Period(NOW - timedelta(days=90), UNTIL)]
    assert wanted.severity is None
    assert not wanted.everybodys
    assert not answer(wanted, SOME).in_channel


def test_a_span_and_a_severity_are_looked_for() -> None:
    wanted = looked(say("metrics 30d sev1", now=NOW))
    assert wanted.periods == [Period(NOW - timedelta(days=30), UNTIL)]
    assert wanted.severity is Severity.SEV1


def test_the_answer_names_the_end_points_the_number_and_the_interval() -> None:
    told = str(answer(say("metrics", now=NOW), SOME).message.text)
    assert "*Time to mitigate* (declared → mitigated): median" in told
    assert " incidents" in told
    assert " to " in told
    assert "Promised updates in time:" in told
    assert "Apart, and not in these figures:" in told


def test_it_can_be_posted_and_shown_as_a_chart() -> None:
    shown = answer(say("metrics 30d sev1", now=NOW), SOME).message
    assert {each["value"] for each in buttons(shown).values()} == {'{"text": "30d sev1"}'}
    assert set(buttons(shown)) == {POST, CHART}


def test_what_is_posted_is_for_everybody_without_private_ones_and_says_who_posted_it() -> None:
    wanted = looked(press(POST, now=NOW))
    assert wanted.everybodys
    reply = pressed(POST, "90d", [each for each in SOME if not each.private])
    assert reply.in_channel
    assert f"<@{CAROL}> posted this" in said(reply.message)
    assert "private ones not among them" in str(reply.message.text)
    assert buttons(reply.message) == {}


def test_a_chart_is_for_the_person_alone_and_says_the_same_in_words() -> None:
    reply = pressed(CHART, "90d", SOME)
    assert not reply.in_channel
    kinds = [block["type"] for block in reply.message.blocks]
    assert kinds == ["section", "data_visualization", "data_visualization", "context"]
    assert "*Time to resolve (declared → resolved)*: to " in str(reply.message.text)


def test_two_spans_are_compared_with_what_chance_explains() -> None:
    wanted = looked(say("metrics 2d vs before", now=NOW))
    assert len(wanted.periods) == 2
    parts = [[each for each in SOME if each.declared_at in period] for period in wanted.periods]
    told = str(answer(wanted, *parts).message.text)
    assert "could well be chance (p = " in told
    assert "would show in 8 of 10 cases" in told or "no change would show" in told
    assert "in the time before (" in told


def test_an_empty_span_says_so() -> None:
    assert "No incident was declared from" in str(answer(say("metrics", now=NOW), []).message.text)
    told = str(answer(say("metrics 2d vs before sev1", now=NOW), [], []).message.text)
    assert told.count("No incident of SEV1 was declared from") == 2
    assert not pressed(POST, "90d", []).in_channel


@pytest.mark.parametrize("words", ["metrics lately", "metrics 30d vs 90d"])
def test_a_bad_span_is_refused(words: str) -> None:
    assert isinstance(say(words, now=NOW), Refused)


def _link(page: PageName, subject: str) -> str:
    return f"https://bot.example.com/pages/{page}/{subject}"


def test_the_answer_opens_the_page_of_the_same_span_where_pages_can_be_opened() -> None:
    asked = replace(request("90d sev1", now=NOW), page_link=_link)
    command = registry.COMMANDS["metrics"]
    assert Wants.LINKS in command.action.wants
    reply = answer(command.action.handle(asked), SOME)
    assert "https://bot.example.com/pages/figures/90d sev1" in str(reply.message.blocks)
    assert "/pages/" not in reply.message.text, "Slack looks up what is in a text"
    empty = answer(command.action.handle(asked), [])
    assert "/pages/" not in str(empty)


def test_what_is_posted_for_everybody_has_no_link() -> None:
    asked = replace(request("90d", now=NOW), page_link=_link)
    for action_id in (POST, CHART):
        assert "/pages/" not in str(answer(registry.BUTTONS[action_id].handle(asked), SOME))
