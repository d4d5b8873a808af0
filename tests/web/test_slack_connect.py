"""In a shared channel, the installation decides whose act it is, and not the sender's workspace."""

import json
from typing import Any

import pytest
from structlog.testing import capture_logs

from tests.web.conftest import BotServer
from tests.web.requests import Answer, command, event, interactive

pytestmark = pytest.mark.parametrize("bot_server", ["signed http"], indirect=True)

PARTNER = {"id": "T0PARTNER", "domain": "partner"}
THEIRS = {"id": "U0PARTNER", "name": "pat", "team_id": "T0PARTNER"}


def _form(team: dict[str, str], view: dict[str, Any], user: dict[str, str]) -> dict[str, Any]:
    """*Post update* for INC-1, submitted."""
    values = {"conditions": {"conditions": {"type": "plain_text_input", "value": "Half of it works"}}}
    whole = {
        "id": "V0UPDATE",
        "type": "modal",
        "callback_id": "update",
        "private_metadata": json.dumps({"number": 1}),
        "blocks": [{"type": "input", "block_id": "conditions"}],
        "state": {"values": values},
        **view,
    }
    return {"type": "view_submission", "team": team, "user": user, "trigger_id": "1.2.3", "view": whole}


def _click(bot_server: BotServer, team: dict[str, str], user: dict[str, str]) -> dict[str, Any]:
    """*Take command* of INC-1, pressed."""
    return {
        "type": "block_actions",
        "trigger_id": "1.2.4",
        "team": team,
        "user": user,
        "channel": {"id": bot_server.office.stage.room},
        "actions": [{"action_id": "take_command", "value": "1"}],
    }


def _reaction(bot_server: BotServer, team: str, installed: str, ts: str) -> dict[str, Any]:
    item = {"type": "message", "channel": bot_server.office.stage.room, "ts": ts}
    user = bot_server.office.sandbox.users["alice"]
    return {
        "type": "event_callback",
        "event_id": "Ev0SHARED",
        "team_id": team,
        "authorizations": [{"team_id": installed, "enterprise_id": None, "is_enterprise_install": False}],
        "is_ext_shared_channel": True,
        "event": {"type": "reaction_added", "user": user, "reaction": "pushpin", "item": item},
    }


async def _timeline(bot_server: BotServer) -> str:
    return await bot_server.office.told("alice", "timeline")


async def test_a_partner_submits_a_form_of_our_installation(bot_server: BotServer) -> None:
    await bot_server.office.declare()
    shown_in = {"id": bot_server.office.app.team, "domain": "acme"}
    assert (
        await interactive(bot_server, _click(bot_server, shown_in, THEIRS))
    ).status == 200  # they are in the room
    ours = {"app_installed_team_id": bot_server.office.app.team}
    answer = await interactive(bot_server, _form(PARTNER, ours, THEIRS))
    assert "errors" not in answer.text
    assert "Half of it works" in await _timeline(bot_server)


async def test_a_partner_presses_a_button_of_our_installation(bot_server: BotServer) -> None:
    await bot_server.office.declare()
    ours = {"id": bot_server.office.app.team, "domain": "acme"}
    assert (await interactive(bot_server, _click(bot_server, ours, THEIRS))).status == 200
    assert "U0PARTNER" in await _timeline(bot_server)


async def test_an_event_from_a_partner_belongs_to_its_authorization(bot_server: BotServer) -> None:
    await bot_server.office.declare()
    said = await bot_server.office.person("alice").say(bot_server.office.stage.room, "Deploy 214 went out")
    ts = said["messages"][-1]["ts"]
    assert (
        await event(bot_server, _reaction(bot_server, "T0PARTNER", bot_server.office.app.team, ts))
    ).status == 200
    await bot_server.office.stage.shows("alice", "Added to the timeline")


async def test_an_act_for_another_installation_changes_nothing_and_says_so(bot_server: BotServer) -> None:
    await bot_server.office.declare()
    before = await _timeline(bot_server)
    alice = {"id": bot_server.office.sandbox.users["alice"]}
    theirs = {"app_installed_team_id": "T0PARTNER"}
    ours = {"id": bot_server.office.app.team, "domain": "acme"}
    with capture_logs() as logs:
        told = await interactive(bot_server, _form(ours, theirs, alice))
        assert "does not belong to your workspace" in told.json["errors"]["conditions"]
        assert await interactive(bot_server, _click(bot_server, PARTNER, alice)) == Answer(200, "")
        assert await event(
            bot_server, _reaction(bot_server, bot_server.office.app.team, "T0PARTNER", "1.1")
        ) == Answer(200, "")
        forged = {"trigger_id": "1.2.5", "team_id": "T0PARTNER", "user_id": alice["id"]}
        for text in ("declare sev1 Forged", "list", "timeline"):
            answer = await command(
                bot_server, command="/incident", text=text, channel_id=bot_server.office.stage.room, **forged
            )
            assert "does not belong to your workspace" in answer.json["text"]
    assert [line["event"] for line in logs] == ["slack.foreign_team"] * 6
    assert await _timeline(bot_server) == before
    rooms = (await bot_server.office.person("alice").see())["channels"]
    assert not [room for room in rooms if "forged" in room["name"]]
