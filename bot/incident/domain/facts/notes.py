"""Facts about notes on the timeline."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from bot.incident.domain.facts.base import BaseFact


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted(BaseFact):
    """A note on the timeline, with its own time and author.

    Attributes:
        author: the person who said it (`by` put it on the timeline); empty if an app said it.
        app: the name of the app that said it; empty if a person did.
        link: the link to the message; empty if it was not a message.
        from_message: whether it is already in Slack as a message, in the war room or in another channel.
        channel: the channel of that message; empty if it was not a message, or if release 0.3 noted it.
        ts: the time stamp of that message; empty likewise.
        noted_at: when it was noted (UTC); None if that was when it happened, or if release 0.3 noted it.
        by_reaction: whether a reaction put it on the timeline, so that taking the reaction back takes it out.
    """

    words: ClassVar[tuple[str, ...]] = ("text",)
    actors: ClassVar[tuple[str, ...]] = ("by", "author")
    links: ClassVar[tuple[str, ...]] = ("link", "channel", "ts")

    text: str
    author: str
    app: str = ""
    link: str = ""
    from_message: bool = False
    channel: str = ""
    ts: str = ""
    by_reaction: bool = False
    noted_at: datetime | None = None
