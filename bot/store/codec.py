"""Facts, effects and states as JSON documents and back.

A kind is stored by its class name: renaming one takes a migration.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any, get_args

from pydantic import TypeAdapter

from bot.incident.domain import facts
from bot.incident.domain.effects import Effect
from bot.incident.domain.incident import Incident

_KINDS: dict[str, Any] = {
    kind.__name__: kind for kind in (Incident, *get_args(facts.Fact), *get_args(Effect))
}


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
        KeyError: the kind is not known to this release.
    """
    fact: facts.Fact = _adapter(kind).validate_python(document)
    return fact


def decode_effect(kind: str, document: dict[str, Any]) -> Effect:
    """The effect of an outbox row; raises as `decode_fact`."""
    effect: Effect = _adapter(kind).validate_python(document)
    return effect


def decode_incident(document: Mapping[str, Any]) -> Incident:
    """The state of an incident row; raises as `decode_fact`."""
    incident: Incident = _adapter(Incident.__name__).validate_python(document)
    return incident
