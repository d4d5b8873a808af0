"""What people may do to an incident. A rule returns facts, or a refusal that says in one sentence why not."""

from bot.incident.domain.rules.captured import (
    SLACK,
    as_note,
    marked_again,
    message_deleted,
    message_edited,
    reaction_removed,
)
from bot.incident.domain.rules.command import answer_handoff, offer_handoff, take_command
from bot.incident.domain.rules.corrections import correct, not_correctable, restore, strike
from bot.incident.domain.rules.decision import Decision, closed
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
from bot.incident.domain.rules.roles import assign, end_roles, unassign
from bot.incident.domain.rules.severity_and_status import change_severity, change_status, reopen, resolve
from bot.incident.domain.rules.updates import no_change, post_update, snooze

__all__ = [
    "REACH",
    "SLACK",
    "SLACK_LENGTH_MAX",
    "TEXT_MAX",
    "TITLE_MAX",
    "UPDATE_SLACK_LENGTH_MAX",
    "Decision",
    "answer_handoff",
    "as_note",
    "assign",
    "change_severity",
    "change_status",
    "closed",
    "correct",
    "declare",
    "end_roles",
    "marked_again",
    "message_deleted",
    "message_edited",
    "no_change",
    "not_correctable",
    "note",
    "offer_handoff",
    "post_update",
    "reaction_removed",
    "reopen",
    "resolve",
    "restore",
    "slack_length",
    "snooze",
    "strike",
    "take_command",
    "unassign",
]
