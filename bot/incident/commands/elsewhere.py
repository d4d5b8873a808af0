"""Words of other incident tools for what there is no command for here, each with what comes nearest.

A word that becomes a command or a synonym is understood as that, and its entry here is not used any more.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Nearest:
    """What comes nearest to a word.

    Attributes:
        why: one sentence about it.
        type_this: what to type instead, without `/incident`, the nearest first.
    """

    why: str
    type_this: Sequence[str]


_ACKNOWLEDGE = Nearest(
    "To say that you deal with it, take command; or record when it was acknowledged.",
    ("assign me", "milestone acknowledged"),
)
_BRING_IN = Nearest(
    "To bring somebody in, give them a role or a task: they are told, and invited to the war room.",
    ("assign @person expert", "task @person what is to be done"),
)
_ESCALATE = Nearest(
    "To raise the severity, or to bring somebody in:", ("severity", "assign @person expert", "takeover")
)
_SUMMARY = Nearest(
    "To say how it stands, post an update; for the present state in a few lines, ask for it.",
    ("update", "catchup"),
)
_TITLE = Nearest("To correct the title or the summary:", ("rename",))
_REMOVE = Nearest(
    "Nothing is deleted. A false alarm is cancelled, and a note is struck.", ("cancel", "strike 12")
)
_ARCHIVE = Nearest(
    "A war room is archived some time after the end, and the room is asked before.", ("resolve", "cancel")
)
_UNDO = Nearest(
    "Which act do you want to undo?", ("reopen why", "unstrike 12", "task undo 2", "unassign @person")
)
_SECRET = Nearest("To remove the words of an entry everywhere:", ("strike 12 secret",))
_LINK = Nearest("Links belong on the timeline.", ("note",))
_ON_CALL = Nearest("The people who do something here:", ("who",))
_HOME = Nearest(
    "Your own roles and tasks are in this list, and on the Home tab of the app.", ("mine", "list mine")
)
_SETTINGS = Nearest("Settings are not made in Slack: an operator writes them to `policy.yml`.", ("help",))
_PRACTISE = Nearest("To practise without risk, an operator starts `warroom practice`.", ("help",))

ELSEWHERE: Mapping[str, Nearest] = {
    "ack": _ACKNOWLEDGE, "acknowledge": _ACKNOWLEDGE, "acked": _ACKNOWLEDGE,
    "page": _BRING_IN, "invite": _BRING_IN, "add": _BRING_IN, "notify": _BRING_IN, "alert": _BRING_IN,
    "escalate": _ESCALATE, "escalation": _ESCALATE,
    "summary": _SUMMARY, "summarize": _SUMMARY, "summarise": _SUMMARY, "state": _SUMMARY,
    "name": _TITLE, "edit": _TITLE,
    "delete": _REMOVE, "remove": _REMOVE, "archive": _ARCHIVE,
    "undo": _UNDO, "revert": _UNDO,
    "redact": _SECRET, "secret": _SECRET,
    "link": _LINK, "attach": _LINK, "evidence": _LINK,
    "oncall": _ON_CALL, "on-call": _ON_CALL, "schedule": _ON_CALL,
    "home": _HOME, "dashboard": _HOME,
    "settings": _SETTINGS, "config": _SETTINGS, "configure": _SETTINGS, "setup": _SETTINGS,
    "test": _PRACTISE, "practice": _PRACTISE, "drill": _PRACTISE, "demo": _PRACTISE, "tutorial": _PRACTISE,
}  # fmt: skip


def nearest_to(typed: str) -> Nearest | None:
    """What comes nearest to a word of another tool; None if nobody is known to use it."""
    return ELSEWHERE.get(typed.lower())
