"""How long a text may be, and how far in the past a time may be."""

from datetime import datetime, timedelta

from bot.core.decision import Refused
from bot.incident.domain.incident import Incident

TITLE_MAX = 150  # what Slack shows in a header block
TEXT_MAX = 2500  # characters typed
SLACK_LENGTH_MAX = 6000  # of one text as Slack counts it, with `&`, `<` and `>` escaped
UPDATE_SLACK_LENGTH_MAX = 9000  # of a whole update: Slack refuses messages near 12,000
REACH = timedelta(days=30)  # a time that is longer before the declaration is usually a typing error


def too_long(text: str, field: str, most: int = TEXT_MAX) -> Refused | None:
    """The refusal of a text that has more than `most` characters, or more than Slack shows; None if it fits."""
    if (typed := len(text.strip())) > most:
        return Refused(
            f"That has {typed} characters; at most {most} fit. Keep the main points and link the rest.",
            field=field,
        )
    if (length := slack_length(text)) > SLACK_LENGTH_MAX:
        return too_long_in_slack(length, SLACK_LENGTH_MAX, field)
    return None


def slack_length(text: str) -> int:
    """The length as Slack counts it: it writes `&` as `&amp;`, `<` as `&lt;` and `>` as `&gt;`."""
    return len(text) + 4 * text.count("&") + 3 * (text.count("<") + text.count(">"))


def too_long_in_slack(length: int, most: int, field: str) -> Refused:
    """The refusal of a text that is too long as Slack counts it."""
    return Refused(
        f"That has many of the characters &, < and >, which count as four or five each in Slack: {length} in all, "
        f"and at most {most} fit. Keep the main points and link the rest.",
        field=field,
    )


def long_before(incident: Incident, when: datetime, field: str, *, sure: bool) -> Refused | None:
    """The question whether a time long before the declaration is right; None if it is not long before, or `sure`."""
    before = incident.declared_at - when
    if before <= REACH or sure:
        return None
    return Refused(
        f"That is {before.days:,} days before {incident.reference} was declared. Is the date right?",
        field=field,
        unless_sure=True,
    )
