"""Combines the messages that the war room has missed into one."""

from collections.abc import Sequence

from bot.incident.domain.effects import CatchUp, TellRoom


def combine(effects: Sequence[TellRoom | CatchUp]) -> CatchUp:
    """One message that says what all of these would have said."""
    seqs = {seq for each in effects for seq in (each.seqs if isinstance(each, CatchUp) else each.told)}
    return CatchUp(tuple(sorted(seqs)))
