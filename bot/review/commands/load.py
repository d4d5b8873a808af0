"""`/incident metrics me` and `metrics load`: how much people have worked in incidents."""

from collections.abc import Sequence
from enum import StrEnum

from bot.core.decision import Refused
from bot.incident.commands.request import LookBack, Outcome, Reply, Request
from bot.incident.domain.records import Past
from bot.review.domain.load import load
from bot.review.domain.spans import read
from bot.review.views import load as views

OFF = "Figures about how much people have worked are switched off: `load` in `policy.yml`."
ONE_SPAN = "Load is shown of one span: `metrics load 90d`, without a severity."
_OWN = ("me", "my", "mine")


class Whose(StrEnum):
    """Whose load is asked for."""

    OWN = "me"
    EVERYBODYS = "load"


def word_of(text: str) -> Whose | None:
    """Whose load the text asks for with its first word; None if it asks for something else."""
    first, _, rest = text.strip().lower().partition(" ")
    if first == Whose.EVERYBODYS:
        return Whose.OWN if rest.split(" ")[0] in _OWN else Whose.EVERYBODYS
    return Whose.OWN if first in _OWN else None


def look(request: Request, zone: str | None = None) -> Outcome:
    """Show it, to this person only. No button posts it, and no page has it: both could be passed on.

    Args:
        request: has the span as its text.
        zone: the IANA name of the time zone in which the span's days begin; None for that of the policy.
    """
    if not request.policy.load:
        return Refused(OFF)
    whose = word_of(request.text)
    words = [word for word in request.text.split() if word.lower() not in (*_OWN, Whose.EVERYBODYS)]
    asked = read(" ".join(words), request.now, request.policy.time_zone if zone is None else zone)
    if isinstance(asked, Refused):
        return asked
    if asked.other or asked.span.severity:
        return Refused(ONE_SPAN)

    def then(pasts: Sequence[Past]) -> Outcome:
        found = load(pasts[0].work, request.policy.time_zone)
        if whose is Whose.OWN:
            return Reply(views.own(found.of(request.actor), asked.span, request.now))
        return Reply(views.everybodys(found, asked.span, request.now))

    return LookBack([asked.span.period], None, everybodys=False, then=then, work=True)
