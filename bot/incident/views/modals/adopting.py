"""The form that makes a channel the war room of a new incident."""

from bot.core.blocks import View, field_block, modal, person_select, radio, section, text_input
from bot.core.text import Mrkdwn, clip
from bot.incident.domain.policy import Policy
from bot.incident.domain.rules import TEXT_MAX, TITLE_MAX
from bot.incident.domain.vocabulary import Severity
from bot.incident.views.modals.fields import severities
from bot.incident.views.services import service_field

_PUBLIC = Mrkdwn("This channel becomes the war room. It keeps its name and topic; the incident is announced.")
_PRIVATE = Mrkdwn(
    "This private channel becomes the war room. It keeps its name and topic. The incident is private: it is not "
    "announced, and only members of this channel may see it."
)


def adopt(
    policy: Policy, *, title: str = "", severity: Severity | None = None, private: bool = False
) -> View:
    """Title, severity, what is known, and who takes command. Only the title is required."""
    blocks = [
        section(_PRIVATE if private else _PUBLIC),
        field_block(
            "title", "What is failing?", text_input(initial=clip(title, TITLE_MAX), max_length=TITLE_MAX)
        ),
        field_block(
            "severity",
            "How badly are customers hit?",
            radio(severities(policy), str(int(severity or Severity.SEV2))),
            hint="Unsure between two? Take the worse one; you can lower it later.",
        ),
        field_block(
            "summary",
            "What is known so far",
            text_input(multiline=True, max_length=TEXT_MAX),
            optional=True,
        ),
        *service_field(policy.services),
        field_block(
            "commander", "Incident Commander", person_select("The first who takes command"), optional=True
        ),
    ]
    return modal("adopt", "Adopt this channel", blocks, submit="Declare", metadata="{}")
