"""Everything that can fail at Slack, and which failures are impossible with which use of a method."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.sandbox.api.catalogue import methods
from tests.resilience.faulty_office import FaultyOffice
from tests.resilience.uses import Use

Strike = Callable[[FaultyOffice, Use], Awaitable[None]]

OUTAGE = 600  # seconds


@dataclass(frozen=True, slots=True)
class Failure:
    """Something that can fail.

    Attributes:
        strike: causes the failure.
        mend: what somebody does about it; None if it ends without help.
    """

    name: str
    strike: Strike
    mend: Strike | None = None

    def __str__(self) -> str:
        return self.name

    @property
    def passes(self) -> bool:
        """Whether it ends without help."""
        return self.mend is None


def _once(fault: str, **details: float | str) -> Strike:
    async def strike(office: FaultyOffice, use: Use) -> None:
        office.strike(fault, method=use.method, count=1, **details)

    return strike


def _until_mended(fault: str, **details: str) -> Strike:
    async def strike(office: FaultyOffice, use: Use) -> None:
        office.strike(fault, method=use.method, **details)

    return strike


def _delivery(fault: str) -> Strike:
    async def strike(office: FaultyOffice, _use: Use) -> None:
        office.strike(fault, count=1)

    return strike


async def _down(office: FaultyOffice, _use: Use) -> None:
    office.strike("down", seconds=OUTAGE)


async def _clear(office: FaultyOffice, _use: Use) -> None:
    office.sandbox.faults.clear()


async def _remove(office: FaultyOffice, use: Use) -> None:
    await office.person("alice").remove(_channel(office, use), "warroom")


async def _invite_back(office: FaultyOffice, use: Use) -> None:
    if office.sandbox.bot_user_id not in office.sandbox.workspace.channel(_channel(office, use)).members:
        await office.person("alice").invite(_channel(office, use), "warroom")


async def _archive(office: FaultyOffice, use: Use) -> None:
    await office.person("alice").archive(_channel(office, use))


async def _unarchive(office: FaultyOffice, use: Use) -> None:
    await office.person("alice").unarchive(_channel(office, use))


def _channel(office: FaultyOffice, use: Use) -> str:
    return office.stage.room if use.within == "room" else use.within


FAILURES = (
    Failure("429", _once("ratelimited", retry_after=7)),
    Failure("500", _once("error500")),
    Failure("503", _once("error503")),
    Failure("reset before", _once("reset_before")),
    Failure("reset after", _once("reset_after")),
    Failure("slow", _once("slow", seconds=0.6)),
    Failure("down", _down),
    Failure("dropped socket", _delivery("drop_socket")),
    Failure("event twice", _delivery("duplicate_events")),
    Failure("events out of order", _delivery("reorder_events")),
    Failure("unknown method", _until_mended("unknown_method"), _clear),
    Failure("missing scope", _until_mended("missing_scope"), _clear),
    Failure("name taken", _until_mended("refuse", error="name_taken"), _clear),
    Failure("removed", _remove, _invite_back),
    Failure("archived", _archive, _unarchive),
)


def impossible(use: Use, failure: Failure) -> str:
    """Why these two cannot happen together; empty if they can."""
    match failure.name:
        case "name taken" if use.method != "conversations.create":
            return "only a channel's name can be taken"
        case "missing scope" | "unknown method" if use.method in {"response_url", "upload_url"}:
            return "it is an address, no method, and needs no scope"
        case "missing scope" if not methods()[use.method].scopes:
            return "it needs no scope"
        case "unknown method" if use.method == "auth.test":
            return "a server without it is refused at the start"
        case "event twice" | "events out of order" if not use.by_event:
            return "Slack sends events twice or in disorder; a command, click or form comes once"
        case "removed" | "archived" if not use.within:
            return "it works in no channel, or in a room that is a second old"
        case "removed" if use.within == "incidents":
            return "that the app is not in the channel is where this begins"
    return ""
