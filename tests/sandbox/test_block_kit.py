"""Malformed blocks and views are refused with a pointer to the place; the limits are in `block_limits`."""

import copy
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Sandbox
from bot.sandbox.blocks import validate
from bot.sandbox.core.errors import SlackError
from tests.sandbox.blocks import actions, button, modal, mrkdwn, option, plain, section, text_input
from tests.sandbox.sample_blocks import IMAGE, card, chart, container, data_table, pie, plan, task


def options(count: int) -> list[dict[str, Any]]:
    return [option(f"value-{number}") for number in range(count)]


def select(**more: Any) -> dict[str, Any]:
    return {"type": "static_select", "options": options(1), **more}


def rich(element: dict[str, Any]) -> dict[str, Any]:
    return {"type": "rich_text", "elements": [element]}


STAR = {"type": "icon", "name": "star"}


def table(*rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {"type": "table", "rows": list(rows)}


def without(block: dict[str, Any], member: str) -> dict[str, Any]:
    return {key: value for key, value in block.items() if key != member}


def drawn(block: dict[str, Any], key: str, place: int, **more: Any) -> dict[str, Any]:
    """A chart, with one of its series changed by `more`."""
    made = copy.deepcopy(block)
    made["chart"][key][place] |= more
    return made


def problems_of_blocks(*blocks: Any) -> list[str]:
    try:
        validate.check_message_blocks(list(blocks))
    except SlackError as refusal:
        return list(refusal.extra["errors"])
    return []


def problems_of_view(view: dict[str, Any]) -> list[str]:
    try:
        validate.check_view(view)
    except SlackError as refusal:
        return list(refusal.extra["response_metadata"]["messages"])
    return []


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


def test_rich_text_of_every_kind_is_shown() -> None:
    pieces = [
        {"type": "text", "text": "x", "style": {"bold": True}},
        {"type": "link", "url": "https://example.com", "text": "x"},
        {"type": "user", "user_id": "U1"},
        {"type": "channel", "channel_id": "C1"},
        {"type": "emoji", "name": "fire"},
        {"type": "broadcast", "range": "here"},
        {"type": "date", "timestamp": 1_764_000_000, "format": "{time}", "fallback": "then"},
    ]
    section_ = {"type": "rich_text_section", "elements": pieces}
    bullets = {"type": "rich_text_list", "style": "bullet", "indent": 1, "elements": [section_]}
    quote = {"type": "rich_text_quote", "elements": pieces}
    code = {"type": "rich_text_preformatted", "elements": pieces[:1]}
    assert problems_of_blocks({"type": "rich_text", "elements": [section_, bullets, quote, code]}) == []


@pytest.mark.parametrize(
    "piece",
    [
        {"type": "tag", "text": "SEV1"},
        {"type": "tag", "text": "SEV1", "color": "red", "style": {"bold": True}},
        {"type": "canvas", "file_id": "F1", "text": "Runbook", "hide_title": True},
        {"type": "canvas_message_unfurl", "root_message_ts": "1.0", "root_message_channel": "C1"},
        {"type": "canvas_user_mention", "user_id": "U1"},
        {"type": "file", "file_id": "F1"},
        {"type": "list_record", "file_id": "F1", "record_id": "R1"},
        {"type": "message_mention", "channel_id": "C1", "message_ts": "1.0", "url": "https://example.com"},
        {"type": "work_object_mention", "entity_id": "E", "app_id": "A", "text": "x", "url": "https://x.example"},
        {"type": "workflow_mention", "workflow_id": "Wf1", "function_trigger_id": "Ft1", "text": "Run"},
        {"type": "attachment_mention", "url": "https://example.com", "text": "x"},
        {"type": "salesforce_data_field", "salesforce_record_id": "0061"},
        {"type": "citation", "url": "https://x.example", "text": "x", "index": 1, "details": {"citation_type": "web"}},
        {"type": "channel", "channel_id": "C1", "tab_id": "Ct1"},
    ],
)  # fmt: skip
def test_the_newer_pieces_of_rich_text_are_shown(piece: dict[str, Any]) -> None:
    for kind in ("rich_text_section", "rich_text_quote"):
        assert problems_of_blocks(rich({"type": kind, "elements": [piece]})) == []


def test_the_newer_blocks_are_shown_with_all_that_they_may_have() -> None:
    words = rich({"type": "rich_text_section", "elements": [{"type": "text", "text": "x"}]})
    source = {"type": "url", "url": "https://example.com", "text": "Example"}
    full = task(details=words, output=words, sources=[source], hide_title=False)
    cells: list[dict[str, Any]] = [
        {"type": "raw_text", "text": "x"},
        {"type": "raw_number", "value": -1.5, "text": "-1,5"},
        words,
    ]
    assert [
        problems_of_blocks(block)
        for block in (
            card(hero_image=IMAGE, slack_icon=STAR, subtitle=plain("x"), body=mrkdwn("x"), subtext=mrkdwn("x")),
            container(
                rich_text_title=words, subtitle=mrkdwn("x"), icon=IMAGE, width="wide", is_collapsible=True,
                default_collapsed=True, child_blocks=[section(), {"type": "divider"}, table([cells[0]])],
            ),
            {**data_table(2, 3), "rows": [data_table(2, 3)["rows"][0], cells]},
            table(cells) | {"column_settings": [None, {"align": "right", "is_wrapped": True}, None]},
            chart("area", 2, 3),
            pie(3, value=0.5),
            plan(tasks=[{**full, "type": "task_card"}, task(task_id="other", status="pending")]),
            full,
        )
    ] == [[]] * 8  # fmt: skip


def test_a_chosen_option_may_leave_unsaid_what_its_twin_says() -> None:
    """`emoji` is true where it is left out, and `verbatim` false."""
    spelled = {"text": {**plain("One"), "emoji": True}, "value": "one"}
    bare = {"text": plain("One"), "value": "one"}
    for chosen, offered in ((bare, spelled), (spelled, bare)):
        menu = {"type": "static_select", "options": [offered], "initial_option": chosen}
        assert problems_of_blocks(actions(menu)) == []
    loud = {"text": {**plain("One"), "emoji": False}, "value": "one"}
    assert problems_of_blocks(actions({"type": "static_select", "options": [bare], "initial_option": loud}))


def test_a_file_input_cannot_tell_the_app_at_once() -> None:
    block = {**text_input(), "element": {"type": "file_input"}, "dispatch_action": True}
    assert problems_of_view(modal(block)) == [
        "[ERROR] unsupported type: file_input [json-pointer:/view/blocks/0/element/type]"
    ]


def test_two_blocks_cannot_share_an_id() -> None:
    problems = problems_of_blocks(section(block_id="same"), section(block_id="same"))
    assert problems == ["`block_id` already exists: same [json-pointer:/blocks/1/block_id]"]


def test_one_action_id_may_stand_in_two_blocks() -> None:
    assert problems_of_blocks(actions(button("same")), actions(button("same"))) == []


def test_only_one_element_takes_the_focus() -> None:
    first, second = text_input(focus_on_load=True), text_input("other", focus_on_load=True)
    assert problems_of_view(modal(first)) == []
    assert len(problems_of_view(modal(first, second))) == 1


async def test_the_client_reads_what_is_wrong_with_a_view(sandbox: Sandbox, client: AsyncWebClient) -> None:
    trigger_id = sandbox.workspace.triggers.give(sandbox.users["alice"])
    view = modal()
    del view["title"]
    with pytest.raises(SlackApiError) as refusal:
        await client.views_open(trigger_id=trigger_id, view=view)
    assert refusal.value.response["error"] == "invalid_arguments"
    messages = refusal.value.response["response_metadata"]["messages"]
    assert messages == ["[ERROR] missing required field: title [json-pointer:/view]"]


async def test_blocks_without_ids_are_given_some(sandbox: Sandbox, client: AsyncWebClient) -> None:
    press = {key: value for key, value in button().items() if key != "action_id"}
    answer = await client.chat_postMessage(
        channel=sandbox.channels["general"], text="x", blocks=[section(), actions(press)]
    )
    blocks = answer["message"]["blocks"]
    assert len({block["block_id"] for block in blocks}) == 2
    assert blocks[1]["elements"][0]["action_id"]


def said_out_loud(choice: dict[str, Any]) -> dict[str, Any]:
    """The same option with every default written out."""
    default = {"plain_text": {"emoji": True}, "mrkdwn": {"verbatim": False}}
    texts = {name: {**choice[name], **default[choice[name]["type"]]} for name in choice.keys() - {"value"}}
    return {**choice, **texts}


@pytest.mark.parametrize("kind", ["static_select", "multi_static_select", "radio_buttons", "checkboxes"])
@pytest.mark.parametrize("spelled", ["in the option", "in the initial one"])
def test_an_initial_option_is_the_same_with_and_without_its_defaults(kind: str, spelled: str) -> None:
    bare = {**option("a"), "description": plain("more")}
    if kind in {"radio_buttons", "checkboxes"}:
        bare = {"text": mrkdwn("*a*"), "value": "a", "description": plain("more")}
    offered, chosen = (
        (said_out_loud(bare), bare) if spelled == "in the option" else (bare, said_out_loud(bare))
    )
    initial = (
        {"initial_option": chosen}
        if "multi" not in kind and kind != "checkboxes"
        else {"initial_options": [chosen]}
    )
    element = {"type": kind, "action_id": "pick", "options": [offered], **initial}
    block = {"type": "input", "label": plain("Menu"), "element": element}
    assert problems_of_view(modal(block)) == []
    element["options"] = [{**offered, "text": plain("another")}]
    assert "must be one of the provided options" in problems_of_view(modal(block))[0]


def test_an_initial_option_is_the_same_in_a_group() -> None:
    group = {"label": plain("Letters"), "options": [said_out_loud(option("a"))]}
    element = {"type": "static_select", "option_groups": [group], "initial_option": option("a")}
    assert problems_of_blocks(actions(element)) == []
    no_emoji = {**option("a"), "text": {**plain("A"), "emoji": False}}
    assert problems_of_blocks(actions({**element, "initial_option": no_emoji})) != []
