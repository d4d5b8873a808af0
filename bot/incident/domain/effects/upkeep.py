"""The upkeep of the war room."""

from dataclasses import dataclass

from bot.incident.domain.effects.telling import TellRoom


@dataclass(frozen=True, slots=True)
class RenameRoom(TellRoom):
    """Give the channel of the war room a name by the title that the `seq`-th fact has set."""
