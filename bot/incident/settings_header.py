"""The part of `policy.yml` about the head of the war room: the video bridge and the bookmarks."""

import re
from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from bot.incident.domain.bridge import (
    PLACEHOLDERS,
    Bridges,
    PolicyBookmark,
    filled_in,
    is_address,
    unknown_placeholders,
)
from bot.incident.domain.vocabulary import Severity

BOOKMARKS_MAX = 20  # Slack shows a few and hides the rest in a menu
_TITLE_MAX = 60
_EXAMPLE_NUMBER, _EXAMPLE_SECRET = 999_999_999, "x" * 43  # the longest that will be filled in
_EMOJI = re.compile(r"[a-z0-9_+'\-]{1,100}")


def _checked(value: str, placeholders: Sequence[str], schemes: Sequence[str]) -> str:
    if unknown := unknown_placeholders(value, placeholders):
        known = ", ".join(f"{{{name}}}" for name in placeholders)
        raise ValueError(f"{value!r} has {', '.join(unknown)}: there are only {known}")
    if not is_address(filled_in(value, _EXAMPLE_NUMBER, _EXAMPLE_SECRET), schemes):
        begins = " or ".join(f"{scheme}://" for scheme in schemes)
        raise ValueError(f"{value!r} is no web address that begins with {begins}, or it is too long")
    return value


def _bridge(value: str) -> str:
    return _checked(value, PLACEHOLDERS, ("https",))


def _dashboard(value: str) -> str:
    return _checked(value, ("number", "reference"), ("https", "http"))


def _for_each_severity(value: Any) -> Any:
    """One address stands for every severity."""
    return {severity.label: value for severity in Severity} if isinstance(value, str) else value


Bridge = Annotated[dict[str, Annotated[str, AfterValidator(_bridge)]], BeforeValidator(_for_each_severity)]


def bridges(section: Mapping[str, str]) -> Bridges:
    """The bridges of this section."""
    return Bridges({Severity[name]: address for name, address in section.items()})


def _emoji(value: str) -> str:
    name = value.strip().strip(":").lower()
    if not _EMOJI.fullmatch(name):
        raise ValueError(
            f"{value!r} is no emoji: write its name in Slack, such as pushpin, without a skin tone"
        )
    return name


Emoji = Annotated[str, AfterValidator(_emoji)]


class Bookmark(BaseModel):
    """One bookmark."""

    model_config = ConfigDict(extra="forbid")

    title: Annotated[str, Field(min_length=1, max_length=_TITLE_MAX)]
    url: Annotated[str, AfterValidator(_dashboard)]
    emoji: Emoji | None = None

    def to_bookmark(self) -> PolicyBookmark:
        """The bookmark of this section."""
        return PolicyBookmark(self.title.strip(), self.url, self.emoji or "")
