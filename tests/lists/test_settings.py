"""`trackers: slack_list` in the policy."""

import pytest
from pydantic import ValidationError

from bot.followup.settings_trackers import TrackersSection


def test_a_list_needs_no_tracker_and_leaves_trackers_alone() -> None:
    policy = TrackersSection.model_validate({"slack_list": True}).to_policy()
    assert (policy.slack_list, policy.is_on) == (True, False)
    both = {"slack_list": True, "github": {"repository": "acme/checkout"}}
    assert TrackersSection.model_validate(both).to_policy().slack_list
    assert not TrackersSection().to_policy().slack_list


@pytest.mark.parametrize(
    ("section", "said"),
    [({"slack_list": "F0123ABC"}, "neither yes nor no"), ({"slack_list": True, "send": "all"}, "no tracker")],
)
def test_mistakes_are_told(section: dict[str, object], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        TrackersSection.model_validate(section)
