"""The forms that cancel a false alarm, and that close a duplicate."""

from bot.core.blocks import View, field_block, option, person_select, select, text_input
from bot.core.newer import alert
from bot.core.text import Mrkdwn
from bot.incident.domain.incident import Incident
from bot.incident.domain.rules import TEXT_MAX
from bot.incident.domain.shortlist import Shortlist
from bot.incident.views.modals.fields import form

OPEN_MAX = 100  # options of a menu


def cancel(incident: Incident, reason: str = "") -> View:
    """Cancel a false alarm; why is optional."""
    return form(
        incident,
        "cancel",
        "False alarm",
        alert(
            Mrkdwn(
                "This closes the incident as a false alarm. Nobody owes a review, and it can be opened again."
            )
        ),
        field_block(
            "reason",
            "Why was it a false alarm?",
            text_input(
                initial=reason,
                multiline=True,
                max_length=TEXT_MAX,
                placeholder="The monitor was wrong: no customer noticed anything",
            ),
            optional=True,
        ),
        submit="Close as false alarm",
    )


def duplicate(incident: Incident, listed: Shortlist) -> View:
    """Say of which incident it is a duplicate: an open one from the menu, or any other by its reference."""
    others = [
        option(f"{each.incident.reference} {each.incident.title}", str(each.incident.number))
        for each in listed.worst[:OPEN_MAX]
        if each.incident.number != incident.number and each.incident.private is incident.private
    ]
    menu = [field_block("other", "Which incident goes on?", select(others), optional=True)] if others else []
    return form(
        incident,
        "duplicate",
        "Duplicate",
        alert(
            Mrkdwn(
                "This closes the incident and leads its people to the other one, which gets its timeline. "
                "It can be opened again."
            )
        ),
        *menu,
        field_block(
            "reference",
            "Or another one, also if it is closed" if others else "Which incident goes on?",
            text_input(max_length=50, placeholder="INC-7"),
            optional=bool(others),
        ),
        field_block(
            "reason", "How do you know?", text_input(multiline=True, max_length=TEXT_MAX), optional=True
        ),
        submit="Merge",
    )


def postmortem_owner(incident: Incident) -> View:
    """Say who writes the postmortem."""
    return form(
        incident,
        "postmortem_owner",
        "Postmortem",
        field_block("person", "Who writes it?", person_select("Somebody who was there")),
    )
