"""What people may do to an incident. A rule returns facts, or a refusal that says in one sentence why not."""

from bot.incident.domain.rules.command import answer_handoff, offer_handoff, take_command
from bot.incident.domain.rules.decision import Decision, closed
from bot.incident.domain.rules.decisions import (
    OBJECTION_WINDOW_MAX,
    RISK_MAX,
    decide,
    let_decisions_stand,
    not_open_to_objections,
    not_replaceable,
    object_to_decision,
    withdraw_decision,
)
from bot.incident.domain.rules.declaring import declare
from bot.incident.domain.rules.limits import (
    REACH,
    SLACK_LENGTH_MAX,
    TEXT_MAX,
    TITLE_MAX,
    UPDATE_SLACK_LENGTH_MAX,
    slack_length,
)
from bot.incident.domain.rules.notes import note
from bot.incident.domain.rules.parking import park, repark, unpark
from bot.incident.domain.rules.roles import assign, decline_role, end_roles, leave, unassign
from bot.incident.domain.rules.severity_and_status import change_severity, change_status, reopen, resolve
from bot.incident.domain.rules.takeover import answer_takeover, ask_takeover
from bot.incident.domain.rules.updates import no_change, post_update, snooze

__all__ = [
    "OBJECTION_WINDOW_MAX",
    "REACH",
    "RISK_MAX",
    "SLACK_LENGTH_MAX",
    "TEXT_MAX",
    "TITLE_MAX",
    "UPDATE_SLACK_LENGTH_MAX",
    "Decision",
    "answer_handoff",
    "answer_takeover",
    "ask_takeover",
    "assign",
    "change_severity",
    "change_status",
    "closed",
    "decide",
    "declare",
    "decline_role",
    "end_roles",
    "leave",
    "let_decisions_stand",
    "no_change",
    "not_open_to_objections",
    "not_replaceable",
    "note",
    "object_to_decision",
    "offer_handoff",
    "park",
    "post_update",
    "reopen",
    "repark",
    "resolve",
    "slack_length",
    "snooze",
    "take_command",
    "unassign",
    "unpark",
    "withdraw_decision",
]
