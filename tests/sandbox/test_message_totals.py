"""Limits of all blocks of a message together, just inside and just outside."""

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Sandbox
from tests.sandbox.blocks import section
from tests.sandbox.sample_blocks import Block, cells, cells_of, chart, container, data_table, plan, task, x
from tests.sandbox.test_block_limits import refused


def markdown(count: int) -> Block:
    """A markdown block with this many characters."""
    return {"type": "markdown", "text": x(count)}


async def post(
    sandbox: Sandbox, client: AsyncWebClient, *blocks: Block, attached: Block | None = None
) -> Any:
    """Post blocks, and one more in an attachment."""
    attachments = [{"blocks": [attached]}] if attached else None
    return await client.chat_postMessage(
        channel=sandbox.channels["general"], text="x", blocks=list(blocks) or None, attachments=attachments
    )


async def test_all_markdown_blocks_together_have_the_limit_of_a_single_one(
    sandbox: Sandbox, client: AsyncWebClient
) -> None:
    assert (await post(sandbox, client, markdown(8_000), markdown(4_000)))["ok"]
    problem = (
        "[ERROR] all markdown blocks together must be less than 12001 characters [json-pointer:/blocks/1]"
    )
    assert await refused(post(sandbox, client, markdown(8_000), markdown(4_001))) == (
        "invalid_blocks",
        [problem],
    )


async def test_an_attachments_blocks_count_too(sandbox: Sandbox, client: AsyncWebClient) -> None:
    assert (await post(sandbox, client, markdown(8_000), attached=markdown(4_000)))["ok"]
    error, (problem,) = await refused(post(sandbox, client, markdown(8_000), attached=markdown(4_001)))
    assert error == "invalid_blocks"
    assert problem.endswith("[json-pointer:/attachments/0/blocks/0]")


@pytest.mark.parametrize("nested", [False, True])
async def test_a_message_has_one_table(sandbox: Sandbox, client: AsyncWebClient, *, nested: bool) -> None:
    second = container(child_blocks=[cells(1)]) if nested else cells(1)
    pointer = "/blocks/1/child_blocks/0" if nested else "/blocks/1"
    assert (await post(sandbox, client, second))["ok"]
    problem = f"[ERROR] no more than 1 table blocks allowed [json-pointer:{pointer}]"
    assert await refused(post(sandbox, client, cells(1), second)) == ("invalid_blocks", [problem])
    assert (await refused(post(sandbox, client, cells(1), attached=cells(1))))[0] == "invalid_blocks"


async def test_a_home_tab_may_have_two_tables(sandbox: Sandbox, client: AsyncWebClient) -> None:
    view = {"type": "home", "blocks": [cells(1), cells(1)]}
    assert (await client.views_publish(user_id=sandbox.users["alice"], view=view))["ok"]


async def test_all_data_tables_together_have_the_limit_of_a_single_one(
    sandbox: Sandbox, client: AsyncWebClient
) -> None:
    first = data_table(2, 1, x(6_000), x(6_000))
    assert (await post(sandbox, client, first, data_table(2, 1, x(4_000), x(4_000))))["ok"]
    error, (problem,) = await refused(post(sandbox, client, first, data_table(2, 1, x(4_000), x(4_001))))
    assert error == "invalid_blocks"
    assert (
        problem
        == "[ERROR] all data_table cells together must be less than 20001 characters [json-pointer:/blocks/1]"
    )


async def test_rich_text_in_cells_counts(sandbox: Sandbox, client: AsyncWebClient) -> None:
    words = {"type": "rich_text_section", "elements": [{"type": "text", "text": x(6_000)}]}
    table = {"type": "table", "rows": [[{"type": "rich_text", "elements": [words]}]] * 2}
    assert (await refused(post(sandbox, client, table)))[0] == "invalid_blocks"


async def test_a_message_has_two_charts(sandbox: Sandbox, client: AsyncWebClient) -> None:
    assert (await post(sandbox, client, chart(), chart("line")))["ok"]
    problem = "[ERROR] no more than 2 data_visualization blocks allowed [json-pointer:/blocks/2]"
    assert await refused(post(sandbox, client, chart(), chart(), chart())) == ("invalid_blocks", [problem])


@pytest.mark.parametrize(
    ("block", "own"),
    [
        (plan(title=x(500)), 501),
        (task(title=x(500)), 500),
        (container(child_blocks=[section(x(499))]), 500),
        (chart(title=x(50)), 52),
        (cells_of(x(500)), 500),
        ({**data_table(2, 1, x(500)), "caption": x(50)}, 0),
    ],
)
async def test_the_text_of_the_newer_blocks_counts_in_the_total(
    sandbox: Sandbox, client: AsyncWebClient, block: Block, own: int
) -> None:
    """A data table has its own limit, which is larger than the limit of all blocks together."""
    rest = [section(x(3_000))] * 4
    assert (await post(sandbox, client, block, *rest, section(x(13_200 - 12_000 - own))))["ok"]
    with pytest.raises(SlackApiError, match="msg_blocks_too_long"):
        await post(sandbox, client, block, *rest, section(x(13_200 - 12_000 - own + 1)))


async def test_a_data_table_may_be_longer_than_all_other_blocks_together(
    sandbox: Sandbox, client: AsyncWebClient
) -> None:
    assert (await post(sandbox, client, data_table(2, 1, x(10_000), x(10_000)), section(x(3_000))))["ok"]
