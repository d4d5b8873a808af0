"""Malformed blocks are refused with a pointer to the place; the limits are in `block_limits`."""

import copy
from typing import Any

import pytest

from tests.sandbox.blocks import actions, button, mrkdwn, option, plain, section, text_input
from tests.sandbox.problems import problems_of_blocks
from tests.sandbox.sample_blocks import (
    IMAGE,
    STAR,
    card,
    chart,
    container,
    data_table,
    options,
    pie,
    plan,
    rich,
    table,
    task,
)


def select(**more: Any) -> dict[str, Any]:
    return {"type": "static_select", "options": options(1), **more}


def without(block: dict[str, Any], member: str) -> dict[str, Any]:
    return {key: value for key, value in block.items() if key != member}


def drawn(block: dict[str, Any], key: str, place: int, **more: Any) -> dict[str, Any]:
    """A chart, with one of its series changed by `more`."""
    made = copy.deepcopy(block)
    made["chart"][key][place] |= more
    return made


@pytest.mark.parametrize(
    ("block", "problem"),
    [
        ({"type": "marquee"}, "unsupported type: marquee [json-pointer:/blocks/0/type]"),
        ({}, "missing required field: type [json-pointer:/blocks/0]"),
        ("text", "must provide an object [json-pointer:/blocks/0]"),
        (section(""), "must be more than 0 characters [json-pointer:/blocks/0/text/text]"),
        ({"type": "section"}, "missing required field: text or fields [json-pointer:/blocks/0]"),
        (section(color="red"), "invalid additional property: color [json-pointer:/blocks/0]"),
        (
            {"type": "header", "text": mrkdwn("x")},
            "unsupported type: mrkdwn [json-pointer:/blocks/0/text/type]",
        ),
        (section(accessory=text_input()["element"]), "unsupported type: plain_text_input"),
        (actions({"type": "plain_text_input"}), "unsupported type: plain_text_input"),
        (actions({"type": "email_text_input"}), "unsupported type: email_text_input"),
        ({**text_input(), "element": button()}, "unsupported type: button"),
        (actions(button(style="loud")), "must be one of: primary, danger"),
        (actions(button("a"), button("a")), "`action_id` already exists: a"),
        (
            actions(select(option_groups=[{"label": plain("x"), "options": options(1)}])),
            "only one of options and option_groups is allowed [json-pointer:/blocks/0/elements/0]",
        ),
        (actions({"type": "static_select"}), "missing required field: options or option_groups"),
        (
            actions(select(initial_option=option("other"))),
            "must be one of the provided options [json-pointer:/blocks/0/elements/0/initial_option]",
        ),
        (
            actions({"type": "datepicker", "initial_date": "2026-13-01"}),
            "does not match the expected format [json-pointer:/blocks/0/elements/0/initial_date]",
        ),
        (actions({"type": "timepicker", "initial_time": "24:00"}), "does not match the expected format"),
        (actions({"type": "datetimepicker", "initial_date_time": 1}), "must be more than 999999999"),
        ({"type": "image", "alt_text": "x"}, "missing required field: image_url or slack_file"),
        (
            {"type": "table", "rows": [[{"type": "raw_text", "text": "x"}] * n for n in (1, 2)]},
            "all rows must have the same number of cells [json-pointer:/blocks/0/rows]",
        ),
        (
            {"type": "table", "rows": [[{"type": "raw_text"}]], "column_settings": [{"align": "top"}]},
            "must be one of: left, center, right [json-pointer:/blocks/0/column_settings/0/align]",
        ),
        (
            rich({"type": "rich_text_box"}),
            "unsupported type: rich_text_box [json-pointer:/blocks/0/elements/0/type]",
        ),
        (
            rich({"type": "rich_text_section", "elements": [{"type": "link"}]}),
            "missing required field: url [json-pointer:/blocks/0/elements/0/elements/0]",
        ),
        (
            rich({"type": "rich_text_list", "style": "dashed", "elements": []}),
            "must be one of: bullet, ordered [json-pointer:/blocks/0/elements/0/style]",
        ),
        ({**text_input(), "optional": "yes"}, "must provide a boolean [json-pointer:/blocks/0/optional]"),
        (text_input(min_length=-1), "must be more than -1 [json-pointer:/blocks/0/element/min_length]"),
        (text_input(min_length="1"), "must provide an integer"),
        ({"type": "actions", "elements": {}}, "must provide an array [json-pointer:/blocks/0/elements]"),
        (
            table([{"type": "raw_number", "text": "1"}]),
            "missing required field: value [json-pointer:/blocks/0/rows/0/0]",
        ),
        (
            table([{"type": "raw_number", "text": "1", "value": "1"}]),
            "must provide a number [json-pointer:/blocks/0/rows/0/0/value]",
        ),
        (table([{"type": "button"}]), "unsupported type: button [json-pointer:/blocks/0/rows/0/0/type]"),
        (
            table([{"type": "rich_text", "elements": [{"type": "x"}]}]),
            "unsupported type: x [json-pointer:/blocks/0/rows/0/0/elements/0/type]",
        ),
        (
            {**data_table(), "rows": [[{"type": "rich_text", "elements": []}]] * 2},
            "unsupported type: rich_text [json-pointer:/blocks/0/rows/0/0/type]",
        ),
        (
            {**data_table(), "rows": [data_table()["rows"][0], data_table(2, 2)["rows"][1]]},
            "all rows must have the same number of cells [json-pointer:/blocks/0/rows]",
        ),
        (without(data_table(), "caption"), "missing required field: caption [json-pointer:/blocks/0]"),
        (
            {"type": "card", "subtitle": plain("x")},
            "missing required field: title or body or hero_image or actions",
        ),
        (card(title="x"), "must provide an object [json-pointer:/blocks/0/title]"),
        (card(actions=[option("x")]), "missing required field: type [json-pointer:/blocks/0/actions/0]"),
        (
            card(icon=IMAGE, slack_icon=STAR),
            "only one of icon and slack_icon is allowed [json-pointer:/blocks/0]",
        ),
        (card(slack_icon={"type": "icon", "name": "unicorn"}), "must be one of: archive, book"),
        (
            card(actions=[button("a"), button("a")]),
            "`action_id` already exists: a [json-pointer:/blocks/0/actions]",
        ),
        (
            {"type": "carousel", "elements": [section()]},
            "unsupported type: section [json-pointer:/blocks/0/elements/0/type]",
        ),
        (
            without(container(), "title"),
            "missing required field: title or rich_text_title [json-pointer:/blocks/0]",
        ),
        (
            without(container(), "child_blocks"),
            "missing required field: child_blocks [json-pointer:/blocks/0]",
        ),
        (
            container(child_blocks=[container()]),
            "unsupported type: container [json-pointer:/blocks/0/child_blocks/0/type]",
        ),
        (container(title=mrkdwn("x")), "unsupported type: mrkdwn [json-pointer:/blocks/0/title/type]"),
        (
            container(width="huge"),
            "must be one of: narrow, standard, wide, full [json-pointer:/blocks/0/width]",
        ),
        (
            container(is_collapsible=True, has_header_divider=True),
            "only allowed where is_collapsible is not true [json-pointer:/blocks/0/has_header_divider]",
        ),
        (
            container(child_blocks=[section(""), section()]),
            "must be more than 0 characters [json-pointer:/blocks/0/child_blocks/0/text/text]",
        ),
        (
            container(block_id="same", child_blocks=[section(block_id="same")]),
            "`block_id` already exists: same [json-pointer:/blocks/0/child_blocks/0/block_id]",
        ),
        (
            {**chart(), "chart": {"type": "radar"}},
            "unsupported type: radar [json-pointer:/blocks/0/chart/type]",
        ),
        (pie(1, value=True), "must provide a number [json-pointer:/blocks/0/chart/segments/0/value]"),
        (pie(1, value=10**400), "must provide a number [json-pointer:/blocks/0/chart/segments/0/value]"),
        (pie(1, value=float("nan")), "must provide a number [json-pointer:/blocks/0/chart/segments/0/value]"),
        (
            drawn(chart("bar", 2), "series", 1, name="s0"),
            "`name` already exists: s0 [json-pointer:/blocks/0/chart/se",
        ),
        (
            drawn(chart("line", 2, 2), "series", 1, data=[{"label": "c0", "value": 1}]),
            "must contain exactly one entry for every category [json-pointer:/blocks/0/chart/series/1/data]",
        ),
        (
            drawn(chart("line", 1, 2), "series", 0, data=[{"label": "c0", "value": 1}] * 2),
            "must contain exactly one",
        ),
        (
            drawn(chart("line", 1, 2, label="c1"), "series", 0),
            "categories must be unique [json-pointer:/blocks/0/chart/axis_config/categories]",
        ),
        (
            task(status="pending"),
            "must be one of: in_progress, complete, error [json-pointer:/blocks/0/status]",
        ),
        (without(task(), "status"), "missing required field: status [json-pointer:/blocks/0]"),
        (task(title=plain("x")), "must provide a string [json-pointer:/blocks/0/title]"),
        (task(details=section()), "unsupported type: section [json-pointer:/blocks/0/details/type]"),
        (plan(title=plain("x")), "must provide a string [json-pointer:/blocks/0/title]"),
        (without(plan(), "tasks"), "missing required field: tasks [json-pointer:/blocks/0]"),
        (
            plan(tasks=[*plan()["tasks"], *plan()["tasks"]]),
            "`task_id` already exists: t0 [json-pointer:/blocks/0/tasks/1/task_id]",
        ),
        (plan(tasks=[task(type="card")]), "must be one of: task_card [json-pointer:/blocks/0/tasks/0/type]"),
        (
            rich({"type": "rich_text_section", "elements": [{"type": "tag", "text": "x", "color": "pink"}]}),
            "must be one of: gray, brown",
        ),
        (
            rich({"type": "rich_text_preformatted", "elements": [{"type": "tag", "text": "x"}]}),
            "unsupported type: tag [json-pointer:/blocks/0/elements/0/elements/0/type]",
        ),
        (
            rich(
                {"type": "rich_text_section", "elements": [{"type": "message_mention", "channel_id": "C1"}]}
            ),
            "missing required field: message_ts",
        ),
        (
            {"type": "header", "text": plain("x"), "level": "2"},
            "must provide an integer [json-pointer:/blocks/0/level]",
        ),
        ({"type": "header", "text": plain(7)}, "must provide a string"),  # type: ignore[arg-type]  # the point
    ],
)
def test_a_malformed_block_is_refused_with_a_pointer(block: Any, problem: str) -> None:
    assert any(problem in text for text in problems_of_blocks(block))
