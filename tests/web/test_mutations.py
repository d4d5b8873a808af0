"""Signed requests with random changes: each is answered, and none leaves a traceback."""

import copy
import json
import random
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from structlog.testing import capture_logs

from tests.web.conftest import BotServer
from tests.web.requests import FORM, event, interactive, signed

COUNT = 400
OTHER: tuple[Any, ...] = (
    None,
    0,
    -1,
    7,
    10**30,
    1.5,
    True,
    "",
    "7",
    "x" * 300,
    "\x00",
    "é",
    "9" * 5000,
    [],
    {},
    [[]],
    [{}],
    {"id": 5},
)


def _payloads(bot_server: BotServer) -> list[dict[str, Any]]:
    """One complete payload of each kind that the bot listens for."""
    sandbox, team = bot_server.office.sandbox, {"id": bot_server.office.app.team}
    user, channel = {"id": sandbox.users["alice"]}, {"id": bot_server.office.stage.room}
    act = {"team": team, "user": user, "trigger_id": "1.2.3", "channel": channel}
    conditions = {"conditions": {"type": "plain_text_input", "value": "Half of it works"}}
    view = {
        "id": "V1",
        "type": "modal",
        "callback_id": "update",
        "private_metadata": json.dumps({"number": 1}),
        "blocks": [{"type": "input", "block_id": "conditions"}],
        "state": {"values": {"conditions": conditions}},
    }
    chosen = json.dumps(
        {"number": 1, "word": "note", "text": "x", "mark": [channel["id"], "1.1"], "sure": True}
    )
    decided = json.dumps({"number": 1, "decision": 1, "parked": 1})
    given = {"text": {"type": "plain_text_input", "value": "Fail over"}}
    within = {"within": {"type": "static_select", "selected_option": {"value": "300"}}}
    told = {"type": "event_callback", "team_id": team["id"], "event_id": "Ev1"}
    item = {"type": "message", "channel": channel["id"], "ts": "1.1"}
    reaction = {"type": "reaction_added", "user": user["id"], "reaction": "pushpin", "item": item}
    return [
        {**act, "type": "block_actions", "actions": [{"action_id": "status", "value": "1"}]},
        {**act, "type": "block_actions", "actions": [{"action_id": "chosen", "value": chosen}]},
        {**act, "type": "view_submission", "view": view},
        *(
            {**act, "type": "block_actions", "actions": [{"action_id": name, "value": decided}]}
            for name in ("decision", "decision_object", "decision_withdraw", "unpark", "repark")
        ),
        {
            **act,
            "type": "view_submission",
            "view": {
                **view,
                "callback_id": "decision",
                "private_metadata": decided,
                "state": {"values": {"text": given, "within": within}},
            },
        },
        {**act, "type": "view_closed", "view": {**view, "callback_id": "opening"}},
        {**act, "type": "shortcut", "callback_id": "declare"},
        {
            **act,
            "type": "message_action",
            "callback_id": "add_to_timeline",
            "message": {"ts": "1.1", "text": "x"},
        },
        {**told, "event": reaction},
        {**told, "event": {"type": "app_home_opened", "user": user["id"], "tab": "home"}},
        {
            "command": "/incident",
            "text": "list",
            "team_id": team["id"],
            "user_id": user["id"],
            "channel_id": channel["id"],
            "trigger_id": "1.2.3",
        },
    ]


def _places(thing: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The paths of everything in the payload."""
    inside = thing.items() if isinstance(thing, dict) else enumerate(thing) if isinstance(thing, list) else ()
    for name, each in inside:
        yield (*path, name)
        yield from _places(each, (*path, name))


def _inside(text: str, rng: random.Random) -> str:
    """A text that the bot wrote, with something in it changed."""
    return json.dumps(_mutated(json.loads(text), rng))


def _mutated(payload: dict[str, Any], rng: random.Random) -> dict[str, Any]:
    """The same payload with one to three parts removed or replaced."""
    changed = copy.deepcopy(payload)
    for _ in range(rng.randint(1, 3)):
        places = list(_places(changed))
        if not places:
            break
        *way, name = rng.choice(places)
        inner: Any = changed
        for step in way:
            inner = inner[step]
        if isinstance(inner[name], str) and inner[name].startswith("{"):
            inner[name] = _inside(inner[name], rng)
        elif rng.random() < 0.3:
            del inner[name]
        else:
            inner[name] = copy.deepcopy(rng.choice(OTHER))
    return changed


@pytest.mark.parametrize("bot_server", ["signed http"], indirect=True)
async def test_every_signed_request_is_answered_and_leaves_no_traceback(bot_server: BotServer) -> None:
    await bot_server.office.declare()
    rng = random.Random(20)  # noqa: S311  # repeatable
    whole = _payloads(bot_server)
    for _ in range(COUNT):
        payload = _mutated(rng.choice(whole), rng)
        with capture_logs() as logs:
            if "command" in payload:
                answer = await signed(bot_server, urlencode(payload).encode(), FORM)
            elif "event" in payload:
                answer = await event(bot_server, payload)
            else:
                answer = await interactive(bot_server, payload)
        assert answer.status in {200, 400}, payload
        assert [line for line in logs if line["log_level"] == "error"] == [], payload
    assert (await bot_server.get("/readyz"))[0] == 200
