"""A number in a signed payload proves nothing: a person who may not see an incident cannot click or submit for it."""

import json
import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import aiohttp
import pytest
import yaml
from slack_sdk.signature import SignatureVerifier
from sqlmodel import select

from bot.app import App, running
from bot.cli.practice import settings
from bot.config import GivenSettings
from bot.core.clock import utc_now
from bot.core.resources import shipped
from bot.engine.store.tables import EffectRow
from bot.incident.domain.effects import ReadMessage
from bot.incident.domain.vocabulary import Severity
from bot.incident.store import incidents
from bot.incident.views.choices import CHOSEN
from bot.sandbox import Sandbox
from bot.sandbox.driver import Driver
from tests.web.conftest import free_port


@dataclass(frozen=True)
class Forger:
    """Sends requests signed as Slack signs them, in anybody's name."""

    sandbox: Sandbox
    app: App
    url: str
    room: str

    async def send(self, payload: dict[str, Any], by: str) -> tuple[int, str]:
        """The status and the body of the answer."""
        who = {"id": self.sandbox.users[by], "team_id": self.app.team}
        asked = {"team": {"id": self.app.team}, "user": who, "trigger_id": uuid.uuid4().hex}
        body = urlencode({"payload": json.dumps(asked | payload)})
        stamp = str(int(utc_now().timestamp()))
        signature = SignatureVerifier(self.sandbox.signing_secret).generate_signature(
            timestamp=stamp, body=body
        )
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "X-Slack-Request-Timestamp": stamp,
            "X-Slack-Signature": str(signature),
        }
        async with (
            aiohttp.ClientSession() as session,
            session.post(self.url, data=body, headers=headers) as answer,
        ):
            return answer.status, await answer.text()

    async def click(self, by: str, channel: str, action_id: str = "take_command", value: str = "1") -> None:
        """Press a button in a channel: *Take command* of INC-1."""
        action = {"action_id": action_id, "block_id": "b", "type": "button", "value": value}
        await self.send({"type": "block_actions", "actions": [action], "channel": {"id": channel}}, by)

    async def submit(self, by: str, **metadata: Any) -> str:
        """Submit the form that changes the severity; the answer."""
        state = {"severity": {"severity": {"type": "radio_buttons", "selected_option": {"value": "4"}}}}
        view = {
            "id": f"V{uuid.uuid4().hex}",
            "type": "modal",
            "callback_id": "severity",
            "private_metadata": json.dumps(metadata),
            "blocks": [{"type": "input", "block_id": "severity"}],
            "state": {"values": state},
        }
        return (await self.send({"type": "view_submission", "view": view}, by))[1]

    async def state(self) -> tuple[str | None, Severity]:
        """Who commands INC-1, and how severe it is."""
        async with self.app.database.reading() as session:
            stored = await incidents.INCIDENTS.by_number(session, self.app.team, 1)
        assert stored is not None
        return stored.state.commander, stored.state.severity


@pytest.fixture
async def forger(tmp_path: Path) -> AsyncIterator[Forger]:
    """Signed HTTP, with a private INC-1 of Alice's."""
    manifest = yaml.safe_load(shipped("manifest.yml").read_text())
    sandbox = await Sandbox.start(manifest=manifest)
    port = free_port()
    url = f"http://127.0.0.1:{port}/slack/events"
    given = settings(sandbox, tmp_path / "http.db").model_dump(exclude={"slack_app_token"})
    given |= {"slack_signing_secret": sandbox.signing_secret, "port": port, "host": "127.0.0.1"}
    http = GivenSettings.model_validate(given)
    async with running(http, clock=sandbox.clock.now) as app, Driver(sandbox.control_url) as driver:
        await driver.deliver_to(url)
        alice = driver.user("alice")
        await alice.command("general", "/incident", "declare Key leaked")
        await alice.submit(severity="1", private=["private"])
        room = await alice.until(
            lambda seen: next((c["id"] for c in seen["channels"] if c["name"] == "inc-1-key-leaked"), None)
        )
        yield Forger(sandbox, app, url, room)
    await sandbox.stop()


async def test_a_strangers_click_in_another_channel_concerns_no_incident(forger: Forger) -> None:
    await forger.click("bob", forger.sandbox.channels["general"])
    assert await forger.state() == (None, Severity.SEV1)


async def test_a_click_in_the_room_proves_membership(forger: Forger) -> None:
    await forger.click("bob", forger.room)
    assert await forger.state() == (forger.sandbox.users["bob"], Severity.SEV1)


async def test_a_mark_on_a_message_of_another_channel_is_ignored(forger: Forger) -> None:
    value = json.dumps({"number": 1, "mark": [forger.sandbox.channels["payments"], "1.000100"]})
    await forger.click("alice", forger.room, CHOSEN, value)
    async with forger.app.database.reading() as session:
        query = select(EffectRow).where(EffectRow.kind == ReadMessage.__name__)
        assert (await session.exec(query)).all() == []


@pytest.mark.parametrize("names", ["number", "channel", "both"])
async def test_a_strangers_form_concerns_no_incident_whatever_its_metadata(
    forger: Forger, names: str
) -> None:
    metadata: dict[str, Any] = {"number": 1, "channel": forger.room}
    if names != "both":
        metadata = {names: metadata[names]}
    assert "belongs to no incident" in await forger.submit("bob", **metadata)
    assert await forger.state() == (None, Severity.SEV1)


async def test_forms_of_participants_are_accepted(forger: Forger) -> None:
    assert "Recorded on *INC-1*" in await forger.submit("alice", number=1)
    assert await forger.state() == (None, Severity.SEV4)
