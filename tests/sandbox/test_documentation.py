"""docs/sandbox.md: every curl line, the workspace file and the Python lines do what they say."""

import argparse
import json
import re
import shlex
from collections.abc import AsyncIterator
from pathlib import Path
from string import Template
from typing import Any

import aiohttp
import pytest
import yaml
from aiohttp import web
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Sandbox, seed
from bot.sandbox.blocks.rules import BLOCKS
from bot.sandbox.blocks.rules_elements import ELEMENTS
from bot.sandbox.blocks.surfaces import BLOCKS_ON, elements_on
from bot.sandbox.driver import Driver
from bot.sandbox.network.faults import ON_CALLS, ON_ENVELOPES
from bot.sandbox.people.act import ACTIONS
from tests.sandbox.blocks import actions, button, home, modal, option, plain, text_input
from tests.sandbox.manifest import manifest as make_manifest

DOCUMENT = (Path(__file__).parents[2] / "docs" / "sandbox.md").read_text(encoding="utf-8")
REQUEST_URL = "http://127.0.0.1:3000/slack/events"


def blocks(language: str) -> list[str]:
    """The document's fenced blocks in that language."""
    return re.findall(rf"^```{language}\n(.*?)^```", DOCUMENT, re.DOTALL | re.MULTILINE)


CURLS = [line for block in blocks("sh") for line in block.splitlines()]

curl = argparse.ArgumentParser(prog="curl", exit_on_error=False)
curl.add_argument("url")
curl.add_argument("-s", action="store_true")
curl.add_argument("-N", action="store_true", dest="stream")
curl.add_argument("-X", dest="method")
curl.add_argument("-H", dest="headers", action="append", default=[])
curl.add_argument("-d", dest="data", action="append")


@pytest.fixture
def manifest() -> dict[str, Any]:
    """The manifest of the app that the document assumes."""
    made = make_manifest(command="/hello")
    made["features"]["shortcuts"] = [
        {"type": "global", "name": "Greet", "callback_id": "greet"},
        {"type": "message", "name": "Greet back", "callback_id": "greet_back"},
    ]
    return made


def make_app(client: AsyncWebClient) -> AsyncApp:
    """The app. It acts before it acknowledges, so that the next line finds the act done."""
    app = AsyncApp(client=client)
    menu = {"type": "overflow", "action_id": "more", "options": [option("mute")]}
    whom = {"type": "users_select", "action_id": "whom"}
    city = {"type": "external_select", "action_id": "city"}
    ask_city = {"type": "input", "block_id": "city_block", "label": plain("City"), "element": city}
    form = modal(actions(whom), ask_city, text_input("words_block", "words"))

    @app.command("/hello")
    async def hello(ack: Any, body: dict[str, Any], client: AsyncWebClient) -> None:
        await client.chat_postMessage(
            channel=body["channel_id"],
            text=f"hello {body['text']}",
            blocks=[
                {"type": "section", "text": plain("hello"), "accessory": menu},
                actions(button("wave")),
            ],
        )
        await ack()

    @app.shortcut("greet")
    async def greet(ack: Any, body: dict[str, Any], client: AsyncWebClient) -> None:
        await client.views_open(trigger_id=body["trigger_id"], view=form)
        await ack()

    @app.event("app_home_opened")
    async def show_home(event: dict[str, Any], client: AsyncWebClient) -> None:
        await client.views_publish(user_id=event["user"], view=home(actions(button("wave"))))

    @app.options(re.compile(""))
    async def cities(ack: Any) -> None:
        await ack(options=[option("berlin")])

    @app.event(re.compile(""))
    async def listen() -> None: ...

    @app.shortcut("greet_back")
    @app.action(re.compile(""))
    @app.view("form")
    async def done(ack: Any) -> None:
        await ack()

    return app


@pytest.fixture
async def connected(sandbox: Sandbox, http: aiohttp.ClientSession) -> AsyncIterator[None]:
    """The app, over Socket Mode."""
    client = AsyncWebClient(token=sandbox.bot_token, base_url=sandbox.base_url, session=http)
    handler = AsyncSocketModeHandler(make_app(client), sandbox.app_token)
    await handler.connect_async()
    yield
    await handler.close_async()


@pytest.fixture
async def request_url() -> AsyncIterator[str]:
    """A Request URL that answers the challenge."""

    async def answer(request: web.Request) -> web.Response:
        return web.json_response({"challenge": (await request.json())["challenge"]})

    app = web.Application()
    app.router.add_post("/slack/events", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
    await runner.cleanup()


async def run(line: str, http: aiohttp.ClientSession) -> dict[str, Any]:
    """Do what curl would do with this line. Returns the answer, or the first line of a stream."""
    words = shlex.split(line)
    assert words[0] == "curl"
    given = curl.parse_args(words[1:])
    data = "&".join(given.data) if given.data is not None else None
    method = given.method or ("GET" if data is None else "POST")
    headers = dict(header.split(": ", 1) for header in given.headers)
    if data is not None:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    async with http.request(method, given.url, data=data, headers=headers) as answer:
        if given.stream:
            return {"ok": (await answer.content.readline()) == b": connected\n"}
        if answer.content_type == "text/plain":
            return {"ok": (await answer.text()) == "ok"}
        body: dict[str, Any] = await answer.json()
        return body


@pytest.mark.usefixtures("connected")
async def test_every_curl_line_works_in_order(
    sandbox: Sandbox, http: aiohttp.ClientSession, driver: Driver, request_url: str
) -> None:
    roots = {"CONTROL": sandbox.control_url.rstrip("/"), "BASE": sandbox.base_url.rstrip("/")}
    await driver.user("bob").say("general", "so that there is something to see")
    for line in CURLS:
        filled = Template(line).substitute(**roots, BOT_TOKEN=sandbox.bot_token)
        answer = await run(filled.replace(REQUEST_URL, request_url), http)
        assert answer["ok"] is True, f"{line}\n{answer}"
        assert not answer.get("field_errors"), f"{line}\n{answer}"
        roots |= {"HOOK": answer["url"]} if "integrations" in line else {}
        if "open_home" in line:
            await driver.user("alice").until(lambda shown: shown["home"])
    assert len(CURLS) > 40


@pytest.mark.usefixtures("connected")
async def test_the_python_lines_work(sandbox: Sandbox) -> None:
    (source,) = blocks("python")
    names: dict[str, Any] = {}
    exec(compile(source, "docs/sandbox.md", "exec"), names)  # noqa: S102 - our own document
    before = sandbox.clock.timestamp()
    await names["try_it"](sandbox.control_url)
    assert sandbox.clock.timestamp() >= before + 15 * 60
    assert sandbox.faults.to_json()[0]["method"] == "chat.postMessage"


def test_the_workspace_file_is_valid() -> None:
    (source,) = blocks("yaml")
    contents = seed.check(yaml.safe_load(source))
    assert [user.name for user in contents.users] == ["peter", "milton", "guest", "gone"]
    assert contents.channels[1].messages[0].replies[0].user == "milton"
    assert contents.usergroups[0].users == ("peter", "milton")


def test_every_action_and_every_fault_is_documented() -> None:
    acts = [json.loads(match) for match in re.findall(r"act\" -d '(.*)'", DOCUMENT)]
    in_words = set(re.findall(r"the action\s+`(\w+)`", DOCUMENT))  # what needs more than a line to be tried
    assert {act["action"] for act in acts} | in_words == set(ACTIONS)
    rows = "".join(line.split("|")[1] for line in DOCUMENT.splitlines() if line.startswith("| `"))
    assert set(re.findall(r"`(\w+)`", rows)) >= ON_CALLS | ON_ENVELOPES


def accepted_by(heading: str) -> dict[str, list[str]]:
    """The surfaces that accept each block or element, from a table of the document."""
    lines = DOCUMENT.split(f"| {heading} | messages | modals | Home tabs |\n", 1)[1].splitlines()[1:]
    found: dict[str, list[str]] = {}
    for line in lines[: lines.index("")]:
        names, *cells = line.strip("|").split("|")
        on = [surface for surface, cell in zip(BLOCKS_ON, cells, strict=True) if cell.strip() == "yes"]
        found |= dict.fromkeys(re.findall(r"`(\w+)`", names), on)
    return found


def test_the_surfaces_of_all_blocks_match_the_document() -> None:
    written = accepted_by("block")
    assert written.pop("file") == []
    assert written == {kind: [on for on, kinds in BLOCKS_ON.items() if kind in kinds] for kind in BLOCKS}


def test_the_surfaces_of_all_elements_match_the_document() -> None:
    written = accepted_by("element")
    real = {
        kind: [on for on in BLOCKS_ON if kind in elements_on(on, frozenset(ELEMENTS))] for kind in ELEMENTS
    }
    assert {kind: on for kind, on in real.items() if len(on) < len(BLOCKS_ON)} == written
