"""Facts, effects and states as JSON documents and back.

A kind is stored by its class name: renaming one takes a migration.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any, get_args

from pydantic import TypeAdapter

from bot.incident.domain import facts
from bot.incident.domain.effects import Effect
from bot.incident.domain.incident import SHAPE, Incident

_KINDS: dict[str, Any] = {
    kind.__name__: kind for kind in (Incident, *get_args(facts.Fact), *get_args(Effect))
}


class OtherReleaseError(LookupError):
    """Another release has written what this one cannot read; a replica of that release can."""


@cache
def _adapter(kind: str) -> TypeAdapter[Any]:
    return TypeAdapter(_KINDS[kind])


def encode(thing: facts.Fact | Effect | Incident) -> dict[str, Any]:
    """The JSON document of a fact, effect or state."""
    document: dict[str, Any] = _adapter(type(thing).__name__).dump_python(thing, mode="json")
    return document


def decode_fact(kind: str, document: dict[str, Any]) -> facts.Fact:
    """The fact of a timeline row.

    Raises:
        pydantic.ValidationError: the document is damaged.
        OtherReleaseError: the kind is not known to this release.
    """
    if kind not in _KINDS:
        raise OtherReleaseError(f"a fact of the kind {kind}, which this release does not know")
    fact: facts.Fact = _adapter(kind).validate_python(document)
    return fact


def decode_effect(kind: str, document: dict[str, Any]) -> Effect:
    """The effect of an outbox row; raises as `decode_fact`."""
    effect: Effect = _adapter(kind).validate_python(document)
    return effect


def encode_incident(incident: Incident) -> dict[str, Any]:
    """The JSON document of a state. It says its shape, by which another release knows whether it can read it."""
    return encode(incident) | {"shape": SHAPE}


def is_of_this_shape(document: Mapping[str, Any]) -> bool:
    """Whether this release reads the state as it was meant. Before 0.3.0 none was said; that shape is the first."""
    return bool(document.get("shape", 1) == SHAPE)


def decode_incident(document: Mapping[str, Any]) -> Incident:
    """The state of an incident row; raises as `decode_fact`.

    Raises:
        OtherReleaseError: it is of another shape, and has to be folded from the timeline.
    """
    if not is_of_this_shape(document):
        raise OtherReleaseError(f"a state of shape {document['shape']}, and this release reads shape {SHAPE}")
    incident: Incident = _adapter(Incident.__name__).validate_python(document)
    return incident
