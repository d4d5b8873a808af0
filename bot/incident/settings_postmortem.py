"""The part of `policy.yml` about postmortems."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from bot.incident.domain.postmortem_policy import REVIEWERS, WITHIN, DraftTemplate, PostmortemPolicy
from bot.incident.domain.vocabulary import Severity
from bot.incident.domain.working_days import no_holidays
from bot.incident.settings_severities import NamedSeverity
from bot.incident.settings_stakeholders import channel_id

if TYPE_CHECKING:
    from holidays import HolidayBase

WITHIN_MAX = 60  # working days
REVIEWERS_MAX = 10


@dataclass(frozen=True, slots=True)
class PublicHolidays:
    """The public holidays of a country, or of a part of it. Two of the same place are equal.

    Attributes:
        country: its code (ISO 3166-1), such as DE.
        part: the code of the part, such as BY; empty for the whole country.
    """

    country: str
    part: str = ""

    def __call__(self, day: date) -> bool:
        """Whether this day is one."""
        return day in _calendar(self.country, self.part)


@lru_cache(maxsize=4)
def _calendar(country: str, part: str) -> "HolidayBase":
    import holidays  # noqa: PLC0415  # most teams name no country, and it takes longer to load than a policy

    return holidays.country_holidays(country, subdiv=part or None)


def _place(value: str) -> str:
    country, _, part = value.strip().partition("-")
    try:
        _calendar(country.upper(), part.upper())
    except NotImplementedError as error:
        raise ValueError(
            f"the public holidays of {value!r} are not known: write the code of a country, such as `DE`, or of a part of "
            "it, such as `DE-BY`"
        ) from error
    return value.strip().upper()


def _text(value: Any) -> Any:
    """YAML reads `NO`, the code of Norway, as false."""
    return "NO" if value is False else value


class PostmortemSection(BaseModel):
    """After which incidents a postmortem is owed, by when, how it is approved, and whether its draft is read for blame."""

    model_config = ConfigDict(extra="forbid")

    severities: list[NamedSeverity] = [Severity.SEV1, Severity.SEV2]
    within: Annotated[int, Field(ge=1, le=WITHIN_MAX)] = WITHIN
    country: Annotated[str, BeforeValidator(_text), AfterValidator(_place)] = ""
    reviewers: Annotated[int, Field(ge=0, le=REVIEWERS_MAX)] = REVIEWERS
    board: Annotated[str, AfterValidator(channel_id)] = ""
    templates: Mapping[NamedSeverity, DraftTemplate] = {}
    check: bool = True
    names: Literal["people", "roles"] = "people"

    def to_postmortem(self) -> PostmortemPolicy:
        """What this section says."""
        country, _, part = self.country.partition("-")
        return PostmortemPolicy(
            severities=tuple(self.severities),
            within=self.within,
            is_holiday=PublicHolidays(country, part) if country else no_holidays,
            reviewers=self.reviewers,
            board=self.board,
            templates=self.templates,
        )
