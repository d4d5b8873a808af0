"""Bolt's listeners for members who join or leave a channel, for accounts and user groups, and for reopened channels."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from slack_bolt.async_app import AsyncApp, AsyncBoltContext

from bot.core.clock import Clock
from bot.incident.dispatch.rooms import Rooms
from bot.ports.port import Delivered
from bot.slack import lookup

Reopened = Callable[[str], Awaitable[object]]
Regrouped = Callable[[str, Sequence[str], Sequence[str]], Awaitable[None]]


def listen(app: AsyncApp, rooms: Rooms, reopened: Reopened, regrouped: Regrouped, now: Clock) -> None:
    """Register the listeners about war rooms and their members.

    Args:
        app: Bolt. It calls only the first listener of an event, so each event has one.
        rooms: records who is in the war rooms.
        reopened: is called with the id of a channel in which the bot can post again.
        regrouped: is called with the id of a user group, and the people who came and who went.
        now: the clock for people's acts.
    """

    @app.event("member_joined_channel")
    async def joined(body: dict[str, Any], context: AsyncBoltContext) -> None:
        event = body["event"]
        is_bot = event["user"] == context.bot_user_id
        await rooms.joined(event["channel"], event["user"], _at(event), now(), is_bot=is_bot)
        if is_bot:
            await reopened(event["channel"])

    @app.event("member_left_channel")
    async def left(body: dict[str, Any]) -> None:
        event = body["event"]
        await rooms.left(event["channel"], event["user"], _at(event), now())

    async def unarchived(body: dict[str, Any]) -> None:
        event = body["event"]
        await rooms.unarchived(event["channel"], event.get("user") or "", now())
        await reopened(event["channel"])

    app.event("channel_unarchive")(unarchived)
    app.event("group_unarchive")(unarchived)

    @app.event("user_change")
    async def changed(body: dict[str, Any]) -> None:
        user = body["event"]["user"]
        await rooms.changed(user["id"], Delivered(lookup.person(user)), now())

    @app.event("subteam_members_changed")
    async def members_changed(body: dict[str, Any]) -> None:
        event = body["event"]
        await regrouped(event["subteam_id"], event.get("added_users", []), event.get("removed_users", []))


def _at(event: dict[str, Any]) -> datetime:
    """When it happened, according to Slack: events may come late, twice and in any order."""
    return datetime.fromtimestamp(float(event["event_ts"]), UTC)
