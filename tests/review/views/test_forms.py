"""The same report as a message, a page, text, JSON and CSV."""

import csv
import io
import json
import re
from collections.abc import Sequence
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from bot import policy_file
from bot.core.blocks import Message
from bot.core.newer import NewerKind
from bot.incident.domain.action_records import ActionRecord
from bot.incident.domain.links import LinkPattern
from bot.incident.domain.records import Past, Period, Record
from bot.incident.domain.vocabulary import Status
from bot.review.domain.buckets import buckets
from bot.review.domain.figures import figures
from bot.review.domain.measures import Measure
from bot.review.domain.report import Report, report
from bot.review.domain.spans import Asked, Span
from bot.review.domain.survival import Observation
from bot.review.views import message as messages
from bot.review.views.exports import COLUMNS, as_csv, as_json, as_text
from bot.review.views.page import page
from bot.review.views.plot import WIDTH, plot
from tests.incident.views.limits import fits
from tests.incident.views.reading import in_plain_form, said
from tests.review import action_histories
from tests.review.domain.test_measures import record
from tests.review.histories import GAP, NOW, records

POLICY = policy_file.load()
EARLIER = Span("q2", Period(NOW - 120 * GAP, NOW - 60 * GAP))
LATER = Span("q3", Period(NOW - 60 * GAP, NOW))


def of(*spans: Span, made: list[Record] | None = None, actions: Sequence[ActionRecord] = ()) -> Report:
    given = records(120) if made is None else made
    found = [
        figures(
            span,
            Past([each for each in given if each.declared_at in span.period], actions=actions),
            POLICY,
            NOW,
        )
        for span in spans
    ]
    asked = Asked(" vs ".join(each.words for each in spans), *spans)
    return report(asked, found, POLICY, everybodys=True)


ONE, BOTH, NONE = of(LATER), of(LATER, EARLIER), of(LATER, made=[])


@pytest.mark.parametrize(
    "shown",
    [
        messages.answer(ONE),
        messages.answer(BOTH),
        messages.answer(NONE),
        messages.chart(ONE),
        messages.chart(NONE),
    ],
)
def test_messages_keep_slacks_limits(shown: Message) -> None:
    fits(shown)
    fits(in_plain_form(shown))


def test_the_text_alone_says_what_the_table_says_and_so_does_the_plain_form() -> None:
    shown = messages.answer(ONE)
    for each in ONE.figures[0].summaries:
        assert f"*{each.measure.heading}* ({each.measure.end_points}): " in shown.text
        assert f"*{each.measure.heading}* ({each.measure.end_points}): " in said(in_plain_form(shown))
        assert each.measure.heading in said(shown)


def test_a_chart_is_a_newer_block_whose_plain_form_is_a_sentence() -> None:
    shown = messages.chart(ONE)
    kinds = [getattr(block, "kind", None) for block in shown.blocks]
    assert kinds.count(NewerKind.DATA_VISUALIZATION) == 2
    assert "*Time to mitigate (declared → mitigated)*: to " in said(in_plain_form(shown))


def test_a_chart_without_open_incidents_has_one_series() -> None:
    closed = of(LATER, made=[replace(record(mitigated=5, resolved=9), declared_at=NOW - GAP)])
    block = messages.chart(closed).blocks[1]
    assert [each["name"] for each in block["chart"]["series"]] == ["over"]


def test_buckets_reach_from_the_shortest_to_the_longest() -> None:
    found = buckets([Observation(1, 60), Observation(2, 3000, is_over=False), Observation(3, 1e9)])
    assert [each.name for each in found][:2] == ["to 5 min", "to 15 min"]
    assert found[-1].name == "longer"
    assert sum(each.over for each in found) == 2
    assert sum(each.still for each in found) == 1
    assert buckets([]) == []


def test_json_has_every_duration_and_the_versions_of_the_facts() -> None:
    document = json.loads(as_json(BOTH))
    first = document["spans"][0]
    assert (first["span"], document["private_left_out"]) == ("q2", True)
    assert len(first["facts_of"]) == first["incidents"]
    measure = first["measures"]["resolve"]
    assert (measure["from"], measure["to"]) == ("declared", "resolved")
    assert len(measure["durations"]) == measure["incidents"]
    assert {each["measure"] for each in document["comparison"]} == set(Measure)
    assert "comparison" not in json.loads(as_json(ONE))
    nothing = json.loads(as_json(of(LATER, EARLIER, made=[])))
    assert {each["p"] for each in nothing["comparison"]} == {None}


def test_csv_has_a_row_for_each_incident_and_measure_and_no_formula() -> None:
    hostile = replace(record(Status.TRIAGE), title="=1+1", declared_at=NOW - GAP)
    rows = list(csv.DictReader(io.StringIO(as_csv(of(LATER, made=[hostile])))))
    assert tuple(rows[0]) == COLUMNS
    assert len(rows) == len(Measure)
    assert {each["title"] for each in rows} == {"'=1+1"}
    assert {each["state"] for each in rows} == {"unknown", "not over"}
    states = {each["state"] for each in csv.DictReader(io.StringIO(as_csv(ONE)))}
    assert {"over", "unknown"} <= states


def test_text_has_the_sentences_and_an_empty_span_one() -> None:
    assert "Time to resolve (declared → resolved): median " in as_text(ONE)
    assert "q2 and q3 compared" in as_text(BOTH)
    assert "so there is nothing to measure" in as_text(NONE)


class _Reader(HTMLParser):
    """Reads a page: its tags with their attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def of(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def test_on_the_page_every_incident_is_a_dot_of_each_measure() -> None:
    read = _Reader(page(ONE))
    assert len(read.of("circle")) == sum(each.count for each in ONE.figures[0].summaries)
    assert len(read.of("svg")) == len(Measure)
    assert any("open" in str(each["class"]) for each in read.of("circle"))


def test_the_page_needs_nothing_else() -> None:
    text = page(BOTH)
    assert not re.search(r"(?:src|href)=", text)
    assert "<script" not in text


def test_a_drawing_has_a_name_and_can_be_scrolled_with_the_keyboard() -> None:
    read = _Reader(page(BOTH))
    assert {each["role"] for each in read.of("svg")} == {"img"}
    regions = [each for each in read.of("div") if each.get("class") == "scroll"]
    assert regions
    assert all(each["tabindex"] == "0" and each["aria-label"] for each in regions)


def test_what_people_typed_is_escaped_on_the_page_and_incidents_are_linked() -> None:
    hostile = replace(record(resolved=5), title="<script>alert(1)</script>", declared_at=NOW - GAP)
    linked = replace(
        of(LATER, made=[hostile]),
        policy=replace(POLICY, link=LinkPattern("https://i.example.com/{reference}")),
    )
    text = page(linked)
    assert "<script>" not in text
    assert "&lt;script&gt;" in text
    assert 'href="https://i.example.com/INC-7"' in text


def test_the_page_of_nothing_says_so() -> None:
    assert "There is nothing to measure." in page(NONE)
    assert "<svg" not in page(NONE)


def test_dots_are_in_the_drawing_and_do_not_cover_one_another_while_there_is_room() -> None:
    drawn = plot([ONE.figures[0].summaries[4]], ["q3"])
    assert drawn is not None
    for dot in drawn.lanes[0].dots:
        assert 0 < dot.x < WIDTH
        assert 0 < dot.y < drawn.height
    places = [(dot.x, dot.y) for dot in drawn.lanes[0].dots]
    assert len(set(places)) == len(places)


def test_very_short_and_very_long_durations_are_drawn_too() -> None:
    summary = ONE.figures[0].summaries[4]
    extreme = [Observation(1, 0), Observation(2, 5e9)]
    drawn = plot([replace(summary, measured=replace(summary.measured, observations=extreme))], ["q3"])
    assert drawn is not None
    assert [0 < dot.x < WIDTH for dot in drawn.lanes[0].dots] == [True, True]


ITEMS = [action_histories.record(each) for each in action_histories.histories(records(120))]
WITH_ITEMS = of(LATER, actions=ITEMS)


def test_every_form_has_the_figures_about_action_items() -> None:
    (made,) = WITH_ITEMS.figures
    count = len(made.actions.items)
    sentence = f"Action items of these incidents: {count};"
    message = messages.answer(WITH_ITEMS)
    assert sentence in said(message)
    assert sentence in message.text
    assert sentence in as_text(WITH_ITEMS)
    assert sentence in page(WITH_ITEMS)
    fits(message)
    assert "Action items" not in said(messages.answer(ONE))


def test_a_comparison_has_the_figures_about_the_action_items_of_both_spans() -> None:
    compared = of(LATER, EARLIER, actions=ITEMS)
    message = messages.answer(compared)
    for made in compared.figures:
        sentence = f"*{made.span.name}*\n• Action items of these incidents: {len(made.actions.items)};"
        assert sentence in said(message)
        assert sentence in message.text
    fits(message)
    assert "Action items" not in said(messages.answer(BOTH))


def test_the_figures_about_action_items_can_be_computed_again() -> None:
    (made,) = WITH_ITEMS.figures
    (span,) = json.loads(as_json(WITH_ITEMS))["spans"]
    found = span["action_items"]
    assert found["items"] == len(found["durations"]) == len(made.actions.items)
    assert found["on_time"]["of"] == sum(each["of"] for each in found["on_time_by_kind"].values())
    assert found["on_time"]["of"] == sum(each["of"] for each in found["on_time_by_severity"].values())
    item = made.actions.items[0]
    assert span["facts_of"][f"ACT-{item.number}"] == item.version
    rows = [each for each in csv.DictReader(io.StringIO(as_csv(WITH_ITEMS))) if each["to"] == "done"]
    assert len(rows) == found["items"]
    assert {each["status"] for each in rows} == {"done", "open", "given up"}
    assert [float(each["seconds"]) for each in rows] == [each["seconds"] for each in found["durations"]]


@pytest.mark.parametrize("seconds", [0, 0.2, 1, 10**8])
def test_durations_that_are_all_the_same_are_drawn(seconds: float) -> None:
    (summary, *_) = ONE.figures[0].summaries
    measured = replace(summary.measured, observations=[Observation(1, seconds)] * 2)
    drawn = plot([replace(summary, measured=measured)], ["90d"])
    assert drawn is not None
    assert all(0 <= dot.x <= WIDTH for dot in drawn.lanes[0].dots)
