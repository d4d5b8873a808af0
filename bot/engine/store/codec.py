"""Converts facts, effects and states to JSON documents and back.

A kind is stored by its class name: a new name needs a migration.
"""

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from pydantic import TypeAdapter
from pydantic_core import from_json, to_json

from bot.core.decider import Decider, F, S


class OtherReleaseError(LookupError):
    """Another release has written something that this one cannot read; a replica of that release can."""


def dump(document: Any) -> str:
    """The text of a JSON document, in a quarter of the time that `json` needs."""
    return to_json(document).decode()


def load(text: str | bytes) -> Any:
    """The document in a text. Only `json` reads half an emoji, which release 0.2.0 stored as it came."""
    try:
        return from_json(text)
    except ValueError:
        return json.loads(text)


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def encode(thing: Any) -> dict[str, Any]:
    """The JSON document of a fact, effect or state."""
    kind: Any = type(thing)
    document: dict[str, Any] = _adapter(kind).dump_python(thing, mode="json")
    return document


def decode_fact(decider: Decider[S, F], kind: str, document: dict[str, Any]) -> F:
    """The fact of a timeline row.

    Raises:
        pydantic.ValidationError: the document is damaged.
        OtherReleaseError: this release does not know the kind.
    """
    fact: F = decode(decider.facts, kind, document)
    return fact


def decode(types: Mapping[str, type[Any]], kind: str, document: dict[str, Any]) -> Any:
    """The fact or effect, of one of these types, in a document.

    Raises:
        pydantic.ValidationError: the document is damaged.
        OtherReleaseError: this release does not know the kind.
    """
    if kind not in types:
        raise OtherReleaseError(f"something of the kind {kind}, which this release does not know")
    wanted: Any = types[kind]
    return _adapter(wanted).validate_python(document)


def encode_state(decider: Decider[S, F], state: S) -> dict[str, Any]:
    """The JSON document of a state. It contains its shape, which tells another release whether it can read it."""
    return encode(state) | {"shape": decider.shape}


def is_of_this_shape(decider: Decider[S, F], document: object) -> bool:
    """Whether this release can read the state. Before 0.3.0 the shape was not stored; that shape is the first.

    What is no document at all has no shape either: it is damaged, which `decode_state` says.
    """
    return not isinstance(document, Mapping) or bool(document.get("shape", 1) == decider.shape)


def decode_state(decider: Decider[S, F], document: Mapping[str, Any]) -> S:
    """The state of a row.

    Raises:
        pydantic.ValidationError: the document is damaged.
        OtherReleaseError: it has another shape, and must be folded from the timeline.
    """
    if not is_of_this_shape(decider, document):
        raise OtherReleaseError(
            f"a state of shape {document.get('shape', 1)}, and this release reads shape {decider.shape}"
        )
    state: S = _adapter(decider.state).validate_python(document)
    return state
