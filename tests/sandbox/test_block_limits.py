"""Every limit of Block Kit, just inside and just outside, in a message, a modal and a Home tab."""

import json
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Sandbox
from tests.sandbox.block_limits import LIMITS, SURFACES, Limit
from tests.sandbox.blocks import home, modal, plain, section, text_input
from tests.sandbox.sample_blocks import Block, x

Show = Callable[[list[Block]], Awaitable[Any]]

#: The error of each surface, and where its blocks are.
REFUSED = {
    "message": ("invalid_blocks", "/blocks"),
    "modal": ("invalid_arguments", "/view/blocks"),
    "home": ("invalid_arguments", "/view/blocks"),
}
EDGES = [
    (surface, limit, edge)
    for limit in LIMITS
    for surface in SURFACES
    for edge in ("most", "least")
    if getattr(limit, edge) is not None and surface in limit.on
]


def shown_on(surface: str, sandbox: Sandbox, client: AsyncWebClient) -> Show:
    """A function that shows blocks on a surface, with the official client."""

    async def show(blocks: list[Block]) -> Any:
        user = sandbox.users["alice"]
        if surface == "message":
            return await client.chat_postMessage(channel=sandbox.channels["general"], text="x", blocks=blocks)
        if surface == "home":
            return await client.views_publish(user_id=user, view=home(*blocks))
        trigger_id = sandbox.workspace.triggers.give(user)
        return await client.views_open(trigger_id=trigger_id, view=modal(*blocks))

    return show


async def refused(call: Awaitable[Any]) -> tuple[str, list[str]]:
    """The error of a call, and the messages that explain it."""
    with pytest.raises(SlackApiError) as refusal:
        await call
    answer = refusal.value.response
    return answer["error"], answer["response_metadata"]["messages"]


@pytest.mark.parametrize(
    ("surface", "limit", "edge"),
    EDGES,
    ids=[f"{surface}: {limit.name}, at {edge} {getattr(limit, edge)}" for surface, limit, edge in EDGES],
)
async def test_it_is_shown_at_the_limit_and_refused_beyond_it(
    sandbox: Sandbox, client: AsyncWebClient, surface: str, limit: Limit, edge: str
) -> None:
    show = shown_on(surface, sandbox, client)
    inside = getattr(limit, edge)
    assert (await show([limit.make(inside)]))["ok"]
    error, messages = await refused(show([limit.make(inside + (1 if edge == "most" else -1))]))
    code, blocks = REFUSED[surface]
    assert error == code
    assert [message for message in messages if message.endswith(f"[json-pointer:{blocks}/0/{limit.at}]")]


@pytest.mark.parametrize(("surface", "most"), [("message", 50), ("modal", 100), ("home", 100)])
async def test_a_surface_has_a_limit_of_blocks(
    sandbox: Sandbox, client: AsyncWebClient, surface: str, most: int
) -> None:
    show = shown_on(surface, sandbox, client)
    assert (await show([{"type": "divider"}] * most))["ok"]
    code, blocks = REFUSED[surface]
    problem = f"[ERROR] no more than {most} items allowed [json-pointer:{blocks}]"
    assert await refused(show([{"type": "divider"}] * (most + 1))) == (code, [problem])


#: The members of a view: its longest and shortest text.
VIEW_MEMBERS = [
    ("modal", "title", 24, 1),
    ("modal", "submit", 24, 1),
    ("modal", "close", 24, 1),
    ("modal", "private_metadata", 3000, None),
    ("modal", "callback_id", 255, None),
    ("modal", "external_id", 255, None),
    ("home", "title", 24, 1),
    ("home", "private_metadata", 3000, None),
    ("home", "callback_id", 255, None),
    ("home", "external_id", 255, None),
]


@pytest.mark.parametrize(("surface", "member", "most", "least"), VIEW_MEMBERS)
async def test_the_members_of_a_view_have_their_limits(
    sandbox: Sandbox, client: AsyncWebClient, *, surface: str, member: str, most: int, least: int | None
) -> None:
    is_text = member in {"title", "submit", "close"}

    async def show(count: int) -> Any:
        given = {member: plain(x(count)) if is_text else x(count)}
        user = sandbox.users["alice"]
        if surface == "home":
            return await client.views_publish(user_id=user, view=home(**given))
        trigger_id = sandbox.workspace.triggers.give(user)
        return await client.views_open(trigger_id=trigger_id, view=modal(**given))

    edges = [(most, most + 1), *([(least, least - 1)] if least is not None else [])]
    for inside, outside in edges:
        assert (await show(inside))["ok"]
        error, messages = await refused(show(outside))
        assert error == "invalid_arguments"
        place = f"[json-pointer:/view/{member}{'/text' if is_text else ''}]"
        assert [message for message in messages if message.endswith(place)]


@pytest.mark.parametrize("surface", ["modal", "home"])
async def test_a_view_has_up_to_250_kilobytes(sandbox: Sandbox, client: AsyncWebClient, surface: str) -> None:
    """The size is that of the JSON, so the last bytes are added to the last text."""
    show = shown_on(surface, sandbox, client)
    blocks = [section(x(3000), block_id=f"b{number}") for number in range(81)]
    spare = 250_000 - size_of(surface, [*blocks, section("x", block_id="last")]) + 1
    fillers = [section(x(spare), block_id="last")]
    assert size_of(surface, blocks + fillers) == 250_000
    assert (await show(blocks + fillers))["ok"]
    with pytest.raises(SlackApiError, match="view_too_large"):
        await show([*blocks, section(x(spare + 1), block_id="last")])


def size_of(surface: str, blocks: list[Block]) -> int:
    """The bytes of a view with these blocks."""
    view = home(*blocks) if surface == "home" else modal(*blocks)
    return len(json.dumps(view).encode())


@pytest.mark.parametrize(("count", "fits"), [(13_200, True), (13_201, False)])
async def test_the_texts_of_all_blocks_of_a_message_together_have_a_limit(
    sandbox: Sandbox, client: AsyncWebClient, *, count: int, fits: bool
) -> None:
    show = shown_on("message", sandbox, client)
    blocks = [section(x(3000)) for _ in range(4)] + [section(x(count - 12_000))]
    if fits:
        assert (await show(blocks))["ok"]
    else:
        with pytest.raises(SlackApiError, match="msg_blocks_too_long"):
            await show(blocks)


async def test_a_modal_with_inputs_needs_a_submit_button(sandbox: Sandbox, client: AsyncWebClient) -> None:
    view = modal(text_input())
    del view["submit"]
    trigger_id = sandbox.workspace.triggers.give(sandbox.users["alice"])
    problem = "[ERROR] missing required field: submit [json-pointer:/view]"
    assert await refused(client.views_open(trigger_id=trigger_id, view=view)) == (
        "invalid_arguments",
        [problem],
    )
    assert (await client.views_open(trigger_id=trigger_id, view={**view, "blocks": [section()]}))["ok"]
