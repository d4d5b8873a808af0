"""What people may do to an incident. A rule returns facts, or a refusal that says in one sentence why not."""

from bot.incident.domain.rules.after_the_fact import Past, declare_past
from bot.incident.domain.rules.bridge import remove_bridge, set_bridge
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
from bot.incident.domain.rules.do_not_disturb import note_do_not_disturb, take_over_in_do_not_disturb
from bot.incident.domain.rules.ending import ITSELF, Both, cancel, mark_duplicate, reopen_duplicate
from bot.incident.domain.rules.limits import (
    REACH,
    SLACK_LENGTH_MAX,
    TEXT_MAX,
    TITLE_MAX,
    UPDATE_SLACK_LENGTH_MAX,
    slack_length,
)
from bot.incident.domain.rules.milestones import set_milestone
from bot.incident.domain.rules.naming import rename, set_kind
from bot.incident.domain.rules.notes import note
from bot.incident.domain.rules.nudging import (
    REASON_MAX,
    become_scribe,
    decline_nudge,
    keep_severity,
    may_decline,
)
from bot.incident.domain.rules.parking import park, repark, unpark
from bot.incident.domain.rules.postmortem import (
    SECTION_MAX,
    approve_postmortem,
    close_without_postmortem,
    not_in_review,
    not_over,
    not_wanted_here,
    publish_postmortem,
    send_to_review,
    take_over_entries,
    want_changes,
    write_section,
)
from bot.incident.domain.rules.reports import Report, post_report
from bot.incident.domain.rules.roles import assign, decline_role, end_roles, leave, unassign
from bot.incident.domain.rules.services import set_services
from bot.incident.domain.rules.severity_and_status import change_severity, change_status, reopen, resolve
from bot.incident.domain.rules.snoozing import may_snooze
from bot.incident.domain.rules.takeover import answer_takeover, ask_takeover
from bot.incident.domain.rules.tasks import (
    OPEN_TASKS_MAX,
    TASK_MAX,
    add_task,
    assign_task,
    drop_task,
    end_roles_and_tasks,
    finish_task,
    reopen_task,
    take_task,
)
from bot.incident.domain.rules.updates import no_change, post_update, snooze
from bot.incident.domain.rules.upkeep import (
    KEEPER,
    choose_postmortem_owner,
    keep_room,
    not_archivable,
    room_archived,
    room_unarchived,
)

__all__ = [
    "ITSELF",
    "KEEPER",
    "OBJECTION_WINDOW_MAX",
    "OPEN_TASKS_MAX",
    "REACH",
    "REASON_MAX",
    "RISK_MAX",
    "SECTION_MAX",
    "SLACK",
    "SLACK_LENGTH_MAX",
    "TASK_MAX",
    "TEXT_MAX",
    "TITLE_MAX",
    "UPDATE_SLACK_LENGTH_MAX",
    "Both",
    "Decision",
    "Past",
    "Report",
    "add_task",
    "answer_handoff",
    "answer_takeover",
    "approve_postmortem",
    "as_note",
    "ask_takeover",
    "assign",
    "assign_task",
    "become_scribe",
    "cancel",
    "change_severity",
    "change_status",
    "choose_postmortem_owner",
    "close_without_postmortem",
    "closed",
    "correct",
    "decide",
    "declare",
    "declare_past",
    "decline_nudge",
    "decline_role",
    "drop_task",
    "end_roles",
    "end_roles_and_tasks",
    "finish_task",
    "keep_room",
    "keep_severity",
    "leave",
    "let_decisions_stand",
    "mark_duplicate",
    "marked_again",
    "may_decline",
    "may_snooze",
    "message_deleted",
    "message_edited",
    "no_change",
    "not_archivable",
    "not_correctable",
    "not_in_review",
    "not_open_to_objections",
    "not_over",
    "not_replaceable",
    "not_wanted_here",
    "note",
    "note_do_not_disturb",
    "object_to_decision",
    "offer_handoff",
    "park",
    "post_report",
    "post_update",
    "publish_postmortem",
    "reaction_removed",
    "remove_bridge",
    "rename",
    "reopen",
    "reopen_duplicate",
    "reopen_task",
    "repark",
    "resolve",
    "restore",
    "room_archived",
    "room_unarchived",
    "send_to_review",
    "set_bridge",
    "set_kind",
    "set_milestone",
    "set_services",
    "slack_length",
    "snooze",
    "strike",
    "take_command",
    "take_over_entries",
    "take_over_in_do_not_disturb",
    "take_task",
    "unassign",
    "unpark",
    "want_changes",
    "withdraw_decision",
    "write_section",
]
