"""Which blocks and elements a message, a modal and a Home tab accept (Slack docs, blocks; block elements)."""

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Sandbox
from bot.sandbox.blocks import validate
from bot.sandbox.core.errors import SlackError
from bot.sandbox.driver import Driver
from tests.sandbox.block_limits import MESSAGE, MODAL, NOT_IN_HOMES, NOT_IN_MESSAGES, NOT_IN_MODALS, SURFACES
from tests.sandbox.blocks import actions, button, home, modal, mrkdwn, plain, section, text_input
from tests.sandbox.recorder import Recorder
from tests.sandbox.sample_blocks import (
    Block,
    asked,
    card,
    cells,
    chart,
    container,
    data_table,
    element,
    icon_buttons,
    image,
    options,
    plan,
    rich_piece,
    task,
    video,
)
from tests.sandbox.test_block_limits import REFUSED, refused, shown_on

BLOCKS: list[tuple[Block, tuple[str, ...]]] = [
    (section(), SURFACES),
    (actions(), SURFACES),
    ({"type": "context", "elements": [mrkdwn("x")]}, SURFACES),
    ({"type": "divider"}, SURFACES),
    ({"type": "header", "text": plain("x")}, SURFACES),
    (image(), SURFACES),
    (text_input(), SURFACES),
    (rich_piece("text", text="x"), SURFACES),
    (video(), SURFACES),
    (card(), SURFACES),
    ({"type": "alert", "text": mrkdwn("x"), "level": "warning"}, MODAL),
    ({"type": "carousel", "elements": [card()]}, NOT_IN_MODALS),
    (container(), NOT_IN_MODALS),
    (data_table(), NOT_IN_MODALS),
    (chart(), NOT_IN_MODALS),
    (cells(1), NOT_IN_MODALS),
    ({"type": "markdown", "text": "x"}, MESSAGE),
    (plan(), MESSAGE),
    (task(), MESSAGE),
    (icon_buttons(), MESSAGE),
    ({"type": "file", "external_id": "x", "source": "remote"}, ()),
]
PLACES = [(surface, block, surface in on) for block, on in BLOCKS for surface in SURFACES]


@pytest.mark.parametrize(
    ("surface", "block", "taken"), PLACES, ids=[f"{block['type']} {surface}" for surface, block, _ in PLACES]
)
async def test_a_block_is_accepted_where_slack_accepts_it_and_nowhere_else(
    sandbox: Sandbox, client: AsyncWebClient, *, surface: str, block: Block, taken: bool
) -> None:
    show = shown_on(surface, sandbox, client)
    if taken:
        assert (await show([block]))["ok"]
        return
    code, blocks = REFUSED[surface]
    problem = f"[ERROR] unsupported type: {block['type']} [json-pointer:{blocks}/0/type]"
    assert await refused(show([block])) == (code, [problem])


MENU = {"options": options(1)}
ELEMENTS: list[tuple[Block, tuple[str, ...]]] = [
    (asked("datetimepicker"), NOT_IN_HOMES),
    (element("datetimepicker"), NOT_IN_HOMES),
    (asked("email_text_input"), MODAL),
    (asked("url_text_input"), MODAL),
    (asked("number_input", is_decimal_allowed=True), MODAL),
    (asked("file_input"), MODAL),
    (asked("rich_text_input"), NOT_IN_MESSAGES),
    (element("rich_text_input"), NOT_IN_MESSAGES),
    (asked("plain_text_input"), SURFACES),
    (asked("checkboxes", **MENU), SURFACES),
    (asked("multi_static_select", **MENU), SURFACES),
    (element("multi_users_select"), SURFACES),
    (element("workflow_button", text=plain("x"), workflow={}), MESSAGE),
    (section(accessory={"type": "workflow_button", "text": plain("x"), "workflow": {}}), MESSAGE),
]


@pytest.mark.parametrize(("block", "on"), ELEMENTS)
@pytest.mark.parametrize("surface", SURFACES)
def test_an_element_is_accepted_where_slack_accepts_it_and_nowhere_else(
    surface: str, block: Block, on: tuple[str, ...]
) -> None:
    assert (
        problems(surface, block) == [] if surface in on else "unsupported type" in problems(surface, block)[0]
    )


@pytest.mark.parametrize(("block", "on"), ELEMENTS)
@pytest.mark.parametrize("surface", NOT_IN_MODALS)
def test_a_container_accepts_no_more_than_its_surface(
    surface: str, block: Block, on: tuple[str, ...]
) -> None:
    found = problems(surface, container(child_blocks=[block]))
    assert found == [] if surface in on else "unsupported type" in found[0]


def problems(surface: str, block: Block) -> list[str]:
    """What is wrong with a block on a surface."""
    try:
        if surface == "message":
            validate.check_message_blocks([block])
        else:
            validate.check_view(modal(block) if surface == "modal" else home(block))
    except SlackError as refusal:
        messages: list[str] = refusal.extra["response_metadata"]["messages"]
        return messages
    return []


NESTED: list[Block] = [
    {"type": "carousel", "elements": [card(actions=[button("first")]), card(actions=[button("second")])]},
    container(child_blocks=[actions(button("third"))]),
]


async def test_nested_blocks_get_ids_and_are_shown(sandbox: Sandbox, client: AsyncWebClient) -> None:
    posted = await client.chat_postMessage(channel=sandbox.channels["general"], text="x", blocks=NESTED)
    carousel, box = posted["message"]["blocks"]
    ids = [each["block_id"] for each in (carousel, *carousel["elements"], box, *box["child_blocks"])]
    assert len(set(ids)) == len(ids)
    seen = sandbox.see("alice", "general")
    assert seen["channel"]["messages"][-1]["blocks"] == posted["message"]["blocks"]


@pytest.mark.parametrize("action_id", ["first", "second", "third"])
async def test_a_button_inside_a_card_or_a_container_can_be_pressed(
    sandbox: Sandbox, client: AsyncWebClient, app: Recorder, driver: Driver, action_id: str
) -> None:
    await client.chat_postMessage(channel=sandbox.channels["general"], text="x", blocks=NESTED)
    await driver.user("alice").click(action_id, channel="general", ts="last")
    payload = await app.payload("block_actions")
    carousel, box = payload["message"]["blocks"]
    holders = {
        "first": carousel["elements"][0],
        "second": carousel["elements"][1],
        "third": box["child_blocks"][0],
    }
    (pressed,) = payload["actions"]
    assert (pressed["action_id"], pressed["block_id"]) == (action_id, holders[action_id]["block_id"])
