"""What people may do to an incident. A rule returns facts, or a refusal that says in one sentence why not."""

from bot.incident.domain.rules.command import answer_handoff, offer_handoff, take_command
from bot.incident.domain.rules.decision import Decision, closed
from bot.incident.domain.rules.declaring import declare
from bot.incident.domain.rules.limits import (
    REACH,
    TEXT_MAX,
    TITLE_MAX,
    UPDATE_WRITTEN_MAX,
    WRITTEN_MAX,
    written,
)
from bot.incident.domain.rules.notes import note
from bot.incident.domain.rules.roles import assign, part, unassign
from bot.incident.domain.rules.severity_and_status import change_severity, change_status, reopen, resolve
from bot.incident.domain.rules.updates import no_change, post_update, snooze

__all__ = [
    "REACH",
    "TEXT_MAX",
    "TITLE_MAX",
    "UPDATE_WRITTEN_MAX",
    "WRITTEN_MAX",
    "Decision",
    "answer_handoff",
    "assign",
    "change_severity",
    "change_status",
    "closed",
    "declare",
    "no_change",
    "note",
    "offer_handoff",
    "part",
    "post_update",
    "reopen",
    "resolve",
    "snooze",
    "take_command",
    "unassign",
    "written",
]
