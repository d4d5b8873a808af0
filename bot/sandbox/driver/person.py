"""One person, controlled through the driver."""

import asyncio
import base64
from collections.abc import Callable, Sequence
from typing import Any, Protocol

from bot.sandbox.driver.failures import ActionFailed, NotSeen, summary

# How long one long-poll waits, in seconds, before the next one.
POLL = 5.0


class Control(Protocol):
    """The two calls of the control API that a person needs: acting and seeing."""

    async def act(self, user: str, action: str, **details: Any) -> dict[str, Any]:
        """Perform an action; returns the answer, also if it was refused. A detail that is None is left out."""

    async def see(
        self,
        user: str,
        channel: str | None = None,
        thread: str | None = None,
        *,
        after: int | None = None,
        wait: float = 0.0,
    ) -> dict[str, Any]:
        """What they see; with `after` and `wait` (seconds), as soon as that has changed."""


class Person:
    """One person; every action waits until the app has acknowledged it.

    Each action returns what is new for the person. If it was refused, it raises `ActionFailed` with the error that the
    person sees.
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
            predicate: is called with what they see; its first true result is returned.
            channel: the channel that they have open.
            thread: the thread that they have open.
            timeout: how long to wait, in seconds.

        Raises:
            NotSeen: the predicate did not become true in time.
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
        """Post a message."""
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
        """Forward a message to another channel."""
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
            action_id: the button's action id.
            channel: the message's channel.
            ts: the message's time stamp.
            block_id: the block, if several have this action id.
            modal: whether it is in the visible modal.
            home: whether it is in the Home tab.
            confirm: False to answer the button's confirm dialog with no.
            value: which one of two feedback buttons.
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
        """Choose an option or fill in an element; the places are those of `click`."""
        place = {"channel": channel, "ts": ts, "block_id": block_id, "modal": modal, "home": home}
        return await self._do("choose", action_id=action_id, value=value, **place)

    async def suggest(self, action_id: str, value: str, **place: Any) -> list[dict[str, Any]]:
        """Type into an external select; returns the options that the app offers."""
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
        """Use a global shortcut or, with a message, a message shortcut."""
        return await self._do("shortcut", callback_id=callback_id, channel=channel, ts=ts)

    async def react(self, channel: str, ts: str, name: str) -> dict[str, Any]:
        """React to a message."""
        return await self._do("react", channel=channel, ts=ts, name=name)

    async def unreact(self, channel: str, ts: str, name: str) -> dict[str, Any]:
        """Remove a reaction."""
        return await self._do("unreact", channel=channel, ts=ts, name=name)

    async def pin(self, channel: str, ts: str) -> dict[str, Any]:
        """Pin a message."""
        return await self._do("pin", channel=channel, ts=ts)

    async def unpin(self, channel: str, ts: str) -> dict[str, Any]:
        """Unpin a message."""
        return await self._do("unpin", channel=channel, ts=ts)

    async def join(self, channel: str) -> dict[str, Any]:
        """Join a public channel."""
        return await self._do("join", channel=channel)

    async def leave(self, channel: str) -> dict[str, Any]:
        """Leave a channel."""
        return await self._do("leave", channel=channel)

    async def invite(self, channel: str, target: str) -> dict[str, Any]:
        """Add somebody, or the app, to a channel."""
        return await self._do("invite", channel=channel, target=target)

    async def remove(self, channel: str, target: str) -> dict[str, Any]:
        """Remove somebody, or the app, from a channel."""
        return await self._do("remove", channel=channel, target=target)

    async def archive(self, channel: str) -> dict[str, Any]:
        """Archive a channel."""
        return await self._do("archive", channel=channel)

    async def unarchive(self, channel: str) -> dict[str, Any]:
        """Unarchive a channel."""
        return await self._do("unarchive", channel=channel)

    async def rename(self, channel: str, name: str) -> dict[str, Any]:
        """Rename a channel."""
        return await self._do("rename", channel=channel, name=name)

    async def make_private(self, channel: str) -> dict[str, Any]:
        """Make a public channel private."""
        return await self._do("make_private", channel=channel)

    async def deactivate(self, target: str) -> dict[str, Any]:
        """Deactivate somebody's account, as an admin."""
        return await self._do("deactivate", target=target)

    async def reactivate(self, target: str) -> dict[str, Any]:
        """Reactivate somebody's account, as an admin."""
        return await self._do("reactivate", target=target)

    async def change_role(self, target: str, role: str) -> dict[str, Any]:
        """Make somebody a `member`, `admin`, `guest` or `single_channel_guest`, as an admin."""
        return await self._do("change_role", target=target, role=role)

    async def change_group(
        self, group: str, *, add: Sequence[str] = (), remove: Sequence[str] = ()
    ) -> dict[str, Any]:
        """Add people to a user group, by its handle, and remove others; admins only."""
        return await self._do("change_group", group=group, add=list(add), remove=list(remove))

    async def do_not_disturb(self, minutes: int, *, starts_in: int = 0) -> dict[str, Any]:
        """Switch do-not-disturb on for so many minutes each day, from now or in a while; with 0, off."""
        return await self._do("do_not_disturb", minutes=minutes, starts_in=starts_in)

    async def open_home(self) -> dict[str, Any]:
        """Open the app's Home tab."""
        return await self._do("open_home")

    async def open_entity(self, channel: str, ts: str, reference: str | None = None) -> dict[str, Any]:
        """Open the details of a Work Object that a message shows for a link."""
        return await self._do("open_entity", channel=channel, ts=ts, reference=reference)

    async def upload(self, channel: str | None, filename: str, content: str | bytes) -> dict[str, Any]:
        """Share a file; without a channel, only upload it, for a `file_input` to take its id."""
        if isinstance(content, bytes):
            encoded = base64.b64encode(content).decode()
            return await self._do("upload", channel=channel, filename=filename, content_base64=encoded)
        return await self._do("upload", channel=channel, filename=filename, content=content)

    async def edit_canvas(self, canvas: str, markdown: str) -> dict[str, Any]:
        """Replace the whole document of a canvas."""
        return await self._do("edit_canvas", canvas=canvas, markdown=markdown)

    async def delete_canvas(self, canvas: str) -> dict[str, Any]:
        """Delete a canvas."""
        return await self._do("delete_canvas", canvas=canvas)

    async def read(self, channel: str) -> dict[str, Any]:
        """Mark a channel as read."""
        return await self._do("read", channel=channel)

    async def _do(self, action: str, **details: Any) -> dict[str, Any]:
        outcome = await self._control.act(self.name, action, **details)
        if not outcome["ok"]:
            raise ActionFailed(str(outcome["error"]))
        return outcome
