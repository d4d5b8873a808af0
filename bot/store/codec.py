"""Facts, effects and states as JSON documents and back.

A kind is stored by its class name: renaming one takes a migration.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any, get_args

from pydantic import TypeAdapter

from bot.core.decider import Decider, F, S
from bot.incident.domain.effects import Effect

_EFFECTS: dict[str, Any] = {kind.__name__: kind for kind in get_args(Effect)}


class OtherReleaseError(LookupError):
    """Another release has written what this one cannot read; a replica of that release can."""


@cache
def _adapter(kind: type[Any]) -> TypeAdapter[Any]:
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
        OtherReleaseError: the kind is not known to this release.
    """
    if kind not in decider.facts:
        raise OtherReleaseError(f"a fact of the kind {kind}, which this release does not know")
    fact: F = _adapter(decider.facts[kind]).validate_python(document)
    return fact


def is_known(kind: str) -> bool:
    """Whether this release has an effect of this kind."""
    return kind in _EFFECTS


def decode_effect(kind: str, document: dict[str, Any]) -> Effect:
    """The effect of an outbox row.

    Raises:
        pydantic.ValidationError: the document is damaged.
        OtherReleaseError: the kind is not known to this release.
    """
    if not is_known(kind):
        raise OtherReleaseError(f"an effect of the kind {kind}, which this release does not know")
    effect: Effect = _adapter(_EFFECTS[kind]).validate_python(document)
    return effect


def encode_state(decider: Decider[S, F], state: S) -> dict[str, Any]:
    """The JSON document of a state. It says its shape, by which another release knows whether it can read it."""
    return encode(state) | {"shape": decider.shape}


def is_of_this_shape(decider: Decider[S, F], document: Mapping[str, Any]) -> bool:
    """Whether this release reads the state as it was meant. Before 0.3.0 none was said; that shape is the first."""
    return bool(document.get("shape", 1) == decider.shape)


def decode_state(decider: Decider[S, F], document: dict[str, Any]) -> S:
    """The state of a row.

    Raises:
        pydantic.ValidationError: the document is damaged.
        OtherReleaseError: it is of another shape, and has to be folded from the timeline.
    """
    if not is_of_this_shape(decider, document):
        raise OtherReleaseError(
            f"a state of shape {document['shape']}, and this release reads shape {decider.shape}"
        )
    state: S = _adapter(decider.state).validate_python(document)
    return state
