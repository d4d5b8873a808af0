"""The driver: a client of the control API, for tests and tools."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

import aiohttp

from bot.sandbox.driver.failures import ActionFailed
from bot.sandbox.driver.person import Person


@dataclass(frozen=True, slots=True)
class Integration:
    """Another app, which posts through the driver.

    Attributes:
        send: posts to an incoming webhook, and returns Slack's answer.
        url: its incoming webhook.
        bot_user_id: the id of its bot user; None if its messages have no user.
    """

    send: Callable[[str, dict[str, Any]], Awaitable[str]]
    name: str
    url: str
    bot_id: str
    app_id: str
    bot_user_id: str | None

    async def post(self, text: str = "", **message: Any) -> None:
        """Post a message into its channel.

        Raises:
            ActionFailed: Slack refused it.
        """
        answer = await self.send(self.url, {"text": text, **message})
        if answer != "ok":
            raise ActionFailed(answer)


class Driver:
    """A client of a sandbox's control API.

    Use it as an async context manager: `async with Driver(sandbox.control_url) as driver:`.
    """

    def __init__(self, control_url: str) -> None:
        self._url = control_url
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._session is not None:
            await self._session.close()

    def user(self, name: str) -> Person:
        """A person of the workspace, by name or id."""
        return Person(self, name)

    async def act(self, user: str, action: str, **details: Any) -> dict[str, Any]:
        """Perform a person's action; returns the answer, also if it was refused."""
        given = {key: value for key, value in details.items() if value is not None}
        return await self._post("act", {"user": user, "action": action, **given})

    async def see(
        self,
        user: str,
        channel: str | None = None,
        thread: str | None = None,
        *,
        after: int | None = None,
        wait: float = 0.0,
    ) -> dict[str, Any]:
        """What a person sees; with `after` and `wait`, as soon as that has changed."""
        query: dict[str, str] = {"user": user}
        query |= {"channel": channel} if channel else {}
        query |= {"thread": thread} if thread else {}
        query |= {"after": str(after), "wait": str(wait)} if after is not None else {}
        return await self._call("GET", "see", params=query)

    async def stop_clock(self) -> None:
        """Stop the workspace's clock."""
        await self._post("clock", {"do": "stop"})

    async def run_clock(self) -> None:
        """Start the workspace's clock."""
        await self._post("clock", {"do": "run"})

    async def advance(self, seconds: float) -> None:
        """Move the workspace's clock forward."""
        await self._post("clock", {"do": "advance", "seconds": seconds})

    async def integrate(
        self, name: str, channel: str, *, icon: str = "", bot_user: bool = False
    ) -> Integration:
        """Install another app that posts into a channel: an incoming webhook, or one with a bot user."""
        made = await self._post(
            "integrations", {"name": name, "channel": channel, "icon": icon, "bot_user": bot_user}
        )
        return Integration(self.send, name, made["url"], made["bot_id"], made["app_id"], made["bot_user_id"])

    async def send(self, url: str, message: dict[str, Any]) -> str:
        """Post to an incoming webhook; returns Slack's answer, a word."""
        async with self._open_session().post(url, json=message) as answer:
            return await answer.text()

    async def refuse_blocks(self, *types: str) -> None:
        """Have the workspace refuse these types of blocks and elements, and no others."""
        await self._post("blocks", {"refuse": list(types)})

    async def fault(self, fault: str, **details: Any) -> None:
        """Switch a fault on; see `bot.sandbox.network.faults.Fault` for its members."""
        await self._post("faults", {"fault": fault, **details})

    async def clear_faults(self) -> None:
        """Switch all faults off."""
        await self._call("DELETE", "faults")

    async def traffic(self, since: int = 0) -> list[dict[str, Any]]:
        """Every call, envelope and ack after that one."""
        answer = await self._call("GET", "traffic", params={"since": str(since)})
        entries: list[dict[str, Any]] = answer["traffic"]
        return entries

    async def deliver_to(self, url: str | None) -> None:
        """Deliver to a Request URL from now on, or with None by Socket Mode."""
        await self._post("delivery", {"mode": "http", "url": url} if url else {"mode": "socket"})

    async def disconnect(self, reason: str = "refresh_requested") -> None:
        """Ask the app's sockets to disconnect."""
        await self._post("disconnect", {"reason": reason})

    async def reset(self) -> None:
        """Restore the initial workspace."""
        await self._post("reset", {})

    async def _post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        return await self._call("POST", path, json=body)

    def _open_session(self) -> aiohttp.ClientSession:
        if self._session is None:
            raise RuntimeError("enter the driver first: async with Driver(url) as driver")
        return self._session

    async def _call(self, method: str, path: str, **arguments: Any) -> dict[str, Any]:
        async with self._open_session().request(method, self._url + path, **arguments) as answer:
            body: dict[str, Any] = await answer.json()
        if not body["ok"] and path != "act":
            raise ActionFailed(str(body["error"]))
        return body
