"""An office in which calls fail: waits, what people are told, what Slack shows at the end."""

import asyncio
import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import col, func, select

from bot.cli import stored
from bot.config import GivenSettings
from bot.drills.stage import readable
from bot.engine.store import outbox
from bot.engine.store.tables import EffectRow, EffectState
from bot.incident.store import incidents
from bot.incident.views.facts import link, sentence
from bot.sandbox.driver import ActionFailed
from bot.sandbox.network.faults import Fault
from tests.seen import is_bots, plain
from tests.slack.conftest import Office

WARNING = "I could not"
WAIT = 30.0  # seconds of real time after which the test fails
PATIENCE = 20 * 60  # seconds of the workspace's time within which everything must be correct


@dataclass(frozen=True)
class FaultyOffice(Office):
    """An office with faults, whose clock stands still.

    Attributes:
        settings: for an operator's commands.
    """

    settings: GivenSettings

    def strike(self, fault: str, **details: Any) -> None:
        """Switch a fault on."""
        self.sandbox.faults.add(Fault(fault, **details))

    async def heard(self) -> None:
        """Wait until the app has acknowledged every event, or certainly will not."""
        async with asyncio.timeout(WAIT):
            while self.sandbox.courier._tasks:
                await self.sandbox.courier.settle()

    async def settle(self) -> None:
        """Deliver, and let time pass, until no effect waits (or all wait for a room that cannot be opened)."""
        end = self.sandbox.clock.timestamp() + PATIENCE
        while True:
            await self.app.engine.deliverer.drain()
            pause = await self._until_next()
            if pause is None or self.sandbox.clock.timestamp() + pause > end:
                return
            await self.sandbox.clock.advance(pause)

    async def _until_next(self) -> float | None:
        """The number of seconds until the next try; None if there is none."""
        now = self.sandbox.clock.now()
        query = select(func.min(col(EffectRow.due_at))).where(
            EffectRow.state == EffectState.WAITING, EffectRow.due_at > now
        )
        async with self.app.database.reading() as session:
            due: datetime | None = (await session.exec(query)).one()
        return (due - now).total_seconds() if due else None

    async def waiting(self) -> int:
        """How many effects wait."""
        async with self.app.database.reading() as session:
            return (await outbox.backlog(session, self.app.team))[0]

    async def rests(self) -> bool:
        """Wait until every event is acknowledged and no effect waits. Returns whether that happened."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(WAIT):
                while True:
                    await self.heard()
                    if not await self.waiting():
                        return True
                    await self.settle()
        return False

    async def dead(self) -> list[str]:
        """The effects that Slack refused for good, as `kind: reason`."""
        async with self.app.database.reading() as session:
            return [f"{row.kind}: {row.error}" for row in await outbox.dead(session, self.app.team)]

    async def retry(self) -> None:
        """What an operator does once the cause is fixed: `warroom outbox retry`."""
        await stored.retry(self.settings)
        await self.settle()

    async def everything_told(self) -> str:
        """Everything that alice, who declares, reads from the app: rooms, direct messages, answers, forms."""
        alice = self.person("alice")
        seen = await alice.see()
        parts = [readable(seen["modals"]), readable(seen["home"] or "")]
        for channel in seen["channels"]:
            try:
                shown = await alice.see(channel["id"])
            except ActionFailed:
                continue
            parts += [readable(m) for m in shown["channel"]["messages"] if m.get("bot_id")]
        return "\n".join(parts)

    async def tells(self, words: str) -> bool:
        """Whether alice reads this from the app. Waits, because ephemeral messages come after the ack of an event."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(WAIT):
                while words not in await self.everything_told():
                    pass
        return words in await self.everything_told()

    async def picture(self) -> dict[str, Any]:
        """What Slack shows of the incident at the end, in a form that can be compared between runs."""
        alice = self.person("alice")
        announced = (await self.person("frank").see("incidents"))["channel"]["messages"]
        rooms = [c for c in (await alice.see())["channels"] if c["name"].startswith("inc-")]
        return {
            "rooms": [await self._room(room["id"]) for room in rooms],
            "announcements": [plain(message) for message in announced if is_bots(message)],
            "timeline": await self.timeline(),
        }

    async def timeline(self) -> list[str]:
        """What has happened, as in the database."""
        async with self.app.database.reading() as session:
            stored = await incidents.of_any_team(session, 1)
            entries = await incidents.timeline(session, stored.id) if stored else []
        facts = sorted((entry.fact for entry in entries), key=lambda fact: (fact.at, sentence(fact)))
        return [plain(sentence(fact)) + (" (linked)" if link(fact) else "") for fact in facts]

    async def comes_to(
        self,
        expected: dict[str, Any],
        forgive: Callable[[dict[str, Any]], dict[str, Any]],
        within: float = WAIT,
    ) -> dict[str, Any]:
        """Wait until Slack shows this. Returns what it shows at the end.

        An act may still be in progress when its person is told that it failed.

        Args:
            expected: the picture.
            forgive: removes from a picture what may differ.
            within: for this many seconds of real time.
        """
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(within):
                while True:
                    await self.settle()
                    if forgive(await self.picture()) == expected:
                        return expected
                    await self.app.engine.deliverer._woken.wait()  # the next commit
        return forgive(await self.picture())

    async def _room(self, room: str) -> dict[str, Any]:
        channel = (await self.person("alice").see(room))["channel"]
        said = [message for message in channel["messages"] if message.get("bot_id")]
        return {
            "name": channel["name"],
            "topic": plain(channel["topic"]),
            "members": sorted(channel["members"]),
            "pinned": [plain(pin) for pin in channel["pins"]],
            "messages": [
                plain(m) for m in said if is_bots(m) and not m.get("pinned") and WARNING not in plain(m)
            ],
            "files": [file["title"] for message in said for file in message.get("files", [])],
        }
