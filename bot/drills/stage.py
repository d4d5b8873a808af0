"""The helpers of a drill: its people act and look through the sandbox's driver."""

import html
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import yaml

from bot.sandbox.driver import Driver, Person

Message = dict[str, Any]
Snapshot = dict[str, Any]

WAIT = 8.0  # seconds of real time until a step fails

#: Lines that Slack writes by itself: joining, topic, pin … A file is not among them, it is posted.
_SLACKS_OWN = ("channel_", "group_", "pinned_item", "bookmark_")


@dataclass(frozen=True, slots=True)
class Installation:
    """The policy of the bot on the stage.

    Attributes:
        policy: its file.
        reload: makes the running bot read it anew, and returns what came of it.
    """

    policy: Path
    reload: Callable[[], Awaitable[str]]


@dataclass
class Stage:
    """What the steps of one drill share.

    Attributes:
        out: the folder for the draft.
        installation: the policy file that the bot reads, and what makes the running bot read it anew; None where a drill
            does not change it.
        room: the war room's channel id, once it is open.
        reminders: how many reminders were seen.
        draft: where the postmortem draft was written.
    """

    driver: Driver
    out: Path
    installation: Installation | None = None
    room: str = ""
    incident: str = ""
    channel: str = ""
    reminders: int = 0
    draft: Path | None = None

    def person(self, name: str) -> Person:
        """A person of the workspace."""
        return self.driver.user(name)

    async def mention(self, name: str) -> str:
        """This person as people mention them in what they type: `<@U…>`."""
        return f"<@{(await self.person(name).see())['user']['id']}>"

    async def forward(self, minutes: float) -> None:
        """Move the clock of the workspace and the bot forward."""
        await self.driver.advance(minutes * 60)

    async def reload(self, change: Callable[[dict[str, Any]], None]) -> str:
        """Change the policy and let the running bot read it anew.

        Args:
            change: changes the document that the file has.

        Returns:
            What the bot says of it.

        Raises:
            StepFailed: this drill has no policy of its own.
        """
        if self.installation is None:
            raise StepFailed("this stage has no policy that could be changed")
        file = self.installation.policy
        document = yaml.safe_load(file.read_text(encoding="utf-8"))
        change(document)
        file.write_text(yaml.safe_dump(document, sort_keys=False), encoding="utf-8")
        return await self.installation.reload()

    async def shows(self, name: str, *words: str, channel: str = "") -> Message:
        """Wait until this person sees a message with all these words.

        Args:
            name: the person who looks.
            words: what the message must say, in its text or its blocks.
            channel: the channel; empty for the war room.

        Raises:
            NotSeen: there was no such message in time.
        """

        def find(snapshot: Snapshot) -> Message | None:
            return latest(snapshot, lambda message: has(message, *words))

        found: Message = await self.person(name).until(find, channel or self.room, timeout=WAIT)
        return found

    async def card(self, *words: str) -> Message:
        """Wait until the pinned card has all these words."""

        def find(snapshot: Snapshot) -> Message | None:
            pins = snapshot["channel"]["pins"] if snapshot["channel"] else []
            return next((pin for pin in pins if has(pin, *words)), None)

        found: Message = await self.person("alice").until(find, self.room, timeout=WAIT)
        return found

    async def command(self, name: str, text: str, *words: str, channel: str = "") -> Message:
        """Type `/incident <text>`, in the war room unless a channel is named, and wait for a message with these words.

        Returns:
            That message: the bot's answer, or what it posted.
        """
        answer = await self.person(name).command(channel or self.room, "/incident", text)
        return next((each for each in answer["messages"] if has(each, *words)), None) or await self.shows(
            name, *words, channel=channel
        )

    async def told_directly(self, name: str, *words: str) -> Message:
        """Wait until the bot has told this person all these words in a direct message.

        Returns:
            The message, with the id of the direct message as `channel`.
        """

        def opened(snapshot: Snapshot) -> str | None:
            app = snapshot["app"]["name"]
            return next((each["id"] for each in snapshot["channels"] if app in each["name"]), None)

        channel = await self.person(name).until(opened, timeout=WAIT)
        return await self.shows(name, *words, channel=channel) | {"channel": channel}

    async def postmortem(self, name: str, words: str) -> Message:
        """Let this person ask for the postmortem, and wait for the message with the file, which has these words."""
        before = latest(await self.person("alice").see(self.room), lambda message: has(message, words))
        await self.person(name).command(self.room, "/incident", "postmortem")

        def newer(snapshot: Snapshot) -> Message | None:
            found = latest(snapshot, lambda message: has(message, words))
            return None if found is None or (before and found["ts"] == before["ts"]) else found

        found: Message = await self.person("alice").until(newer, self.room, timeout=WAIT)
        return found

    async def write_draft(self, name: str, *expected: str) -> str:
        """Let this person ask for the postmortem draft, and write it to the folder.

        Returns:
            Its text.

        Raises:
            StepFailed: one of the expected texts is not in it.
        """
        message = await self.postmortem(name, f"postmortem draft of {self.incident}")
        text = await download(message)
        for each in expected:
            must(each in text, f"the draft lacks “{each}”")
        self.draft = self.out / message["files"][0]["name"]
        self.draft.write_text(text, encoding="utf-8")
        return text

    async def posted(self, name: str) -> int:
        """How many messages the bot has posted in the war room itself, as this person sees it."""
        snapshot = await self.person(name).see(self.room)
        bot = snapshot["app"]["bot_user_id"]
        return sum(
            message.get("user") == bot and not str(message.get("subtype", "")).startswith(_SLACKS_OWN)
            for message in snapshot["channel"]["messages"]
            if message.get("thread_ts", message["ts"]) == message["ts"] and not message.get("ephemeral")
        )

    async def press(self, name: str, action_id: str, message: Message) -> dict[str, Any]:
        """Press a button of a message in the war room, or in the channel that the message names."""
        place = message.get("channel", self.room)
        return await self.person(name).click(action_id, channel=place, ts=message["ts"])


class StepFailed(AssertionError):  # noqa: N818  # it reads as what the drill found
    """Slack does not show what it should; the message says what it shows."""


#: The title of a step, and what it does; it returns what was seen, for the transcript.
Step = tuple[str, Callable[[Stage], Awaitable[str]]]


def must(condition: object, otherwise: str) -> None:
    """Fail the step unless the condition is true.

    Raises:
        StepFailed: with what was found otherwise.
    """
    if not condition:
        raise StepFailed(otherwise)


async def download(message: Message) -> str:
    """The text of the file that a message shares."""
    async with aiohttp.ClientSession() as session, session.get(message["files"][0]["url_private"]) as answer:
        answer.raise_for_status()
        return await answer.text()


def latest(snapshot: Snapshot, matches: Callable[[Message], bool]) -> Message | None:
    """The newest message in the open channel that matches."""
    messages: list[Message] = snapshot["channel"]["messages"] if snapshot["channel"] else []
    return next((message for message in reversed(messages) if matches(message)), None)


def has(message: Message, *words: str) -> bool:
    """Whether all these words are in a message's visible text."""
    shown = html.unescape(readable(message))
    return all(word in shown for word in words)


def readable(thing: Any) -> str:
    """All text of a message, including its blocks."""
    if isinstance(thing, dict):
        if thing.get("type") == "rich_text_section":
            return "".join(inline(each) for each in thing["elements"])
        return "\n".join(
            readable(value) for key, value in thing.items() if key in _TEXTS or isinstance(value, dict | list)
        )
    if isinstance(thing, list):
        return "\n".join(readable(each) for each in thing)
    return str(thing)


def inline(piece: dict[str, Any]) -> str:
    """A piece of rich text, as mrkdwn would say it."""
    match piece["type"]:
        case "user":
            return f"<@{piece['user_id']}>"
        case "channel":
            return f"<#{piece['channel_id']}>"
        case "emoji":
            return f":{piece['name']}:"
        case _:
            return str(piece.get("text") or piece.get("url") or "")


_TEXTS = frozenset({"text", "title", "name"})
