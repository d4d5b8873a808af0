"""A private incident whose every text carries a mark, and all that the bot says while people act."""

import io
import json
import re
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from logging import getLogger
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import aiohttp
import structlog
import yaml
from slack_sdk.signature import SignatureVerifier

from bot.app import App, running
from bot.cli.practice import settings
from bot.config import GivenSettings
from bot.core import logs
from bot.core.clock import utc_now
from bot.core.resources import shipped
from bot.drills.stage import Stage
from bot.sandbox import Sandbox
from bot.sandbox.driver import Driver
from bot.sandbox.state.user import User
from tests.patience import UNHURRIED
from tests.web.conftest import free_port

# Each text of the incident has a word with this beginning, so that it is found wherever it comes out.
MARK = re.compile(r"zq[a-z]+", re.IGNORECASE)
PERSON = "dave"  # whoever takes part in a private incident is part of what is private
GUEST, REMOVED, OUTSIDER = "erin", "bob", "frank"
_TO_SOMEBODY = frozenset(
    {
        "chat.postMessage",
        "chat.update",
        "chat.postEphemeral",
        "views.publish",
        "conversations.setTopic",
        "files.completeUploadExternal",
    }
)
INTRUDERS = (OUTSIDER, GUEST, REMOVED)


@dataclass
class Scene:
    """The workspace with the bot behind signed HTTP.

    Attributes:
        room: the private war room's id.
        is_intruded: whether people act who may not see it: then no answer may have a mark.
        heard: everything that went over the wire from the bot: who could read it, and the text.
    """

    sandbox: Sandbox
    app: App
    driver: Driver
    stage: Stage
    http: aiohttp.ClientSession
    given: GivenSettings
    url: str
    log: io.StringIO
    room: str = ""
    is_intruded: bool = False
    heard: list[tuple[str, str]] = field(default_factory=list)

    def user(self, name: str) -> User:
        return self.sandbox.workspace.users[self.sandbox.users[name]]

    async def delivered(self, seconds: int) -> None:
        """Let so much time pass, second by second: Slack takes one message a second in each channel."""
        for _ in range(seconds):
            await self.driver.advance(1)
            await self.app.engine.deliverer.drain()

    async def send(self, body: Mapping[str, Any]) -> str:
        """What Slack gets back for a request that it has signed."""
        is_event = "event" in body
        encoded, stamp = json.dumps(body) if is_event else urlencode(body), str(int(utc_now().timestamp()))
        signature = SignatureVerifier(self.sandbox.signing_secret).generate_signature(
            timestamp=stamp, body=encoded
        )
        headers = {
            "Content-Type": "application/json" if is_event else "application/x-www-form-urlencoded",
            "X-Slack-Request-Timestamp": stamp,
            "X-Slack-Signature": str(signature),
        }
        async with self.http.post(self.url, data=encoded, headers=headers) as answer:
            return await answer.text()

    def note(self, entry: dict[str, Any]) -> None:
        """Record what the bot has sent, unless only members of the war room can read it."""
        kind, asked = entry["kind"], entry["request"] or {}
        if kind == "call":
            method = str(entry["method"])
            # While only its people act, their own answers and forms are for them.
            if (self.is_intruded or method in _TO_SOMEBODY) and not self._is_for_members(asked):
                self.heard.append((method, json.dumps(asked, ensure_ascii=False)))
        elif kind in ("ack", "response") and self.is_intruded:
            self.heard.append((kind, json.dumps([asked, entry["response"]], ensure_ascii=False)))

    def _is_for_members(self, asked: Mapping[str, Any]) -> bool:
        """Whether it is posted in the war room, or to one of its members."""
        channels = self.sandbox.workspace.channels
        room = next((each for each in channels.values() if MARK.search(each.name)), None)
        if room is None:
            return False
        reader = str(
            next((asked[key] for key in ("user", "user_id", "channel", "channel_id") if key in asked), "")
        )
        channel = channels.get(reader)
        readers = set(channel.members) - {self.app.bot_user} if channel else {reader}
        return reader == room.id or readers <= set(room.members)

    def leaks(self) -> list[str]:
        """Where a mark, the person, or a link to the war room came out, each with what is around it."""
        marked = re.compile(
            f"{MARK.pattern}|{self.sandbox.users[PERSON]}|<#{self.room or 'C'}", re.IGNORECASE
        )
        return [
            f"{place}: …{text[max(hit.start() - 60, 0) : hit.end() + 60]}…"
            for place, text in [*self.heard, ("log", self.log.getvalue())]
            for hit in marked.finditer(text)
        ]


@contextmanager
def log_of_every_level() -> Iterator[io.StringIO]:
    """What the bot logs as in production, as JSON, but of every level."""
    root, ours = getLogger(), getLogger(logs.OURS)
    before = root.handlers, root.level, ours.level, structlog.get_config()
    logs.set_up("json", "debug")
    written = io.StringIO()
    root.handlers[0].setStream(written)  # type: ignore[attr-defined]  # it is a StreamHandler
    try:
        yield written
    finally:
        root.handlers, root.level, ours.level = before[0], before[1], before[2]
        structlog.configure(**before[3])


@asynccontextmanager
async def scene(folder: Path, policy: str = "") -> AsyncIterator[Scene]:
    """Run it, with a policy file of this text, until the end of the block."""
    sandbox = await Sandbox.start(
        manifest=yaml.safe_load(shipped("manifest.yml").read_text()),
        ack_seconds=UNHURRIED.ack,
        rate_limits=False,
    )
    sandbox.clock.stop()
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    given = settings(sandbox, folder / "private.db").model_dump(exclude={"slack_app_token"})
    given |= {"slack_signing_secret": sandbox.signing_secret, "port": port, "host": "127.0.0.1"}
    if policy:
        (folder / "policy.yml").write_text(policy)
        given["policy_file"] = folder / "policy.yml"
    chosen = GivenSettings.model_validate(given)
    with log_of_every_level() as log:
        async with (
            running(chosen, clock=sandbox.clock.now, timeouts=UNHURRIED) as app,
            Driver(sandbox.control_url) as driver,
            aiohttp.ClientSession(connector=aiohttp.TCPConnector(force_close=True)) as http,
        ):
            await driver.deliver_to(f"{url}/slack/events")
            yield Scene(sandbox, app, driver, Stage(driver, folder), http, chosen, f"{url}/slack/events", log)
    await sandbox.stop()
