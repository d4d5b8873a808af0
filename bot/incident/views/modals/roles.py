"""The forms to offer command and to assign roles."""

from bot.core.blocks import (
    View,
    field_block,
    option,
    person_select,
    section,
    select,
)
from bot.core.text import Mrkdwn, lines, md
from bot.incident.domain.incident import Incident
from bot.incident.domain.vocabulary import Role, mention
from bot.incident.views.modals.fields import form


def handoff(incident: Incident) -> View:
    """Offer command to somebody."""
    return form(
        incident,
        "handoff",
        "Offer command",
        field_block(
            "person",
            "To whom?",
            person_select("Choose a person"),
            hint="Command passes when they accept. Until then nothing changes.",
        ),
        submit="Offer",
    )


def roles(incident: Incident) -> View:
    """Give a role to a person. The form also lists who holds which role now."""
    choices = [option(role.title, role.value) for role in Role]
    held = [
        md(
            "{}: {}",
            role.title,
            Mrkdwn(", ".join(map(mention, incident.roles.get(role, ()))) or "nobody yet"),
        )
        for role in Role
    ]
    return form(
        incident,
        "roles",
        "Roles",
        section(lines(*held)),
        field_block("role", "Which role?", select(choices, _vacant(incident).value)),
        field_block(
            "person",
            "To whom?",
            person_select("Choose a person"),
            hint="If somebody has command, this offers it and the person must accept. Other roles pass at once.",
        ),
        submit="Assign",
    )


def _vacant(incident: Incident) -> Role:
    """The first role that nobody holds, as the most likely choice."""
    return next((role for role in Role if not incident.roles.get(role)), Role.EXPERT)
