"""What people type to say that an incident is a drill: `declare drill sev2 …`, `declare Drill: …`, `declare … --drill`."""

import re

from bot.incident.domain.kinds import Kind, kind_of_title, titled

DRILL = "drill"  # the value of the check box in the form to declare
_FLAG = re.compile(r"(?:^|\s)(?:--|\u2014)drill(?!\w)", re.IGNORECASE)  # phones make a dash of two hyphens
# Without a severity after it, the word may be about a tool: `drill press is broken`.
_BEFORE_LEVEL = re.compile(r"\s*drill\s+(?=(?:sev(?:erity)?[- ]?\d|s[1-4]\b))", re.IGNORECASE)


def without_drill_words(text: str) -> tuple[str, bool]:
    """The text without the words that say that it is a drill, and whether there are any."""
    if text.strip().lower() == DRILL:
        return "", True
    rest = _BEFORE_LEVEL.sub("", _FLAG.sub(" ", text), count=1).strip()
    is_drill = rest != text.strip() or kind_of_title(rest) is Kind.DRILL
    return titled(rest, Kind.INCIDENT) if is_drill else rest, is_drill


def as_drill(title: str, *, is_drill: bool) -> str:
    """The title, which says that it is a drill if it is one; an empty one stays empty."""
    return titled(title, Kind.DRILL) if is_drill and title.strip() else title
