"""Blocks and views that are shown, the ids in them, and what the client reads if they are wrong."""

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Sandbox
from tests.sandbox.blocks import actions, button, modal, mrkdwn, plain, section, text_input
from tests.sandbox.problems import problems_of_blocks, problems_of_view
from tests.sandbox.sample_blocks import (
    IMAGE,
    STAR,
    card,
    chart,
    container,
    data_table,
    pie,
    plan,
    rich,
    table,
    task,
)


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


def test_the_newer_blocks_are_shown_with_all_their_members() -> None:
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


def test_a_file_input_cannot_have_dispatch_action() -> None:
    block = {**text_input(), "element": {"type": "file_input"}, "dispatch_action": True}
    assert problems_of_view(modal(block)) == [
        "[ERROR] unsupported type: file_input [json-pointer:/view/blocks/0/element/type]"
    ]


def test_two_blocks_cannot_share_an_id() -> None:
    problems = problems_of_blocks(section(block_id="same"), section(block_id="same"))
    assert problems == ["`block_id` already exists: same [json-pointer:/blocks/1/block_id]"]


def test_two_blocks_may_use_the_same_action_id() -> None:
    assert problems_of_blocks(actions(button("same")), actions(button("same"))) == []


def test_only_one_element_may_have_focus_on_load() -> None:
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


async def test_blocks_without_ids_are_given_ids(sandbox: Sandbox, client: AsyncWebClient) -> None:
    press = {key: value for key, value in button().items() if key != "action_id"}
    answer = await client.chat_postMessage(
        channel=sandbox.channels["general"], text="x", blocks=[section(), actions(press)]
    )
    blocks = answer["message"]["blocks"]
    assert len({block["block_id"] for block in blocks}) == 2
    assert blocks[1]["elements"][0]["action_id"]
