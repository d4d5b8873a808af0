"""Offers of command, requests for it, and what a new holder of a role is told."""

from dataclasses import dataclass

from bot.incident.domain.effects.telling import TellRoom


@dataclass(frozen=True, slots=True)
class ShowOffer(TellRoom):
    """Post an offer of command with its buttons."""


@dataclass(frozen=True, slots=True)
class CloseOffer(TellRoom):
    """Edit the open offer of command, if there is one: remove the buttons, and say how it ended."""


@dataclass(frozen=True, slots=True)
class ShowTakeover(TellRoom):
    """Post a request for command with its buttons."""


@dataclass(frozen=True, slots=True)
class CloseTakeover(TellRoom):
    """Edit the open request for command, if there is one: remove the buttons, and say how it ended."""


@dataclass(frozen=True, slots=True)
class Brief(TellRoom):
    """Tell the commander of the `seq`-th fact, and nobody else, the state of the incident and what comes first."""


@dataclass(frozen=True, slots=True)
class GiveDuties(TellRoom):
    """Tell the person who got a role by the `seq`-th fact, and nobody else, what is expected of them."""
