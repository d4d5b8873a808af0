"""The video bridge of an incident, and the addresses that the policy gives: the bridge's, and those of bookmarks.

Whoever has the address of a bridge can often join it without being asked who they are. So it is shown only to the people
of the war room.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from bot.incident.domain import facts
from bot.incident.domain.incident import Incident
from bot.incident.domain.vocabulary import Severity, reference

ADDRESS_MAX = 500  # characters
IN_TOPIC_MAX = 150  # of the 250 that Slack allows a topic
PLACEHOLDERS = ("number", "reference", "secret")
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_LETTERS = re.compile(
    r"[!#-;=?-\[\]_a-z~]+", re.IGNORECASE
)  # RFC 3986, without those that Slack reads as markup
_HOST = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?", re.IGNORECASE)

DrawSecret = Callable[[], str]


@dataclass(frozen=True, slots=True)
class Bridges:
    """The addresses by severity, with placeholders; a severity without one has no bridge."""

    by_severity: Mapping[Severity, str] = field(default_factory=dict)

    def of(self, severity: Severity, number: int, draw_secret: DrawSecret) -> str:
        """The address for an incident of this severity; empty if the policy has none.

        Args:
            severity: the incident's.
            number: the incident's.
            draw_secret: draws a token that nobody can guess; called only if the address has one.
        """
        template = self.by_severity.get(severity, "")
        secret = draw_secret() if "{secret}" in template else ""
        return filled_in(template, number, secret)


NO_BRIDGES = Bridges()


@dataclass(frozen=True, slots=True)
class PolicyBookmark:
    """A bookmark that every war room gets, such as a dashboard. The address may have `{number}` and `{reference}`.

    Attributes:
        emoji: the name of an emoji without colons; empty if there is none.
    """

    title: str
    address: str
    emoji: str = ""


def filled_in(template: str, number: int, secret: str = "") -> str:
    """An address with the incident's values instead of the placeholders."""
    values = {"number": str(number), "reference": reference(number), "secret": secret}
    return _PLACEHOLDER.sub(lambda match: values[match[1]], template)


def unknown_placeholders(template: str, known: Sequence[str] = PLACEHOLDERS) -> list[str]:
    """The placeholders of an address that are none, and braces that stand alone."""
    rest = _PLACEHOLDER.sub("", template)
    alone = [brace for brace in "{}" if brace in rest]
    return [f"{{{name}}}" for name in _PLACEHOLDER.findall(template) if name not in known] + alone


def is_address(text: str, schemes: Sequence[str] = ("https",)) -> bool:
    """Whether this is a whole web address with one of these schemes, without a user's name or a password."""
    if len(text) > ADDRESS_MAX or not _LETTERS.fullmatch(text):
        return False
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return False
    return (
        parts.scheme in schemes
        and "@" not in parts.netloc
        and bool(parts.hostname and _HOST.fullmatch(parts.hostname))
        and port != 0
    )


def fits_topic(address: str) -> bool:
    """Whether the topic of the war room has room for this address."""
    return len(address) + 4 * address.count("&") <= IN_TOPIC_MAX  # which Slack counts as `&amp;`


def bridge_of_policy(
    incident: Incident | None, decided: Sequence[facts.Fact], bridges: Bridges, draw_secret: DrawSecret
) -> tuple[facts.BridgeSet, ...]:
    """The bridge that the policy gives with these facts: at the declaration, with a severity that has one, or with a war room.

    A bridge that the incident has, or that somebody removed, stays as it is: people would be split over two calls.

    Args:
        incident: the state before the facts; None before the declaration.
        decided: the facts of one act.
        bridges: the policy's addresses.
        draw_secret: see `Bridges.of`.
    """
    if any(isinstance(fact, facts.AboutBridge) for fact in decided):
        return ()
    for fact in decided:
        if isinstance(fact, facts.Declared) and fact.without_room:
            return ()  # it is over: nobody joins a call
        if isinstance(fact, facts.Declared):
            number, severity = fact.number, fact.severity
        elif isinstance(fact, facts.SeverityChanged) and incident is not None and incident.bridge is None:
            number, severity = incident.number, fact.new
        elif isinstance(fact, facts.RoomAskedFor) and incident is not None and incident.bridge is None:
            number, severity = incident.number, incident.severity
        else:
            continue
        address = bridges.of(severity, number, draw_secret)
        return (facts.BridgeSet(at=fact.at, by=fact.by, address=address, by_policy=True),) if address else ()
    return ()
