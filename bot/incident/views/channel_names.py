"""The names of a war room's channel."""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import replace

from bot.incident.domain.channel_template import filled
from bot.incident.domain.incident import Incident
from bot.incident.domain.policy import Policy
from bot.incident.domain.vocabulary import Severity

CHANNEL_NAME_MAX = 80  # Slack docs, conversations.create
SUFFIXES = ("", "-2", "-3", "-4")


def channel_names(incident: Incident, policy: Policy) -> list[str]:
    """Names for the war room, the best first: by the policy's template, then the same with suffixes if it is taken.

    A name has lower case letters of any script with their marks, digits, underscores and single hyphens. It has at most
    80 characters, is cut between words of the title, and is never empty. The last names have no words from the title,
    in case Slack refuses those, and always the number.
    """
    title = unicodedata.normalize("NFKC", incident.title).lower()
    words = "".join(each if _is_allowed_in_name(each) else " " for each in title).split()
    bare = _filled(incident, policy, "")
    if "{number}" not in policy.channel_name:
        bare = _single_hyphens(f"{bare}-{incident.number}")
    names = [_with_words(incident, policy, words, suffix) for suffix in SUFFIXES]
    return list(dict.fromkeys([*(name for name in names if name), *(bare + suffix for suffix in SUFFIXES)]))


def former_names(incident: Incident, policy: Policy, title: str) -> Collection[str]:
    """The names that the war room can have from us since the time when the incident had this title.

    The severity and the first service may have been others then.
    """
    severities = list(Severity) if "{severity}" in policy.channel_name else [incident.severity]
    first = [(each,) for each in incident.services_so_far]
    services = [(), *first] if "{service}" in policy.channel_name else [incident.services]
    then = [
        replace(incident, title=title, severity=severity, services=affected)
        for severity in severities
        for affected in services
    ]
    return frozenset(name for each in then for name in channel_names(each, policy))


def _with_words(incident: Incident, policy: Policy, words: list[str], suffix: str) -> str:
    """The name with as many words as fit before the suffix; a single longer word is cut inside. Empty without words."""
    if not words or "{words}" not in policy.channel_name:
        bare = _filled(incident, policy, "")
        return bare + suffix if "{number}" in policy.channel_name else ""
    room = CHANNEL_NAME_MAX - len(suffix)
    for count in range(len(words), 0, -1):
        name = _filled(incident, policy, "-".join(words[:count]))
        if len(name) <= room:
            return name + suffix
    too_long = len(name) - room
    return _filled(incident, policy, words[0][: len(words[0]) - too_long]) + suffix


def _filled(incident: Incident, policy: Policy, words: str) -> str:
    return _single_hyphens(filled(policy.channel_name, incident, policy.time_zone, words))


def _single_hyphens(name: str) -> str:
    return re.sub("-{2,}", "-", name).strip("-")


def _is_allowed_in_name(character: str) -> bool:
    """Whether it is a letter, a digit, or a mark that letters of Hindi or Thai need."""
    return unicodedata.category(character)[0] in "LNM" and character == character.lower()
