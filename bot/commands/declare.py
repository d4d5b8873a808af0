"""`/incident declare`: with a form, or in one line; from anywhere, also from a message."""

from collections.abc import Callable
from functools import partial

from bot.commands.registry import button, form, shortcut, word
from bot.commands.request import DeclareIncident, OpenForm, Outcome, Request, Wants
from bot.domain import rules
from bot.domain.rules import Decision, Refused
from bot.domain.vocabulary import Severity
from bot.views import modals
from bot.views.messages import no_such_severity


@word(
    "declare",
    "declare [sev1…sev4] [title]",
    "Declare an incident: opens a war room",
    "With a severity and a title it needs no form: `/incident declare sev1 Checkout is down`. "
    "Otherwise a form asks; only the title must be typed.",
    in_room=False,
)
def declare(request: Request) -> Outcome:
    """Declare at once where severity and title are given; otherwise ask."""
    first, _, rest = request.text.strip().partition(" ")
    severity = Severity.parse(first) if first.lower().startswith("s") else None
    if severity and rest.strip():
        return _declare(
            rest, partial(rules.declare, title=rest, severity=severity, by=request.actor, now=request.now)
        )
    if severity is None and first.lower().startswith("sev") and first[3:4] in {*"0123456789-"}:
        return Refused(no_such_severity(first))
    title = request.text if severity is None else ""
    return OpenForm(modals.declare(request.policy, title=title, severity=severity, channel=request.channel))


@button("declare", in_room=False)
def declare_button(request: Request) -> Outcome:
    """The menu's button opens the empty form."""
    return OpenForm(modals.declare(request.policy, channel=request.channel))


@shortcut("declare")
def declare_shortcut(request: Request) -> Outcome:
    """The global shortcut opens the empty form."""
    return OpenForm(modals.declare(request.policy))


@shortcut("declare_from_message", wants=Wants.PEOPLE)
def declare_from_message(request: Request) -> Outcome:
    """The message shortcut takes the message's text and link along."""
    message = request.message
    text = message.text.strip() if message else ""
    title = text.splitlines()[0] if text else ""
    summary = text if text != title or len(title) > rules.TITLE_MAX else ""
    link = str(request.metadata.get("link", ""))
    return OpenForm(modals.declare(request.policy, title=title, summary=summary, source=link))


@form("declare", in_room=False, wants=Wants.PEOPLE)
def submit(request: Request) -> Outcome:
    """The form was filled in."""
    commander = request.fields.get("commander")
    profile = request.people.get(commander) if commander else None
    if profile and profile.is_bot:
        return Refused("An app cannot be commander: choose a person.", field="commander")
    title = str(request.fields.get("title", ""))
    decide = partial(
        rules.declare,
        title=title,
        severity=Severity(int(request.fields.get("severity", Severity.SEV2))),
        summary=str(request.fields.get("summary", "")),
        private="private" in request.fields.get("private", ()),
        commander=commander,
        source=str(request.metadata.get("source", "")),
        by=request.actor,
        now=request.now,
    )
    return _declare(title, decide)


def _declare(title: str, decide: Callable[..., Decision]) -> Outcome:
    """Refuse before a number is spent; the rule itself is asked once more when there is one."""
    tried = decide(number=0)
    if isinstance(tried, Refused):
        return tried
    return DeclareIncident(title=" ".join(title.split()), decide=lambda number: decide(number=number))
