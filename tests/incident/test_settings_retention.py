"""The section `retention` of the policy."""

from datetime import timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from bot.core.retention import FOR_EVER, Terms
from bot.incident.settings_retention import RetentionSection


def test_everything_is_kept_by_default_and_with_off() -> None:
    assert RetentionSection().to_terms() == FOR_EVER
    assert RetentionSection.model_validate({"redact_after": False}).to_terms() == FOR_EVER


def test_a_time_and_what_is_kept_all_the_same() -> None:
    section = RetentionSection.model_validate(
        {"redact_after": "400 days", "keep": [" inc-12 ", "ACT-3", "INC-12"]}
    )
    assert section.to_terms() == Terms(timedelta(days=400), ("INC-12", "ACT-3"))


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"redact_after": "29 days"}, "30 to 3660 days"),
        ({"redact_after": "3661 days"}, "30 to 3660 days"),
        ({"redact_after": "1 year"}, "write `400 days`"),
        ({"redact_after": 400}, "write `400 days`"),
        ({"keep": ["12"]}, "write `INC-12` or `ACT-3`"),
        ({"keep": ["INC-0"]}, "is no name"),
    ],
)
def test_mistakes_are_told(given: Any, words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        RetentionSection.model_validate(given)
