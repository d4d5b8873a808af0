"""The traffic: calls, envelopes and acks, each with its start and end."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox import Sandbox


@dataclass(frozen=True, slots=True)
class Exchange:
    """One call to Slack, one envelope, or one ack.

    Attributes:
        kind: as `bot.sandbox.network.traffic` names it.
        name: the method of a call, the type of anything else.
        start: when it began, in seconds since 1970.
        end: when it was answered.
        entry: the whole entry of the traffic log.
    """

    kind: str
    name: str
    start: float
    end: float
    entry: dict[str, Any]

    @property
    def ms(self) -> float:
        """How long it took."""
        return (self.end - self.start) * 1000


@dataclass(slots=True)
class Wire:
    """Records all traffic of a sandbox from now on."""

    exchanges: list[Exchange] = field(default_factory=list)

    @classmethod
    def tap(cls, sandbox: Sandbox) -> "Wire":
        """Start to record; any other recorder of this sandbox stops."""
        wire = cls()
        sandbox.traffic.on_note = wire._note
        return wire

    def clear(self) -> None:
        """Remove all records."""
        self.exchanges.clear()

    def calls(self, name: str = "") -> list[Exchange]:
        """The answered calls to Slack; those of one method if it is named."""
        return [each for each in self.of("call") if name in {"", each.name}]

    def of(self, kind: str) -> list[Exchange]:
        """The exchanges of one kind, in the order in which they ended."""
        return [each for each in self.exchanges if each.kind == kind]

    def _note(self, entry: dict[str, Any]) -> None:
        name = entry["method"] if entry["kind"] == "call" else entry["type"]
        end = entry["at"]
        self.exchanges.append(Exchange(entry["kind"], name, end - entry["ms"] / 1000, end, entry))


def longest_chain(calls: Iterable[Exchange]) -> Sequence[Exchange]:
    """The longest sequence of calls in which each begins after the one before has ended.

    To find it, take the call that ends first at each step.
    """
    chain: list[Exchange] = []
    for call in sorted(calls, key=lambda each: each.end):
        if not chain or call.start >= chain[-1].end:
            chain.append(call)
    return chain
