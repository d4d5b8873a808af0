"""The forms, one file for each group."""

from bot.incident.views.modals.adopting import adopt
from bot.incident.views.modals.corrections import CORRECT, SECRET, STRIKE, correct
from bot.incident.views.modals.decisions import decision, objection
from bot.incident.views.modals.declaring import OPENING, declare, declare_again, opening
from bot.incident.views.modals.ending import cancel, duplicate, postmortem_owner
from bot.incident.views.modals.fields import notice, with_answer
from bot.incident.views.modals.lifecycle import reopen, resolve, severity, status
from bot.incident.views.modals.milestones import milestone
from bot.incident.views.modals.naming import rename
from bot.incident.views.modals.notes import note
from bot.incident.views.modals.nudges import decline_nudge
from bot.incident.views.modals.past import declare_past
from bot.incident.views.modals.postmortem import (
    postmortem_changes,
    postmortem_none,
    postmortem_overview,
    postmortem_section,
    postmortem_versions,
)
from bot.incident.views.modals.roles import handoff, roles
from bot.incident.views.modals.tasks import task
from bot.incident.views.modals.updates import Opened, preview, public_draft, snooze, update

__all__ = [
    "CORRECT",
    "OPENING",
    "SECRET",
    "STRIKE",
    "Opened",
    "adopt",
    "cancel",
    "correct",
    "decision",
    "declare",
    "declare_again",
    "declare_past",
    "decline_nudge",
    "duplicate",
    "handoff",
    "milestone",
    "note",
    "notice",
    "objection",
    "opening",
    "postmortem_changes",
    "postmortem_none",
    "postmortem_overview",
    "postmortem_owner",
    "postmortem_section",
    "postmortem_versions",
    "preview",
    "public_draft",
    "rename",
    "reopen",
    "resolve",
    "roles",
    "severity",
    "snooze",
    "status",
    "task",
    "update",
    "with_answer",
]
