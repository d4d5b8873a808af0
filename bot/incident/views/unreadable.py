"""What lists say of incidents whose stored state cannot be read: which they are, and where to look."""

from collections.abc import Sequence

from bot.core.text import Mrkdwn, md
from bot.incident.domain.vocabulary import reference

_NAMED_MAX = 10


def unreadable(numbers: Sequence[int]) -> Mrkdwn:
    """The sentence about these incidents, of which only the numbers are known; empty if there are none."""
    if not numbers:
        return Mrkdwn("")
    named = [reference(number) for number in numbers[:_NAMED_MAX]]
    if more := len(numbers) - len(named):
        named.append(f"{more} more")
    which = f"{', '.join(named[:-1])} and {named[-1]}" if len(named) > 1 else named[0]
    return md(":warning: {} cannot be read. Whoever runs the bot finds out why with `warroom doctor`.", which)
