"""Every command, button, form and shortcut of the registry, as somebody would send it who has no business there."""

import itertools
import json
from collections.abc import Iterator, Mapping
from typing import Any

from bot.incident.commands.registry import BUTTONS, COMMANDS, FORMS, SHORTCUTS, SYNONYMS
from bot.incident.views.choices import CHOSEN
from tests.privacy.scene import Scene

LINK = "https://incidents.example.com/INC-1"
_COUNT = itertools.count(1)
_WORDS = "rotation of the keys"  # words that the private incident has too
# One value for each kind of field; a form reads those that it knows.
_FIELDS: Mapping[str, Any] = {
    **{
        name: {"type": "plain_text_input", "value": _WORDS}
        for name in (
            "title",
            "summary",
            "text",
            "reason",
            "conditions",
            "actions",
            "needs",
            "risk",
            "why",
            "proof",
        )
    },
    **{
        name: {"type": "static_select", "selected_option": {"value": value}}
        for name, value in {"severity": "1", "status": "resolved", "role": "commander", "other": "1"}.items()
    },
    "reference": {"type": "plain_text_input", "value": "INC-1"},
    "when": {"type": "datetimepicker", "selected_date_time": 1_700_000_000},
    "due": {"type": "datepicker", "selected_date": "2030-01-31"},
}


def commands(scene: Scene, by: str, *, thorough: bool = False) -> Iterator[dict[str, Any]]:
    """Every command and every other word for it, about the incident by its number."""
    me = f"<@{scene.sandbox.users[by]}>"
    for name in COMMANDS:
        for text in ("INC-1", "of INC-1", f"INC-1: {me} commander force")[: 3 if thorough else 2]:
            yield _command(scene, by, f"{name} {text}")
    for name in ("", "xyzzy", *(SYNONYMS if thorough else ())):
        yield _command(scene, by, f"{name} INC-1: {_WORDS}")


def buttons(scene: Scene, by: str, *, thorough: bool = False) -> Iterator[dict[str, Any]]:
    """Every button, with the number as it is, with all that a button of ours can carry, and in a forged form."""
    everything = {
        "number": 1, "task": 1, "entry": 1, "page": 0, "sure": True, "asker": scene.sandbox.users[by], "before": 99,
        "decision": 1, "thought": 1, "item": 1, "channel": scene.room,
    }  # fmt: skip
    for action_id in BUTTONS:
        yield _button(scene, by, action_id, json.dumps(everything))
        if thorough:
            action = _action(action_id, "1")
            yield _interaction(scene, by, "block_actions", actions=[action], view=_view(action_id))
    for name in COMMANDS:
        yield _button(
            scene, by, CHOSEN, json.dumps({"number": 1, "word": name, "text": _WORDS, "sure": True})
        )
    general = scene.sandbox.channels["general"]
    for used, channel in itertools.product(SHORTCUTS, (general, scene.room)):
        mark = {"number": 1, "mark": [channel, "1.000100"], "shortcut": used, "text": _WORDS}
        yield _button(scene, by, CHOSEN, json.dumps(mark))


def forms(scene: Scene, by: str, *, thorough: bool = False) -> Iterator[dict[str, Any]]:
    """Every form, whose metadata name the incident, its war room, or both."""
    named = (
        {"number": 1},
        {"channel": scene.room},
        {"number": 1, "channel": scene.room, "task": 1, "entry": 1, "item": 1},
    )
    for callback_id, metadata in ((form, each) for form in FORMS for each in named[0 if thorough else 2 :]):
        yield _interaction(scene, by, "view_submission", view=_view(callback_id, metadata))


def shortcuts(scene: Scene, by: str) -> Iterator[dict[str, Any]]:
    """Every shortcut, on a message elsewhere and on none."""
    message = {
        "type": "message",
        "ts": "1.000100",
        "text": f"INC-1 {_WORDS}",
        "user": scene.sandbox.users[by],
    }
    channel = {"id": scene.sandbox.channels["general"], "name": "general"}
    for callback_id in SHORTCUTS:
        yield _interaction(
            scene, by, "message_action", callback_id=callback_id, message=message, channel=channel
        )
        yield _interaction(scene, by, "shortcut", callback_id=callback_id)


def events(scene: Scene, by: str) -> Iterator[dict[str, Any]]:
    """Marks on messages, and links to the incident, in channels where others read; and its details."""
    general, user = scene.sandbox.channels["general"], scene.sandbox.users[by]
    item = {"type": "message", "channel": general, "ts": "1.000100"}
    for kind in ("reaction_added", "reaction_removed"):
        for reaction in ("pushpin", "clipboard", "dart"):
            yield _event(scene, {"type": kind, "user": user, "reaction": reaction, "item": item})
    pinned = {"type": "message", "channel": general, "message": {"ts": "1.000100", "text": _WORDS}}
    yield _event(scene, {"type": "pin_added", "user": user, "channel_id": general, "item": pinned})
    link = {"url": LINK, "domain": "incidents.example.com"}
    shared = {
        "type": "link_shared",
        "user": user,
        "channel": general,
        "message_ts": "1.000100",
        "links": [link],
    }
    yield _event(scene, shared)
    asked = {
        "type": "entity_details_requested",
        "user": user,
        "trigger_id": _new("trigger"),
        "channel": general,
    }
    yield _event(scene, asked | {"external_ref": {"id": "INC-1"}, "link": link, "entity_url": LINK})


def everything(scene: Scene, by: str, *, thorough: bool) -> Iterator[tuple[str, dict[str, Any]]]:
    """All of it, each with its kind; if thorough, in more ways."""
    for kind in (commands, buttons, forms):
        yield from ((kind.__name__, each) for each in kind(scene, by, thorough=thorough))
    yield from (("shortcuts", each) for each in shortcuts(scene, by))
    yield from (("events", each) for each in events(scene, by))


def _event(scene: Scene, event: Mapping[str, Any]) -> dict[str, Any]:
    told = {**event, "event_ts": "1.000200"}
    return {"type": "event_callback", "team_id": scene.app.team, "event_id": _new("Ev"), "event": told}


def _command(scene: Scene, by: str, text: str) -> dict[str, Any]:
    return {
        "command": "/incident",
        "text": text,
        "team_id": scene.app.team,
        "user_id": scene.sandbox.users[by],
        "channel_id": scene.sandbox.channels["general"],
        "trigger_id": _new("trigger"),
    }


def _button(scene: Scene, by: str, action_id: str, value: str) -> dict[str, Any]:
    channel = {"id": scene.sandbox.channels["general"]}
    return _interaction(scene, by, "block_actions", actions=[_action(action_id, value)], channel=channel)


def _action(action_id: str, value: str) -> dict[str, Any]:
    return {"action_id": action_id, "block_id": "b", "type": "button", "value": value}


def _view(callback_id: str, metadata: Mapping[str, Any] | None = None) -> dict[str, Any]:
    values = {name: {name: state} for name, state in _FIELDS.items()}
    return {
        "id": _new("V"),
        "type": "modal",
        "callback_id": callback_id,
        "private_metadata": json.dumps(metadata or {"number": 1}),
        "blocks": [{"type": "input", "block_id": name} for name in _FIELDS],
        "state": {"values": values},
        "title": {"type": "plain_text", "text": "A form"},
        "hash": "1.2",
    }


def _interaction(scene: Scene, by: str, kind: str, **payload: Any) -> dict[str, Any]:
    who = {"id": scene.sandbox.users[by], "team_id": scene.app.team}
    asked = {
        "type": kind,
        "team": {"id": scene.app.team},
        "user": who,
        "trigger_id": _new("trigger"),
        **payload,
    }
    return {"payload": json.dumps(asked)}


def _new(kind: str) -> str:
    return f"{kind}{next(_COUNT)}"
