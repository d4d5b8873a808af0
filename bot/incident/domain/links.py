"""The address of an incident outside of Slack, as a team writes it in its policy: `https://incidents.example.com/{reference}`."""

import re
from dataclasses import dataclass
from functools import cached_property

from bot.incident.domain.vocabulary import reference

PLACE = "{reference}"
_HOST = re.compile(r"https://([a-z0-9-]+(?:\.[a-z0-9-]+)+)(?::\d{1,5})?/", re.IGNORECASE)
_REFERENCE = r"(?i:inc-(?P<number>[0-9]{1,9}))"
_REST = r"/?(?:[?#].*)?"  # what browsers and trackers add


@dataclass(frozen=True)
class LinkPattern:
    """The pattern of the addresses.

    Attributes:
        text: an address with `{reference}` in the place of `INC-42`.
    """

    text: str

    @property
    def problem(self) -> str:
        """What is wrong with it, in words that follow the pattern; empty if nothing is."""
        if not _HOST.match(self.text):
            return "must begin with https:// and a domain, and have a path"
        if (
            self.text.count(PLACE) != 1
            or "{" in self.text.replace(PLACE, "")
            or self.text.split() != [self.text]
        ):
            return f"must have {PLACE} exactly once, and no spaces or other braces"
        return ""

    @property
    def domain(self) -> str:
        """The domain, which the app's manifest must list."""
        match = _HOST.match(self.text)
        return match[1].lower() if match else ""

    def of(self, number: int) -> str:
        """The address of an incident."""
        return self.text.replace(PLACE, reference(number))

    def number_in(self, address: str) -> int | None:
        """The number of the incident at this address; None if it is another address."""
        match = self._address.fullmatch(address)
        return int(match["number"]) if match else None

    @cached_property
    def _address(self) -> re.Pattern[str]:
        before, _, after = self.text.partition(PLACE)
        host = before[: before.find("/", len("https://"))]
        known = f"(?i:{re.escape(host)}){re.escape(before[len(host) :])}"
        return re.compile(known + _REFERENCE + re.escape(after) + _REST)
