"""View models and HTML of the newer blocks."""

from types import SimpleNamespace
from typing import Any

import pytest

from bot.sandbox.blocks import validate
from bot.sandbox.blocks.rules_cards import SLACK_ICONS
from bot.sandbox.page.blocks import BlockContext, blocks
from bot.sandbox.page.cards import Card, card
from bot.sandbox.page.charts import Chart, chart
from bot.sandbox.page.elements import element
from bot.sandbox.page.entities import entity
from bot.sandbox.page.environment import render
from bot.sandbox.page.tables import Table
from tests.sandbox.blocks import home, modal
from tests.sandbox.page import showcase
from tests.sandbox.page.samples import READER, Json, mrk, plain


def html_of(*raw: Json) -> str:
    drawn = blocks(list(raw), BlockContext(READER))
    return render("body.html", s=SimpleNamespace(tab="home", home=drawn, app="A"))


def test_the_sandbox_accepts_every_block_of_the_showcase() -> None:
    for message in showcase.MESSAGES:
        validate.check_message_blocks(message)
    validate.check_view(modal(*showcase.MODAL))
    validate.check_view(home(*showcase.HOME))
    assert validate.check_entities([showcase.ENTITY]) == []


@pytest.mark.parametrize("message", [*showcase.MESSAGES, showcase.MODAL])
def test_every_newer_block_is_drawn(message: list[Json]) -> None:
    html = html_of(*message)
    assert "cannot draw" not in html
    assert " style=" not in html, "the page's policy would leave it out"


def test_an_alert_says_its_level_as_text_too() -> None:
    assert "<b>Warning</b>" in html_of(showcase.ALERTS[2])
    assert "<b>Note</b>" in html_of({"type": "alert", "text": plain("x")})


def test_the_buttons_of_a_card_are_arranged_as_in_slack() -> None:
    (made,) = blocks([showcase.CARD], BlockContext(READER))
    assert isinstance(made.part, Card)
    assert [each.action_id for each in made.part.buttons] == ["close", "open", "take"]


def test_a_slack_icon_is_a_symbol_with_its_name() -> None:
    html = html_of(showcase.CARD)
    assert 'aria-label="warning"' in html
    unknown = {"type": "card", "title": plain("x"), "slack_icon": {"type": "icon", "name": "unicorn"}}
    assert card(unknown, [], READER).symbol == "unicorn"


def test_every_symbol_of_slacks_icons_is_known() -> None:
    for name in SLACK_ICONS:
        assert card({"slack_icon": {"type": "icon", "name": name}}, [], READER).symbol != name


@pytest.mark.parametrize(("block", "opened"), [(showcase.CONTAINER, True), (showcase.FOLDED, False)])
def test_a_container_starts_collapsed_or_expanded(block: Json, *, opened: bool) -> None:
    html = html_of(block)
    assert ('<details class="block container width-wide" open>' in html) is opened
    assert "Error rate at 14 %" in html


def test_a_container_that_cannot_be_collapsed_is_a_named_group() -> None:
    html = html_of(showcase.FIXED)
    assert "<details" not in html
    assert 'role="group" aria-label="A title of rich text"' in html


def test_a_choice_inside_a_container_is_kept() -> None:
    menu = {"type": "static_select", "action_id": "pick", "options": [{"text": plain("A"), "value": "a"}]}
    box = {"type": "container", "title": plain("x"), "block_id": "box",
           "child_blocks": [{"type": "actions", "block_id": "inner", "elements": [menu]}]}  # fmt: skip
    state = {"inner": {"pick": {"selected_option": {"text": plain("A"), "value": "a"}}}}
    (made,) = blocks([box], BlockContext(READER, state))
    (shown,) = made.children[0].elements
    assert shown == element(menu, "inner", READER, state["inner"]["pick"])


def test_a_header_has_its_level() -> None:
    html = html_of(*showcase.HEADERS, {"type": "header", "text": plain("no level")})
    for level, tag in ((1, "h3"), (2, "h4"), (3, "h5"), (4, "h6")):
        assert f'<{tag} class="block heading level-{level}">A header of level {level}</{tag}>' in html
    assert '<h3 class="block heading level-1">no level</h3>' in html


def test_a_data_table_names_its_columns_and_rows() -> None:
    (made,) = blocks([showcase.DATA_TABLE], BlockContext(READER))
    assert isinstance(made.part, Table)
    assert (made.part.caption, made.part.page_size, made.part.row_header) == ("Open incidents", 3, 0)
    assert made.part.wide == ("left", "left", "right")
    html = html_of(showcase.DATA_TABLE)
    assert '<th scope="col" class="left">Id</th>' in html
    assert '<th scope="row" class="left">INC-1</th>' in html
    assert "8 rows. Slack shows 3 to a page" in html


def test_tasks_show_their_progress() -> None:
    html = html_of(showcase.PLAN)
    for words in ("Complete", "In progress", "Error", "Pending"):
        assert f'<span class="status">{words}</span>' in html
    assert '<a href="https://example.com"' in html
    hidden = {**showcase.TASK, "hide_title": True}
    assert "Timeline written" not in html_of(hidden)


def numbers(made: Chart) -> list[tuple[str, ...]]:
    return [made.head, *made.rows]


def test_a_pie_is_also_a_table() -> None:
    made = chart(showcase.PIE)
    assert numbers(made)[:2] == [("Segment", "Value", "Share"), ("Deploys", "12", "50.0%")]
    assert made.legend[0] == "Deploys: 12 (50%)"
    assert [shape.text for shape in made.shapes if shape.tag == "text"] == ["1", "2", "3", "4"]


def test_a_pie_of_one_segment_is_a_circle() -> None:
    whole = {"type": "pie", "segments": [{"label": "All", "value": 3}]}
    (circle, words) = chart({"title": "x", "chart": whole}).shapes
    assert (circle.tag, words.text) == ("circle", "1")


@pytest.mark.parametrize("kind", ["bar", "line", "area"])
def test_a_chart_with_axes_is_also_a_table(kind: str) -> None:
    made = chart(showcase.chart(kind))
    assert numbers(made)[:2] == [("Week", "SEV1", "SEV2", "Change"), ("W44", "1", "4", "-2")]
    assert made.legend == ("SEV1", "SEV2", "Change")
    written = {shape.text for shape in made.shapes if shape.tag == "text"}
    assert {"W44", "W47", "-2", "0", "6", "Incidents", "Week", "1", "2", "3"} <= written


def test_points_are_drawn_in_the_order_of_the_categories() -> None:
    data = [{"label": "b", "value": 2}, {"label": "a", "value": 1}]
    drawn = {
        "type": "bar",
        "series": [{"name": "s", "data": data}],
        "axis_config": {"categories": ["a", "b"]},
    }
    assert chart({"title": "x", "chart": drawn}).rows == (("a", "1"), ("b", "2"))


@pytest.mark.parametrize("values", [(0, 0), (1e308, -1e308), (5e-324, 0), (-1, -2), (10**300, 1)])
@pytest.mark.parametrize("kind", ["bar", "line", "area"])
def test_any_numbers_fit_into_the_chart(kind: str, values: tuple[float, float]) -> None:
    data = [{"label": label, "value": value} for label, value in zip("ab", values, strict=True)]
    drawn = {"type": kind, "series": [{"name": "s", "data": data}], "axis_config": {"categories": ["a", "b"]}}
    for shape in chart({"title": "x", "chart": drawn}).shapes:
        for name in ("x", "y", "x1", "y1", "cx", "cy", "width", "height"):
            assert 0 <= float(shape.attributes.get(name, 0)) <= 360


@pytest.mark.parametrize("values", [(1e308, 1e308), (5e-324, 1e308), (10**300, 1)])
def test_any_pie_can_be_drawn(values: tuple[float, float]) -> None:
    segments = [{"label": label, "value": value} for label, value in zip("ab", values, strict=True)]
    made = chart({"title": "x", "chart": {"type": "pie", "segments": segments}})
    assert "nan" not in str(made.shapes)


@pytest.mark.parametrize("kind", ["pie", "bar", "line", "area"])
def test_an_empty_chart_can_be_drawn(kind: str) -> None:
    empty = {"type": kind, "segments": [], "series": [{"name": "s", "data": []}], "axis_config": {}}
    assert chart({"title": "x", "chart": empty}).rows == ()


def test_of_many_categories_only_some_are_labelled() -> None:
    categories = [f"category number {number}" for number in range(20)]
    data = [{"label": label, "value": 1} for label in categories]
    drawn = {
        "type": "line",
        "series": [{"name": "s", "data": data}],
        "axis_config": {"categories": categories},
    }
    made = chart({"title": "x", "chart": drawn})
    assert len([shape for shape in made.shapes if shape.text == "category…"[:9]]) <= 6
    assert [row[0] for row in made.rows] == categories


def test_a_work_object_shows_its_fields_in_order() -> None:
    made = entity(showcase.ENTITY, READER)
    assert (made.kind, made.display_id, made.buttons) == ("Incident", "INC-12", ("Take command",))
    assert [label for label, _ in made.fields] == ["Teams", "Status", "Assigned to", "Date created", "Link"]
    shown: dict[str, Any] = {label: str(value) for label, value in made.fields}
    assert shown["Teams"] == "Payments, Search"
    assert shown["Status"] == '<span class="tag tag-yellow">Mitigating</span>'
    assert "@Alice Adams" in shown["Assigned to"]
    assert "<time" in shown["Date created"]
    assert shown["Link"].startswith('<a href="https://example.com"')


def test_an_unknown_colour_becomes_a_grey_tag() -> None:
    piece = {"type": "tag", "text": "x", "color": '"><script>'}
    assert '<span class="tag tag-gray">x</span>' in html_of(showcase.rich(piece))


def test_a_message_mention_without_a_text_names_its_channel() -> None:
    html = html_of(showcase.MENTIONS)
    assert "a message in" in html
    assert "#general" in html
    assert '<sup class="citation">[1]</sup>' in html


def test_the_mrkdwn_of_a_card_is_drawn() -> None:
    assert "<b>INC-12</b>" in html_of({"type": "card", "title": mrk("*INC-12*")})
