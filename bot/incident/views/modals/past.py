"""The form that records an incident which is over already."""

import json
from collections.abc import Sequence
from datetime import datetime

from bot.core.blocks import View, field_block, modal, moment_picker, radio, section, text_input
from bot.core.text import Mrkdwn, clip
from bot.incident.domain.policy import Policy
from bot.incident.domain.rules import TEXT_MAX, TITLE_MAX
from bot.incident.domain.vocabulary import Severity
from bot.incident.views.modals.fields import severities
from bot.incident.views.services import service_field

_WHAT = Mrkdwn("It is over already: no war room is opened, nothing is announced, and nobody is called.")


def declare_past(
    policy: Policy,
    now: datetime,
    *,
    title: str = "",
    severity: Severity | None = None,
    summary: str = "",
    services: Sequence[str] = (),
    came_from: str = "",
) -> View:
    """Title, severity, what happened, and when. Only the title and the end are required."""
    long_text = text_input(initial=clip(summary, TEXT_MAX), multiline=True, max_length=TEXT_MAX)
    blocks = [
        section(_WHAT),
        field_block(
            "title", "What failed?", text_input(initial=clip(title, TITLE_MAX), max_length=TITLE_MAX)
        ),
        field_block(
            "severity",
            "How badly were customers hit?",
            radio(severities(policy), str(int(severity or Severity.SEV2))),
        ),
        field_block("summary", "What happened?", long_text, optional=True),
        *service_field(policy.services, services),
        field_block("started", "When did impact start?", moment_picker(), optional=True),
        field_block("detected", "When was it detected?", moment_picker(), optional=True),
        field_block("mitigated", "When did impact end?", moment_picker(), optional=True),
        field_block("resolved", "When was it over?", moment_picker(now)),
        field_block("fix", "What ended it?", text_input(multiline=True, max_length=TEXT_MAX), optional=True),
    ]
    metadata = json.dumps({"came_from": came_from}) if came_from else ""
    return modal("declare_past", "Already over", blocks, submit="Record", metadata=metadata)
