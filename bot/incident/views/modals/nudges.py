"""The form for the reason why what a nudge asks for is not done."""

import json

from bot.core.blocks import View, field_block, text_input
from bot.incident.domain.incident import Incident
from bot.incident.domain.nudge_kinds import NudgeKind
from bot.incident.domain.rules import REASON_MAX
from bot.incident.views.modals.fields import form
from bot.incident.views.nudges import DECLINE

_WHY = {
    NudgeKind.SEVERITY: ("Why can nobody tell the severity?", "The dashboards are down too"),
    NudgeKind.SCRIBE: ("Why is no scribe needed?", "Two of us, and we write notes ourselves"),
    NudgeKind.SILENCE: ("Why is there nothing to add?", "The vendor is working on it, and we wait"),
    NudgeKind.MITIGATED: ("Why is it not over?", "The fix goes out tomorrow"),
    NudgeKind.FORGOTTEN: ("Why is it still open?", "We wait for a part from the vendor"),
}


def decline_nudge(incident: Incident, kind: NudgeKind) -> View:
    """Ask for the reason; the timeline keeps it, and the question does not come again until things change."""
    label, example = _WHY[kind]
    field = field_block("reason", label, text_input(max_length=REASON_MAX, placeholder=example))
    view = form(incident, DECLINE, "Why not", field)
    return view | {"private_metadata": json.dumps({"number": incident.number, "nudge": kind.value})}
