"""Malformed blocks and views are refused with a pointer to the place; the limits are in `block_limits`."""

from __future__ import annotations

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Sandbox
from bot.sandbox.blocks import validate
from bot.sandbox.errors import SlackError
from tests.sandbox.blocks import actions, button, modal, mrkdwn, option, plain, section, text_input


def options(count: int) -> list[dict[str, Any]]:
    return [option(f"value-{number}") for number in range(count)]


def select(**more: Any) -> dict[str, Any]:
    return {"type": "static_select", "options": options(1), **more}


def rich(element: dict[str, Any]) -> dict[str, Any]:
    return {"type": "rich_text", "elements": [element]}


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
        (actions({"type": "multi_users_select"}), "unsupported type: multi_users_select"),
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
