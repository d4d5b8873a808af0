"""The descriptions of Slack's methods, from `methods.json`."""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument of a method: its name, its type, and whether it is required."""

    name: str
    type: str
    required: bool


@dataclass(frozen=True, slots=True)
class Method:
    """One Web API method as Slack documents it.

    Attributes:
        tier: 1 to 4, `post` for chat.postMessage, `special` for "hundreds a minute".
        scopes: one of them is enough; empty means that none is needed.
        errors: the codes that it documents in addition to the common ones.
        token: `bot` or `app`.
    """

    name: str
    tier: int | str
    scopes: tuple[str, ...]
    arguments: tuple[Argument, ...]
    errors: frozenset[str]
    token: str = "bot"  # noqa: S105 - a kind of token, not one


@cache
def methods() -> dict[str, Method]:
    """Every method by name."""
    return {name: _method(name, entry) for name, entry in _facts()["methods"].items()}


@cache
def common_errors() -> frozenset[str]:
    """The error codes that any method may return."""
    return frozenset(_facts()["_common"])


@cache
def _facts() -> dict[str, Any]:
    text = files("bot.sandbox.api").joinpath("methods.json").read_text(encoding="utf-8")
    facts: dict[str, Any] = json.loads(text)
    return facts


def _method(name: str, entry: dict[str, Any]) -> Method:
    arguments = tuple(
        Argument(key.removesuffix("!"), kind, key.endswith("!")) for key, kind in entry["args"].items()
    )
    return Method(
        name=name,
        tier=entry["tier"],
        scopes=tuple(entry["scopes"]),
        arguments=arguments,
        errors=frozenset(entry["errors"]),
        token=entry.get("token", "bot"),
    )
