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
from bot.incident.domain.roles import Roles
from bot.incident.domain.vocabulary import mention
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


def roles(incident: Incident, roles: Roles) -> View:
    """Give a role to a person. The form also lists who holds which role now."""
    choices = [option(role.title, role.key) for role in roles.all]
    held = [
        md(
            "{}: {}",
            role.title,
            Mrkdwn(", ".join(map(mention, incident.roles.get(role.key, ()))) or "nobody yet"),
        )
        for role in roles.with_held(incident.held).all
    ]
    return form(
        incident,
        "roles",
        "Roles",
        section(lines(*held)),
        field_block("role", "Which role?", select(choices, _vacant(incident, roles))),
        field_block(
            "person",
            "To whom?",
            person_select("Choose a person"),
            hint="If somebody has command, this offers it and the person must accept. Other roles pass at once.",
        ),
        submit="Assign",
    )


def _vacant(incident: Incident, roles: Roles) -> str:
    """The first role that nobody holds, as the most likely choice; or the last one, which several may hold."""
    return next((key for key in roles.keys if not incident.roles.get(key)), roles.keys[-1])
