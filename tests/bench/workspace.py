"""A sandbox with the bot, and what people see of its incidents."""

import re
from collections import Counter
from collections.abc import AsyncIterator, Iterable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import yaml

from bot import policy_file
from bot.core.clock import utc_now
from bot.core.resources import shipped
from bot.drills.stage import readable
from bot.engine.store.database import Database
from bot.engine.store.migrate import upgrade
from bot.sandbox import Sandbox
from tests.bench.connections import Charged, charged
from tests.bench.filled import Filling, fill
from tests.bench.given import Given
from tests.bench.process import BOT, Bot, bot, database_url, unused_port
from tests.bench.wire import Wire

PEOPLE = ("alice", "bob", "carol", "dave", "erin", "frank")
NOT_DUE = timedelta(hours=1)
COLD = 2  # round trips of a new connection: the handshakes of TCP and of TLS 1.3


@dataclass(frozen=True, slots=True)
class Workspace:
    """What the benchmarks over the wire use.

    Attributes:
        url: the Request URL of the bot; empty with Socket Mode.
        charged: what new connections cost; None if they cost nothing.
    """

    sandbox: Sandbox
    bot: Bot
    wire: Wire
    url: str = ""
    charged: Charged | None = None

    async def act(self, user: str, action: str, **details: Any) -> dict[str, Any]:
        """Let somebody do something, and wait for the ack.

        Raises:
            RuntimeError: they were told that it failed.
        """
        outcome = await self.sandbox.act({"user": user, "action": action, **details})
        if not outcome["ok"]:
            raise RuntimeError(f"{user} could not {action}: {outcome['error']}")
        return outcome

    async def say(self, user: str, text: str, channel: str = "general") -> dict[str, Any]:
        """`/incident …`."""
        return await self.act(user, "command", channel=channel, command="/incident", text=text)

    def room(self, number: int) -> str:
        """The id of the war room of an incident.

        Raises:
            LookupError: there is none.
        """
        for channel in self.sandbox.workspace.channels.values():
            if channel.name.startswith(f"inc-{number}-"):
                return channel.id
        raise LookupError(f"INC-{number} has no war room")


@asynccontextmanager
async def workspace(
    given: Given,
    *,
    rate_limits: bool = False,
    open_incidents: int = 0,
    http: bool = False,
    cold: bool = False,
    contents: dict[str, Any] | None = None,
    program: tuple[str, ...] = BOT,
) -> AsyncIterator[Workspace]:
    """Run sandbox and bot until the end of the block.

    Args:
        given: the round trip, and the folder of the bot's database.
        rate_limits: whether Slack limits calls.
        open_incidents: how many are in the bot's database when it starts; none of them is due.
        http: whether Slack calls the bot, and not the bot Slack.
        cold: whether each new connection to Slack costs two round trips.
        contents: who and what is in it at first; the sandbox's own people unless given.
        program: what runs with the sandbox: the app of a floor instead of the bot.
    """
    manifest = yaml.safe_load(shipped("manifest.yml").read_text(encoding="utf-8"))
    sandbox = await Sandbox.start(
        manifest=manifest, workspace=contents, rate_limits=rate_limits, latency=given.rtt
    )
    wire = Wire.tap(sandbox)
    try:
        if open_incidents:
            await _prepare(sandbox, given.folder, open_incidents)
        port = unused_port() if http else 0
        async with AsyncExitStack() as stack:
            costly_way = await stack.enter_async_context(charged(sandbox, COLD * given.rtt)) if cold else None
            process = await stack.enter_async_context(
                bot(
                    sandbox,
                    given.folder,
                    port,
                    api_url=costly_way.api_url if costly_way else "",
                    program=program,
                )
            )
            url = f"http://127.0.0.1:{port}/slack/events" if http else ""
            if url and not await sandbox.courier.use_request_url(url, sandbox.workspace.app):
                raise RuntimeError(f"nobody answers at {url}")
            yield Workspace(sandbox, process, wire, url, costly_way)
    finally:
        await sandbox.stop()


async def _prepare(sandbox: Sandbox, folder: Path, open_incidents: int) -> None:
    database = Database(database_url(folder))
    await upgrade(database)
    filling = Filling(
        count=open_incidents,
        due=utc_now() + NOT_DUE,
        team=sandbox.workspace.team.id,
        people=tuple(sandbox.users.values()),
    )
    await fill(database, policy_file.load(), filling)
    await database.close()


@dataclass(frozen=True, slots=True)
class Census:
    """What became of the expected incidents."""

    lost: int
    twice: int


def titles(made: Workspace) -> Counter[str]:
    """How many incidents with a complete war room each title has, as Slack shows it: room, card, announcement, pin."""
    announced = Counter(_announced(made))
    found: Counter[str] = Counter()
    for channel in made.sandbox.workspace.channels.values():
        number = _number_of(channel.name)
        if number and announced[number] and all(_cards(made, number)):
            card = next(each for each in channel.messages.values() if f"INC-{number} · " in _headline(each))
            found[_headline(card).partition(f"INC-{number} · ")[2].strip()] += 1
    return found


def census(made: Workspace, numbers: Iterable[int]) -> Census:
    """Count the incidents without a room, card, announcement or pin, and those that have one of them twice."""
    rooms = Counter(_number_of(each.name) for each in made.sandbox.workspace.channels.values())
    announced = Counter(_announced(made))
    lost = twice = 0
    for number in numbers:
        cards, pins = _cards(made, number) if rooms[number] else (0, 0)
        counts = (rooms[number], cards, pins, announced[number])
        lost += 0 in counts
        twice += max(counts) > 1
    return Census(lost, twice)


def _number_of(name: str) -> int:
    match = re.match(r"inc-(\d+)-", name)
    return int(match[1]) if match else 0


def _announced(made: Workspace) -> list[int]:
    channel = made.sandbox.workspace.channels[made.sandbox.channels["incidents"]]
    said = [message["text"] for message in channel.messages.values() if message.get("bot_id")]
    return [int(found[1]) for text in said if (found := re.search(r"INC-(\d+) ", text))]


def _cards(made: Workspace, number: int) -> tuple[int, int]:
    """How many cards are in the war room, and how many of them are pinned."""
    channel = made.sandbox.workspace.channels[made.room(number)]
    cards = [ts for ts, message in channel.messages.items() if f"INC-{number} · " in _headline(message)]
    return len(cards), sum(channel.pin_of(ts) is not None for ts in cards)


def _headline(message: dict[str, Any]) -> str:
    return readable(message.get("blocks", [])[:1])
