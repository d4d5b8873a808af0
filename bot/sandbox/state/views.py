"""Modals and Home tabs."""

import copy
from typing import Any

from bot.sandbox.blocks.elements import fill_in_block_ids, initial_state
from bot.sandbox.core.clock import Clock
from bot.sandbox.core.errors import SlackError
from bot.sandbox.core.ids import Ids
from bot.sandbox.core.revisions import Revisions
from bot.sandbox.state.app import App

# Slack docs, modals: a modal holds up to three views.
DEPTH = 3


class Views:
    """Every user's stack of modal views and Home tab.

    Attributes:
        stacks: the open modal's views by user id, the visible one last.
        homes: the published Home tab, by user id.
        field_errors: the errors of the visible view's inputs, by user id and block id.
    """

    def __init__(self, ids: Ids, clock: Clock, revisions: Revisions, *, team_id: str, app: App) -> None:
        self._ids = ids
        self._clock = clock
        self._revisions = revisions
        self._team_id = team_id
        self._app = app
        self.stacks: dict[str, list[dict[str, Any]]] = {}
        self.homes: dict[str, dict[str, Any]] = {}
        self.field_errors: dict[str, dict[str, str]] = {}

    def stack(self, user_id: str) -> list[dict[str, Any]]:
        """The user's modal, the visible view last; empty if none is open."""
        return self.stacks.get(user_id, [])

    def open(self, user_id: str, spec: dict[str, Any]) -> dict[str, Any]:
        """Show a modal; it replaces one that was open."""
        self._refuse_duplicate(spec, None)
        view = self._build(spec)
        self.stacks[user_id] = [view]
        self._changed(user_id)
        return view

    def push(self, user_id: str, spec: dict[str, Any]) -> dict[str, Any]:
        """Put a view on top of the user's modal."""
        stack = self.stack(user_id)
        if not stack:
            raise SlackError("not_found")
        if len(stack) >= DEPTH:
            raise SlackError("push_limit_reached")
        self._refuse_duplicate(spec, None)
        view = self._build(spec)
        view |= {"root_view_id": stack[0]["id"], "previous_view_id": stack[-1]["id"]}
        stack.append(view)
        self._changed(user_id)
        return view

    def update(self, old: dict[str, Any], spec: dict[str, Any]) -> dict[str, Any]:
        """Replace the contents of a view; values stay in inputs with the same block and action ids."""
        self._refuse_duplicate(spec, old["id"])
        fresh = self._build(spec)
        typed = old["state"]["values"]
        for block_id, actions in fresh["state"]["values"].items():
            for action_id, entry in actions.items():
                kept = typed.get(block_id, {}).get(action_id)
                if kept is not None and kept["type"] == entry["type"]:
                    actions[action_id] = kept
        for key in ("id", "root_view_id", "previous_view_id"):
            fresh[key] = old[key]
        old.clear()
        old.update(fresh)
        owner = self.owner(old["id"])
        if owner is not None:
            self._changed(owner, "home" if old["type"] == "home" else "modals")
        return old

    def publish(self, user_id: str, spec: dict[str, Any]) -> dict[str, Any]:
        """Show a Home tab."""
        home = self.homes.get(user_id)
        self._refuse_duplicate(spec, home["id"] if home else None)
        if home is None:
            home = self.homes[user_id] = self._build(spec)
            self._changed(user_id, "home")
            return home
        return self.update(home, spec)

    def close_top(self, user_id: str) -> dict[str, Any]:
        """Close the visible view."""
        view = self.stacks[user_id].pop()
        self._changed(user_id)
        return view

    def clear(self, user_id: str) -> None:
        """Close the whole modal."""
        self.stacks.pop(user_id, None)
        self._changed(user_id)

    def refuse(self, user_id: str, errors: dict[str, str]) -> None:
        """Show errors at the inputs of the visible view."""
        self.field_errors[user_id] = errors
        self._revisions.bump("modals", users=[user_id])

    def find(self, view_id: str | None, external_id: str | None = None) -> dict[str, Any] | None:
        """An open view or Home tab by either of its ids."""
        for view in self._all():
            if view_id and view["id"] == view_id:
                return view
            if external_id and not view_id and view["external_id"] == external_id:
                return view
        return None

    def owner(self, view_id: str) -> str | None:
        """The user who has this view open."""
        for user_id, stack in self.stacks.items():
            if any(view["id"] == view_id for view in stack):
                return user_id
        return next((user for user, view in self.homes.items() if view["id"] == view_id), None)

    def touched(self, user_id: str, view: dict[str, Any]) -> None:
        """Record that the user changed an input of the view."""
        self._revisions.bump("home" if view["type"] == "home" else "modals", users=[user_id])

    def _all(self) -> list[dict[str, Any]]:
        return [view for stack in self.stacks.values() for view in stack] + list(self.homes.values())

    def _changed(self, user_id: str, what: str = "modals") -> None:
        if what == "modals":
            self.field_errors.pop(user_id, None)
        if not self.stacks.get(user_id):
            self.stacks.pop(user_id, None)
        self._revisions.bump(what, users=[user_id])

    def _refuse_duplicate(self, spec: dict[str, Any], own_id: str | None) -> None:
        external_id = spec.get("external_id")
        if external_id and any(v["external_id"] == external_id and v["id"] != own_id for v in self._all()):
            raise SlackError("duplicate_external_id")

    def _build(self, spec: dict[str, Any]) -> dict[str, Any]:
        spec = copy.deepcopy(spec)
        fill_in_block_ids(spec["blocks"], self._ids)
        view_id = self._ids.make("V")
        return {
            "id": view_id,
            "team_id": self._team_id,
            "type": spec["type"],
            "blocks": spec["blocks"],
            "private_metadata": spec.get("private_metadata", ""),
            "callback_id": spec.get("callback_id", ""),
            "state": {"values": initial_state(spec["blocks"])},
            "hash": f"{int(self._clock.timestamp())}.{self._ids.word(8)}",
            "title": spec.get("title", {"type": "plain_text", "text": "View Title", "emoji": True}),
            "clear_on_close": bool(spec.get("clear_on_close", False)),
            "notify_on_close": bool(spec.get("notify_on_close", False)),
            "close": spec.get("close"),
            "submit": spec.get("submit"),
            "previous_view_id": None,
            "root_view_id": view_id,
            "app_id": self._app.id,
            "external_id": spec.get("external_id", ""),
            "app_installed_team_id": self._team_id,
            "bot_id": self._app.bot_id,
        }
