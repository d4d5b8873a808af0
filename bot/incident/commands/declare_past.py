"""The form of `/incident declare --resolved`: record an incident that is over already."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from bot.core.decision import Refused
from bot.core.dedup import same_message, same_words
from bot.core.tokens import in_words
from bot.incident.commands.registry import NOTHING, form
from bot.incident.commands.request import DeclareIncident, OpenForm, Outcome, Request, Wants, moment
from bot.incident.commands.service import chosen
from bot.incident.domain import rules
from bot.incident.domain.incident import Incident
from bot.incident.domain.permissions import Capability
from bot.incident.domain.vocabulary import Severity
from bot.incident.views import modals
from bot.incident.views.replies import declared_already

OVER = "over"  # the value of the check box in the form to declare
_FLAG = re.compile(
    r"(?:^|\s)(?:--|—)(?:resolved|over)(?!\w)", re.IGNORECASE
)  # phones make a dash of two hyphens


def without_flag(text: str) -> str | None:
    """The text without `--resolved`; None if that is not there."""
    return " ".join(_FLAG.sub(" ", text).split()) if _FLAG.search(text) else None


def open_past(
    request: Request, title: str, severity: Severity | None, summary: str = "", services: Sequence[str] = ()
) -> OpenForm:
    """Open the form with what was typed so far."""
    view = modals.declare_past(
        request.policy,
        request.now,
        title=title,
        severity=severity,
        summary=summary,
        services=services,
        came_from=came_from(request),
    )
    return OpenForm(view)


def came_from(request: Request) -> str:
    """The name of what becomes the incident in another subject, such as `NM-7`; empty if nothing does."""
    return str(request.metadata.get("came_from", ""))


@form("declare_past", about=NOTHING, may=Capability.DECLARE, wants=Wants.PEOPLE)
def submit(request: Request) -> Outcome:
    """Record it, from the form. What cannot be right is refused at its field, which keeps what was typed."""
    past = rules.Past(
        title=in_words(str(request.fields.get("title", "")), request.names),
        severity=Severity(int(request.fields.get("severity", Severity.SEV2))),
        summary=str(request.fields.get("summary", "")),
        services=chosen(request),
        came_from=came_from(request),
        fix=str(request.fields.get("fix", "")),
        started=moment(request, "started"),
        detected=moment(request, "detected"),
        mitigated=moment(request, "mitigated"),
        resolved=moment(request, "resolved"),
    )
    decide = partial(rules.declare_past, past, by=request.actor, now=request.now)
    tried = decide(number=0)
    if isinstance(tried, Refused):
        return tried
    title = " ".join(past.title.split())
    declared = DeclareIncident(
        title, lambda number: decide(number=number), (same_words("declare_past", request.actor, title),)
    )
    if not past.came_from:
        return declared

    def ask(first: Incident, room: str | None) -> OpenForm:
        return OpenForm(modals.notice(declared_already(first, room, request.actor)))

    return replace(declared, dedup_keys=(*declared.dedup_keys, same_message(past.came_from)), ask=ask)
