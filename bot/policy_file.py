"""Reads `policy.yml`, in which each subject has its part; all mistakes are reported at once, each with its line."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError, model_validator

from bot.core import plain_yaml
from bot.core.errors import WarroomError
from bot.core.mistakes import Mistakes, in_words, shown
from bot.core.plain_yaml import Document
from bot.followup.domain.action_item import SUBJECT
from bot.followup.domain.near_miss import SUBJECT as NEAR_MISS
from bot.followup.settings import ActionItemsSection, NearMissesSection
from bot.followup.settings_trackers import TrackersSection
from bot.incident.domain.policy import Policy
from bot.incident.settings import PolicySection
from bot.review.domain.board_policy import SECTION
from bot.review.settings import BoardSection

DEFAULT = Path(__file__).parent / "policy.yml"


class _File(PolicySection):
    """All of it: the parts of the subjects beside incidents have sections of their own."""

    action_items: ActionItemsSection = ActionItemsSection()
    near_misses: NearMissesSection = NearMissesSection()
    trackers: TrackersSection = TrackersSection()
    review: BoardSection | None = None

    @model_validator(mode="after")
    def _fits_together(self) -> "_File":
        wrong = Mistakes()
        if self.review and not (self.review.time_zone or self.time_zone):
            wrong.add("needs a time_zone, such as `Europe/Berlin`", SECTION)
        wrong.raise_any()
        return self

    def to_sections(self) -> Mapping[str, Any]:
        """What it means for the subjects beside incidents, by their names."""
        found: dict[str, Any] = {
            SUBJECT: self.action_items.to_policy(self.trackers.to_policy()),
            NEAR_MISS: self.near_misses.to_policy(),
        }
        if self.review:
            found[SECTION] = self.review.to_policy(self.time_zone or "")
        return found


class PolicyFileError(WarroomError):
    """The policy file cannot be used.

    Attributes:
        mistakes: each on a line, with the file and, if it is known, the line in it.
    """

    def __init__(self, mistakes: Sequence[str]) -> None:
        super().__init__("\n".join(mistakes))
        self.mistakes = mistakes


@dataclass(frozen=True, slots=True)
class PolicyFile:
    """A policy file.

    Attributes:
        policy: what it means for incidents.
        sections: what it means for other subjects, by their names.
        written: what is written in it, by place (`severities.SEV1.cadence`).
    """

    policy: Policy
    sections: Mapping[str, Any]
    written: Mapping[str, Any]


def load(path: Path = DEFAULT) -> Policy:
    """The policy in a file; see `read`."""
    return read(path).policy


def read(path: Path = DEFAULT) -> PolicyFile:
    """Read a policy file.

    Raises:
        PolicyFileError: it cannot be read, or has mistakes.
    """
    try:
        document = plain_yaml.read_with_places(path)
    except OSError as error:
        raise PolicyFileError([f"{path}: it cannot be read: {error.strerror}. Check POLICY_FILE."]) from error
    except yaml.YAMLError as error:
        place, told = plain_yaml.explained(error)
        where = f":{place.line}:{place.column}" if place else ""
        raise PolicyFileError([f"{path}{where}: {told}"]) from error
    mistakes = [
        (line, f"{'.'.join(steps)}: stands here for the second time; the first is in line {first}: keep one")
        for steps, line, first in document.repeated
    ]
    try:
        section = _File.model_validate(document.value)
    except ValidationError as error:
        mistakes += _mistakes_in(error, document)
    else:
        if not mistakes:
            return PolicyFile(
                section.to_policy(),
                section.to_sections(),
                dict(_values(document.value, "")),
            )
    raise PolicyFileError([f"{path}:{line}: {told}" for line, told in sorted(mistakes)])


def _mistakes_in(error: ValidationError, document: Document) -> Iterator[tuple[int, str]]:
    """Each mistake with its line, its place and what to write."""
    for mistake in error.errors():
        place = mistake["loc"]
        yield document.line(place), f"{shown(place) or 'the file'}: {in_words(mistake, _File)}"


def _values(value: Any, place: str) -> Iterator[tuple[str, Any]]:
    """Every single value, with its place; a list counts as one."""
    if not isinstance(value, dict):
        yield place, value
        return
    for name, inner in value.items():
        yield from _values(inner, f"{place}.{name}" if place else str(name))
