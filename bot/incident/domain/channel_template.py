"""The template of war rooms' names: what a policy may say, and what is wrong with it."""

import re
import string
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.incident.domain.incident import Incident

DEFAULT_TEMPLATE = "inc-{number}-{words}"
PLACEHOLDERS = ("prefix", "number", "date", "words", "severity", "service")
PREFIX = "inc"  # as in `INC-42`
SERVICE_MAX = 20  # characters of a service: the words of the title need room, too
LITERAL_MAX = 30  # characters between the placeholders: the words of the title need room, too

_LITERAL = re.compile(r"[a-z0-9_-]*")


def mistake_in(template: str) -> str:
    """What is wrong with a template, in one sentence; empty if nothing is."""
    try:
        parts = list(string.Formatter().parse(template))
    except ValueError:
        return f"{template!r} has a brace without its other half"
    literal = "".join(before for before, *_ in parts)
    names = [name for _, name, _, _ in parts if name is not None]
    if unknown := [name for name in names if name not in PLACEHOLDERS]:
        known = ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)
        return f"{{{unknown[0]}}} is not known: write {known}"
    if len(set(names)) < len(names):
        return "each name may stand there only once"
    if any(spec or conversion for _, _, spec, conversion in parts):
        return "write only a name between the braces, such as {number}"
    if not _LITERAL.fullmatch(literal):
        return "Slack accepts only lower case letters, digits, hyphens and underscores between the braces"
    if len(literal) > LITERAL_MAX:
        return f"at most {LITERAL_MAX} characters may stand outside of the braces"
    if not {"number", "words"} & set(names):
        return "it needs {number} or {words}: otherwise all war rooms have the same name"
    return ""


def filled(template: str, incident: Incident, zone: str, words: str) -> str:
    """The template with its values.

    Args:
        template: it has no mistakes.
        incident: the number, the severity, the services and the time of the declaration.
        zone: the time zone of the date.
        words: the words of the title; may be empty.
    """
    values = {
        "prefix": PREFIX,
        "number": str(incident.number),
        "date": _date(incident.declared_at, zone),
        "severity": incident.severity.label.lower(),
        "service": incident.services[0][:SERVICE_MAX] if incident.services else "",
        "words": words,
    }
    return template.format_map(values)


def _date(at: datetime, zone: str) -> str:
    """The day of the declaration in this time zone, such as `2026-11-29`."""
    return at.astimezone(ZoneInfo(zone) if zone else UTC).date().isoformat()
