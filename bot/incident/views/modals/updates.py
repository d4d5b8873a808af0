"""The form for status updates, the text to copy after it, and the form to snooze its reminder."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.core.blocks import (
    Block,
    Element,
    View,
    actions,
    button,
    checkboxes,
    context,
    field_block,
    modal,
    option,
    plain,
    preformatted,
    section,
    select,
    text_input,
    told_as_typed,
)
from bot.core.text import md, span
from bot.incident.domain.audiences import EVERYBODY, Audience
from bot.incident.domain.cadence import cadence
from bot.incident.domain.incident import Incident
from bot.incident.domain.policy import Policy
from bot.incident.domain.rules import TEXT_MAX
from bot.incident.domain.vocabulary import Severity, Status
from bot.incident.views.modals.fields import form, severities
from bot.incident.views.modals.lifecycle import STATUS_HINTS

TEXTS = ("conditions", "actions", "needs")  # the fields of which half-written text is kept
AS_USUAL = "policy"  # the choice of the next promise that follows the policy
_CHOICES = (5, 10, 15, 30, 60, 120, 240, 480, 1440)  # minutes
_NOTHING: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Opened:
    """The state that the form showed when it was opened.

    A choice that is still the same changes nothing, even if somebody else changes the incident meanwhile.
    """

    severity: Severity
    status: Status


def update(
    incident: Incident,
    policy: Policy,
    *,
    typed: Mapping[str, str] = _NOTHING,
    chosen: Status | None = None,
    is_overtaken: bool = False,
) -> View:
    """Post a status update: conditions, actions, needs; and what is changed and promised with it.

    Args:
        incident: the state.
        policy: the severities, and the longest promise.
        typed: what was typed before, by field.
        chosen: the status that the person has typed with the text; None if they typed none.
        is_overtaken: whether an update was posted since the text was typed.
    """
    view = form(
        incident,
        "update",
        "Post an update",
        *_hints(incident, {} if chosen else typed, is_overtaken=is_overtaken),
        *_texts(typed),
        field_block("severity", "Severity", select(severities(policy), str(int(incident.severity)))),
        field_block("status", "Status", select(_statuses(), (chosen or incident.status).value)),
        field_block("audiences", "For whom?", checkboxes(_audiences(incident), EVERYBODY), optional=True),
        field_block("next_in", "Next update", select(_promises(incident, policy), AS_USUAL)),
        actions(button("Preview", "preview_update", str(incident.number))),
        submit="Post",
    )
    remembered = {"severity": int(incident.severity), "status": incident.status.value}
    return view | {"private_metadata": json.dumps(json.loads(view["private_metadata"]) | remembered)}


def preview(blocks: Sequence[Block]) -> View:
    """How the update will look, over the form: below its fields nobody would see it."""
    return modal("notice", "Preview", list(blocks)) | {"close": plain("Back")}


def public_draft(incident: Incident, text: str) -> View:
    """The text for customers, to copy; the update is posted already."""
    said = section(md("Your update of *{}* is posted. To tell customers, copy this:", incident.reference))
    return modal("notice", "Public draft", [said, preformatted(text)])


def snooze(incident: Incident, policy: Policy) -> View:
    """Postpone the reminder of the update, with a reason."""
    return form(
        incident,
        "snooze",
        "Snooze",
        field_block(
            "reason",
            f"Why is there no update for another {span(policy.snooze)}?",
            text_input(max_length=TEXT_MAX, placeholder="The rollback ends in five minutes"),
        ),
        submit="Snooze",
    )


def _hints(incident: Incident, typed: Mapping[str, str], *, is_overtaken: bool) -> list[Block]:
    hints = []
    if not incident.update:
        hints.append(context(md("There is no update yet. One sentence is enough to begin.")))
    if typed and is_overtaken:
        since = "An update was posted after you wrote this, so check whether it is still true: Past updates on the card."
        hints.append(context(md("{}", since)))
    elif typed:
        hints.append(context(md("You wrote this before and did not post it.")))
    return hints


def _texts(typed: Mapping[str, str]) -> list[Block]:
    given = (
        ("conditions", "Conditions: what do customers notice now?", "Half of all payments fail"),
        ("actions", "Actions: what are we doing?", ""),
        ("needs", "Needs: what or whom do we need?", ""),
    )
    return [
        told_as_typed(
            field_block(
                name,
                label,
                text_input(
                    initial=typed.get(name, ""), multiline=True, max_length=TEXT_MAX, placeholder=example
                ),
                optional=name != "conditions",
            )
        )
        for name, label, example in given
    ]


def _statuses() -> list[Element]:
    return [option(each.value.capitalize(), each.value, hint) for each, hint in STATUS_HINTS.items()]


def _audiences(incident: Incident) -> list[Element]:
    offered = [option("War room", Audience.ROOM.value)]
    if not incident.private:
        hint = "A reply to the announcement"
        offered.append(option("Stakeholders", Audience.STAKEHOLDERS.value, hint))
    return [*offered, option("Public draft", Audience.PUBLIC.value, "A text to copy, shown only to you")]


def _promises(incident: Incident, policy: Policy) -> list[Element]:
    """The policy's cadence, and what is shorter. Mitigation, which makes it longer, may be a part of the update."""
    usual = span(cadence(incident, policy))
    longest = policy.cadence(incident.severity, mitigated=True)
    shorter = [each for minutes in _CHOICES if (each := timedelta(minutes=minutes)) <= longest]
    return [
        option(f"By policy (now within {usual})", AS_USUAL),
        *(option(f"Within {span(each)}", str(each // timedelta(minutes=1))) for each in shorter),
    ]
