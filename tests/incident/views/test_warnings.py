"""Warnings: what Slack has refused, and what to do about it."""

import pytest

from bot.incident.views import warnings
from bot.ports.slack.port import SLACK
from tests.incident.views.reading import said


def test_a_warning_outside_the_war_room_names_the_incident_by_its_reference() -> None:
    text = said(warnings.warning(SLACK, "post in the war room", "is_archived", "INC-42"))
    assert "*INC-42*: I could not post in the war room" in text
    text = said(warnings.not_shown("INC-42", "is_archived"))
    assert "It is recorded" in text
    assert "Unarchive the channel" in text


@pytest.mark.parametrize(
    ("reason", "remedy"),
    [
        (
            "missing_scope",
            "reinstall the app with the current manifest.yml. Then an operator runs `warroom outbox",
        ),
        ("not_in_channel", "Invite me"),
        ("is_archived", "Unarchive the channel. Then I catch up by myself."),
        ("some_new_error", "warroom doctor"),
    ],
)
def test_a_warning_gives_slacks_reason_and_what_to_do(reason: str, remedy: str) -> None:
    text = said(warnings.warning(SLACK, "pin the card", reason))
    assert f"I could not pin the card: Slack says `{reason}`" in text
    assert remedy in text
