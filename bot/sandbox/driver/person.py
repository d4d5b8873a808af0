"""One person at their screen, as a driver moves them."""

import asyncio
import base64
from collections.abc import Callable
from typing import Any, Protocol

from bot.sandbox.driver.failures import ActionFailed, NotSeen, summary

# How long one long-poll waits, in seconds, before it is asked again.
POLL = 5.0


class Control(Protocol):
    """What moves a person, and looks at their screen: two calls of the control API."""

    async def act(self, user: str, action: str, **details: Any) -> dict[str, Any]:
        """The answer to what they tried, refused or not; a detail that is None counts as left out."""

    async def see(
        self,
        user: str,
        channel: str | None = None,
        thread: str | None = None,
        *,
        after: int | None = None,
        wait: float = 0.0,
    ) -> dict[str, Any]:
        """What they see; with `after` and `wait` (seconds), as soon as it has changed since."""


class Person:
    """One person at their screen; every action waits until the app has acknowledged it.

    Each action answers with what the person then newly sees, and raises `ActionFailed` with what they
    were told if it was refused.
    """

    def __init__(self, control: Control, name: str) -> None:
        self._control = control
        self.name = name

    async def see(self, channel: str | None = None, thread: str | None = None) -> dict[str, Any]:
        """What they see."""
        return await self._control.see(self.name, channel, thread)

    async def until(
        self,
        predicate: Callable[[dict[str, Any]], Any],
        channel: str | None = None,
        thread: str | None = None,
        *,
        timeout: float = 5.0,  # noqa: ASYNC109 - the caller says it in words of their own
    ) -> Any:
        """Wait until they see something.

        Args:
            predicate: gets what they see; what it returns is returned once it is true.
            channel: the channel that is open before them.
            thread: the thread that is open beside it.
            timeout: how long to wait, in seconds.

        Raises:
            NotSeen: it did not come.
        """
        seq: int | None = None
        try:
            async with asyncio.timeout(timeout):
                while True:
                    shown = await self._control.see(self.name, channel, thread, after=seq, wait=POLL)
                    if found := predicate(shown):
                        return found
                    seq = shown["seq"]
        except TimeoutError:
            there = summary(await self.see(channel, thread))
        raise NotSeen(f"{self.name} did not see it within {timeout} s; there is {there}")

    async def say(self, channel: str, text: str) -> dict[str, Any]:
        """Post what they typed."""
        return await self._do("say", channel=channel, text=text)

    async def reply(self, channel: str, ts: str, text: str) -> dict[str, Any]:
        """Answer in a thread."""
        return await self._do("reply", channel=channel, ts=ts, text=text)

    async def edit(self, channel: str, ts: str, text: str) -> dict[str, Any]:
        """Change one of their messages."""
        return await self._do("edit", channel=channel, ts=ts, text=text)

    async def delete(self, channel: str, ts: str) -> dict[str, Any]:
        """Delete one of their messages."""
        return await self._do("delete", channel=channel, ts=ts)

    async def forward(self, channel: str, ts: str, to: str, text: str = "") -> dict[str, Any]:
        """Send a message on to another channel."""
        return await self._do("forward", channel=channel, ts=ts, to=to, text=text)

    async def command(self, channel: str, command: str, text: str = "") -> dict[str, Any]:
        """Type a slash command."""
        return await self._do("command", channel=channel, command=command, text=text)

    async def click(
        self,
        action_id: str,
        *,
        channel: str | None = None,
        ts: str | None = None,
        block_id: str | None = None,
        modal: bool | None = None,
        home: bool | None = None,
        confirm: bool | None = None,
        value: str | None = None,
    ) -> dict[str, Any]:
        """Press a button in a message, in the visible modal or in the Home tab.

        Args:
            action_id: which.
            channel: where the message is.
            ts: which message.
            block_id: in which block, where the action id stands in several.
            modal: whether it is in the visible modal.
            home: whether it is in the Home tab.
            confirm: false to change one's mind in the button's confirm dialog.
            value: which of two feedback buttons.
        """
        place = {"channel": channel, "ts": ts, "block_id": block_id, "modal": modal, "home": home}
        return await self._do("click", action_id=action_id, confirm=confirm, value=value, **place)

    async def choose(
        self,
        action_id: str,
        value: Any,
        *,
        channel: str | None = None,
        ts: str | None = None,
        block_id: str | None = None,
        modal: bool | None = None,
        home: bool | None = None,
    ) -> dict[str, Any]:
        """Pick from a menu, or fill an element in, at the places that `click` knows."""
        place = {"channel": channel, "ts": ts, "block_id": block_id, "modal": modal, "home": home}
        return await self._do("choose", action_id=action_id, value=value, **place)

    async def suggest(self, action_id: str, value: str, **place: Any) -> list[dict[str, Any]]:
        """Type into an external select; the options that the app offers."""
        answer = await self._do("suggest", action_id=action_id, value=value, **place)
        options: list[dict[str, Any]] = answer["options"]
        return options

    async def submit(self, **values: Any) -> dict[str, Any]:
        """Fill in the visible modal, by block or action id, and submit it."""
        return await self._do("submit", values=values)

    async def close(self, *, everything: bool = False) -> dict[str, Any]:
        """Close the visible view, or the whole modal."""
        return await self._do("close", all=everything)

    async def shortcut(
        self, callback_id: str, *, channel: str | None = None, ts: str | None = None
    ) -> dict[str, Any]:
        """Use a global shortcut, or with a message one of the message shortcuts."""
        return await self._do("shortcut", callback_id=callback_id, channel=channel, ts=ts)

    async def react(self, channel: str, ts: str, name: str) -> dict[str, Any]:
        """React to a message."""
        return await self._do("react", channel=channel, ts=ts, name=name)

    async def unreact(self, channel: str, ts: str, name: str) -> dict[str, Any]:
        """Take a reaction back."""
        return await self._do("unreact", channel=channel, ts=ts, name=name)

    async def pin(self, channel: str, ts: str) -> dict[str, Any]:
        """Pin a message."""
        return await self._do("pin", channel=channel, ts=ts)

    async def unpin(self, channel: str, ts: str) -> dict[str, Any]:
        """Unpin a message."""
        return await self._do("unpin", channel=channel, ts=ts)

    async def join(self, channel: str) -> dict[str, Any]:
        """Go into a public channel."""
        return await self._do("join", channel=channel)

    async def leave(self, channel: str) -> dict[str, Any]:
        """Go out of a channel."""
        return await self._do("leave", channel=channel)

    async def invite(self, channel: str, target: str) -> dict[str, Any]:
        """Add somebody, or the app, to a channel."""
        return await self._do("invite", channel=channel, target=target)

    async def remove(self, channel: str, target: str) -> dict[str, Any]:
        """Take somebody, or the app, out of a channel."""
        return await self._do("remove", channel=channel, target=target)

    async def archive(self, channel: str) -> dict[str, Any]:
        """Close a channel."""
        return await self._do("archive", channel=channel)

    async def unarchive(self, channel: str) -> dict[str, Any]:
        """Open an archived channel again."""
        return await self._do("unarchive", channel=channel)

    async def rename(self, channel: str, name: str) -> dict[str, Any]:
        """Give a channel another name."""
        return await self._do("rename", channel=channel, name=name)

    async def make_private(self, channel: str) -> dict[str, Any]:
        """Make a public channel private."""
        return await self._do("make_private", channel=channel)

    async def deactivate(self, target: str) -> dict[str, Any]:
        """Switch somebody's account off, as an admin."""
        return await self._do("deactivate", target=target)

    async def reactivate(self, target: str) -> dict[str, Any]:
        """Switch somebody's account on again, as an admin."""
        return await self._do("reactivate", target=target)

    async def change_role(self, target: str, role: str) -> dict[str, Any]:
        """Make somebody a `member`, `admin`, `guest` or `single_channel_guest`, as an admin."""
        return await self._do("change_role", target=target, role=role)

    async def open_home(self) -> dict[str, Any]:
        """Look at the app's Home tab."""
        return await self._do("open_home")

    async def upload(self, channel: str | None, filename: str, content: str | bytes) -> dict[str, Any]:
        """Share a file; without a channel, only upload it, for a `file_input` to take its id."""
        if isinstance(content, bytes):
            encoded = base64.b64encode(content).decode()
            return await self._do("upload", channel=channel, filename=filename, content_base64=encoded)
        return await self._do("upload", channel=channel, filename=filename, content=content)

    async def read(self, channel: str) -> dict[str, Any]:
        """Mark a channel as read."""
        return await self._do("read", channel=channel)

    async def _do(self, action: str, **details: Any) -> dict[str, Any]:
        outcome = await self._control.act(self.name, action, **details)
        if not outcome["ok"]:
            raise ActionFailed(str(outcome["error"]))
        return outcome
