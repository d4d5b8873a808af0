"""How long a text may be, and how far back a time may lie."""

from datetime import datetime, timedelta

from bot.core.decision import Refused
from bot.incident.domain.incident import Incident

TITLE_MAX = 150  # what Slack shows in a header block
TEXT_MAX = 2500  # characters typed
WRITTEN_MAX = 6000  # of one text as Slack writes it, with `&`, `<` and `>` escaped
UPDATE_WRITTEN_MAX = 9000  # of a whole update: Slack refuses messages near 12,000
REACH = timedelta(days=30)  # further back than this before the declaration is usually a slip of the pen


def too_long(text: str, field: str) -> Refused | None:
    """Whether a text is longer than Slack shows."""
    if (typed := len(text.strip())) > TEXT_MAX:
        return Refused(
            f"That has {typed} characters; at most {TEXT_MAX} fit. Keep the gist and link the rest.",
            field=field,
        )
    if (length := written(text)) > WRITTEN_MAX:
        return too_many_signs(length, WRITTEN_MAX, field)
    return None


def written(text: str) -> int:
    """How many characters Slack counts: it writes `&` as `&amp;`, `<` as `&lt;` and `>` as `&gt;`."""
    return len(text) + 4 * text.count("&") + 3 * (text.count("<") + text.count(">"))


def too_many_signs(length: int, most: int, field: str) -> Refused:
    """The answer to a text that is too long as Slack writes it."""
    return Refused(
        f"That has many of the signs &, < and >, which take four or five characters each in Slack: {length} in all, "
        f"and at most {most} fit. Keep the gist and link the rest.",
        field=field,
    )


def long_before(incident: Incident, when: datetime, field: str, *, sure: bool) -> Refused | None:
    """Whether a time lies so long before the declaration that it should be said twice."""
    before = incident.declared_at - when
    if before <= REACH or sure:
        return None
    return Refused(
        f"That is {before.days:,} days before {incident.reference} was declared. Is the date right?",
        field=field,
        unless_sure=True,
    )
