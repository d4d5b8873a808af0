"""The surfaces on which a person clicks: messages, modals and Home tabs."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.sandbox.blocks.elements import initial_state
from bot.sandbox.core.errors import ActionRefused
from bot.sandbox.people.actor import Actor
from bot.sandbox.state.workspace import Offered


@dataclass(frozen=True, slots=True)
class Surface:
    """Blocks that a person sees, with their state.

    Attributes:
        values: the surface's `state.values`; changed in place.
        offered: the options that the app suggested, by block and action id, then by value; changed in place.
        describe: returns the members of a block_actions payload that describe the surface in its present state.
        touched: called after a change of the values.
    """

    blocks: list[dict[str, Any]]
    values: dict[str, Any]
    offered: Offered
    describe: Callable[[], dict[str, Any]]
    touched: Callable[[], None]


def surface_of(actor: Actor) -> Surface:
    """The surface of an action."""
    if actor.details.get("home"):
        home = actor.workspace.views.homes.get(actor.user.id)
        if home is None:
            raise ActionRefused("not_found: the app has published no Home tab for you")
        return surface_of_view(actor, home)
    if actor.details.get("modal") or actor.details.get("view_id"):
        return surface_of_view(actor, visible_modal(actor))
    return _message(actor)


def visible_modal(actor: Actor) -> dict[str, Any]:
    """The view on top of the person's modal."""
    stack = actor.workspace.views.stack(actor.user.id)
    wanted = actor.details.get("view_id")
    home = actor.workspace.views.homes.get(actor.user.id)
    if wanted and home is not None and home["id"] == wanted:
        return home
    if not stack:
        raise ActionRefused("not_found: no modal is open")
    if wanted and stack[-1]["id"] != wanted:
        raise ActionRefused("not_found: this view is not the one on top")
    return stack[-1]


def surface_of_view(actor: Actor, view: dict[str, Any]) -> Surface:
    """A modal's view or a Home tab."""

    def describe() -> dict[str, Any]:
        return {"container": {"type": "view", "view_id": view["id"]}, "view": view}

    return Surface(
        blocks=view["blocks"],
        values=view["state"]["values"],
        offered=actor.workspace.offered.setdefault((actor.user.id, view["id"]), {}),
        describe=describe,
        touched=lambda: actor.workspace.views.touched(actor.user.id, view),
    )


def _message(actor: Actor) -> Surface:
    channel = actor.channel(member=False)
    message = actor.message(channel)
    ts, ephemeral = message["ts"], message["ts"] not in channel.messages
    blocks: list[dict[str, Any]] = message.get("blocks", [])
    states = actor.workspace.message_state
    values = states.setdefault((actor.user.id, channel.id, ts), initial_state(blocks))

    def describe() -> dict[str, Any]:
        threaded = {"thread_ts": message["thread_ts"]} if "thread_ts" in message else {}
        place = {"message_ts": ts, "channel_id": channel.id, "is_ephemeral": ephemeral, **threaded}
        return {
            "container": {"type": "message", **place},
            "channel": {"id": channel.id, "name": channel.shown_name},
            # An ephemeral message cannot be read back, so Slack does not send it.
            **({} if ephemeral else {"message": message}),
            "state": {"values": values},
            "response_url": actor.response_url(channel, ts),
        }

    def touched() -> None:
        actor.workspace.revisions.bump("messages", channel=channel.id, users=[actor.user.id])

    offered = actor.workspace.offered.setdefault((actor.user.id, ts), {})
    return Surface(blocks, values, offered, describe, touched)
