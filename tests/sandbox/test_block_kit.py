"""Block Kit's limits: just inside is shown, just outside is refused, with a pointer to the place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Sandbox
from bot.sandbox.blocks import validate
from bot.sandbox.errors import SlackError
from tests.sandbox.blocks import actions, button, home, modal, mrkdwn, option, plain, section, text_input

Make = Callable[[int], dict[str, Any]]


def x(count: int) -> str:
    return "x" * count


def options(count: int) -> list[dict[str, Any]]:
    return [option(f"value-{number}") for number in range(count)]


def select(**more: Any) -> dict[str, Any]:
    return {"type": "static_select", "options": options(1), **more}


def boxes(count: int, kind: str = "checkboxes") -> dict[str, Any]:
    return actions({"type": kind, "options": options(count)})


def confirm(**more: Any) -> dict[str, Any]:
    asked = {"title": plain("Sure?"), "text": plain("Really?"), "confirm": plain("Yes"), "deny": plain("No")}
    return actions(button(confirm={**asked, **more}))


def rich(element: dict[str, Any]) -> dict[str, Any]:
    return {"type": "rich_text", "elements": [element]}


def labelled(text: str) -> dict[str, Any]:
    return {"text": plain(text), "value": "v"}


#: What makes a block for a size, the largest size that is allowed, and where the pointer points beyond it.
LARGEST: list[tuple[Make, int, str]] = [
    (lambda n: section(x(n)), 3000, "text/text"),
    (lambda n: {"type": "section", "fields": [mrkdwn("x")] * n}, 10, "fields"),
    (lambda n: {"type": "section", "fields": [mrkdwn(x(n))]}, 2000, "fields/0/text"),
    (lambda n: section(block_id=x(n)), 255, "block_id"),
    (lambda n: {"type": "header", "text": plain(x(n))}, 150, "text/text"),
    (lambda n: {"type": "context", "elements": [mrkdwn("x")] * n}, 10, "elements"),
    (lambda n: actions(*[button(f"b{i}") for i in range(n)]), 25, "elements"),
    (lambda n: actions(button(x(n))), 255, "elements/0/action_id"),
    (lambda n: actions(button(text=plain(x(n)))), 75, "elements/0/text/text"),
    (lambda n: actions(button(value=x(n))), 2000, "elements/0/value"),
    (lambda n: actions(button(url=x(n))), 3000, "elements/0/url"),
    (lambda n: actions(select(options=options(n))), 100, "elements/0/options"),
    (lambda n: actions(select(placeholder=plain(x(n)))), 150, "elements/0/placeholder/text"),
    (lambda n: actions(select(options=[labelled(x(n))])), 75, "elements/0/options/0/text/text"),
    (
        lambda n: actions(select(options=[{**labelled("x"), "value": x(n)}])),
        150,
        "elements/0/options/0/value",
    ),
    (
        lambda n: actions(select(options=[{**labelled("x"), "description": plain(x(n))}])),
        75,
        "elements/0/options/0/description/text",
    ),
    (lambda n: actions({"type": "overflow", "options": options(n)}), 5, "elements/0/options"),
    (boxes, 10, "elements/0/options"),
    (lambda n: boxes(n, "radio_buttons"), 10, "elements/0/options"),
    (lambda n: confirm(title=plain(x(n))), 100, "elements/0/confirm/title/text"),
    (lambda n: confirm(text=plain(x(n))), 300, "elements/0/confirm/text/text"),
    (lambda n: confirm(confirm=plain(x(n))), 30, "elements/0/confirm/confirm/text"),
    (lambda n: confirm(deny=plain(x(n))), 30, "elements/0/confirm/deny/text"),
    (lambda n: {"type": "image", "image_url": "https://x", "alt_text": x(n)}, 2000, "alt_text"),
    (lambda n: {"type": "markdown", "text": x(n)}, 12_000, "text"),
    (lambda n: {**text_input(), "label": plain(x(n))}, 2000, "label/text"),
    (lambda n: {**text_input(), "hint": plain(x(n))}, 2000, "hint/text"),
    (lambda n: text_input(max_length=n), 3000, "element/max_length"),
    (lambda n: text_input(placeholder=plain(x(n))), 150, "element/placeholder/text"),
    (lambda n: {"type": "table", "rows": [[{"type": "raw_text", "text": "x"}]] * n}, 100, "rows"),
    (lambda n: {"type": "table", "rows": [[{"type": "raw_text", "text": "x"}] * n]}, 20, "rows/0"),
]

VIEWS: list[tuple[Make, int, str]] = [
    (lambda n: modal(*[section(block_id=f"b{i}") for i in range(n)]), 100, "blocks"),
    (lambda n: home(*[section(block_id=f"b{i}") for i in range(n)]), 100, "blocks"),
    (lambda n: modal(title=plain(x(n))), 24, "title/text"),
    (lambda n: modal(submit=plain(x(n))), 24, "submit/text"),
    (lambda n: modal(close=plain(x(n))), 24, "close/text"),
    (lambda n: modal(private_metadata=x(n)), 3000, "private_metadata"),
    (lambda n: modal(callback_id=x(n)), 255, "callback_id"),
    (lambda n: modal(external_id=x(n)), 255, "external_id"),
]


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


@pytest.mark.parametrize(("make", "limit", "pointer"), LARGEST)
def test_a_block_at_its_limit_is_shown_and_beyond_it_refused(make: Make, limit: int, pointer: str) -> None:
    assert problems_of_blocks(make(limit)) == []
    beyond = problems_of_blocks(make(limit + 1))
    assert [problem for problem in beyond if f"[json-pointer:/blocks/0/{pointer}]" in problem]


@pytest.mark.parametrize(("make", "limit", "pointer"), VIEWS)
def test_a_view_at_its_limit_is_shown_and_beyond_it_refused(make: Make, limit: int, pointer: str) -> None:
    assert problems_of_view(make(limit)) == []
    beyond = problems_of_view(make(limit + 1))
    assert [problem for problem in beyond if problem.endswith(f"[json-pointer:/view/{pointer}]")]


def test_a_message_has_fifty_blocks_and_not_one_more() -> None:
    divider = {"type": "divider"}
    assert problems_of_blocks(*[divider] * 50) == []
    assert problems_of_blocks(*[divider] * 51) == ["no more than 50 items allowed [json-pointer:/blocks]"]


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
            {"type": "table", "rows": [[{"type": "raw_text", "text": "x"}], []]},
            "no fewer than 1 items allowed [json-pointer:/blocks/0/rows/1]",
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


@pytest.mark.parametrize("kind", ["markdown", "table", "file", "context_actions"])
def test_some_blocks_stand_in_messages_only(kind: str) -> None:
    problems = problems_of_view(modal({"type": kind}))
    assert problems == [f"[ERROR] unsupported type: {kind} [json-pointer:/view/blocks/0/type]"]


def test_a_modal_with_inputs_needs_a_submit_button() -> None:
    view = modal(text_input())
    del view["submit"]
    assert problems_of_view(view) == ["[ERROR] missing required field: submit [json-pointer:/view]"]
    assert problems_of_view({**view, "blocks": [section()]}) == []


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


@pytest.mark.parametrize(("count", "fits"), [(13_200, True), (13_201, False)])
async def test_the_texts_of_all_blocks_together_have_a_limit(
    sandbox: Sandbox, client: AsyncWebClient, *, count: int, fits: bool
) -> None:
    blocks = [section(x(3000)) for _ in range(4)] + [section(x(count - 12_000))]
    if fits:
        await client.chat_postMessage(channel=sandbox.channels["general"], text="x", blocks=blocks)
    else:
        with pytest.raises(SlackApiError, match="msg_blocks_too_long"):
            await client.chat_postMessage(channel=sandbox.channels["general"], text="x", blocks=blocks)
