"""`/incident declare`: with a form or in one line, from any channel or from a message."""

import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from bot.core.decision import Refused
from bot.core.dedup import DedupKey, same_message, same_words
from bot.core.tokens import in_words
from bot.incident.commands.assign import no_such_person
from bot.incident.commands.declare_past import OVER, came_from, open_past, without_flag
from bot.incident.commands.drill_words import DRILL, as_drill, without_drill_words
from bot.incident.commands.registry import NOTHING, button, command, form, shortcut
from bot.incident.commands.request import (
    DeclareIncident,
    MarkedMessage,
    OpenForm,
    Outcome,
    Reply,
    Request,
    Wants,
)
from bot.incident.commands.service import chosen
from bot.incident.domain import rules
from bot.incident.domain.effects import AnswerSource, Effect
from bot.incident.domain.incident import Incident
from bot.incident.domain.permissions import Capability
from bot.incident.domain.rules import Decision
from bot.incident.domain.vocabulary import Severity
from bot.incident.views import modals
from bot.incident.views.replies import another_one, declared_already, no_such_severity

_SEPARATOR = r"[\s:,;(\[-]+"
# `S3 is down` is about Amazon's storage: that short form never means a severity.
_LEVEL = r"(?:sev(?:erity)?[- ]?\d+|s[124])(?!\w)"
_FIRST = re.compile(rf"(?P<level>{_LEVEL})(?:{_SEPARATOR}(?P<title>.*))?", re.IGNORECASE | re.DOTALL)
_LAST = re.compile(
    rf"(?P<title>.*\w.*?){_SEPARATOR}(?P<level>sev(?:erity)?[- ]?[1-4])[)\].!]*", re.IGNORECASE | re.DOTALL
)
_FENCE = re.compile(r"^[\s`>*_~-]*|[\s`*_~]*$")


@command(
    "declare",
    "declare [drill] [sev1…sev4] [title] [--resolved]",
    "Declare an incident: opens a war room",
    "With a severity and a title it needs no form: `/incident declare sev1 Checkout is down`. "
    "Otherwise a form opens; only the title is required. `--resolved` records one that is over already, with its times: "
    "no war room, no announcement. `drill`, or a title that begins with `Drill:`, declares a drill: it says so everywhere, calls "
    "nobody, and is counted apart.",
    about=NOTHING,
    may=Capability.DECLARE,
    wants=Wants.MENTIONED | Wants.KNOWN,
    synonyms={
        "new": "",
        "create": "",
        "open": "",
        "start": "",
        "report": "",
        "begin": "",
        "incident": "",
        "raise": "",
        "trigger": "",
    },
)
def declare(request: Request) -> Outcome:
    """Declare at once if severity and title are given; otherwise open the form."""
    text, is_drill = without_drill_words(in_words(request.text, request.names))
    if (past := without_flag(text)) is not None:
        severity, title = severity_and_title(past)
        return open_past(request, as_drill(title, is_drill=is_drill), severity)
    match = _FIRST.fullmatch(text.strip()) or _LAST.fullmatch(text.strip())
    if match is None:
        return OpenForm(
            modals.declare(
                request.policy, title=text, channel=request.channel, known=request.known, drill=is_drill
            )
        )
    severity, title = Severity.parse(match["level"]), as_drill(match["title"] or "", is_drill=is_drill)
    if severity is None:
        return Refused(no_such_severity(match["level"]))
    if not title:
        return OpenForm(
            modals.declare(
                request.policy,
                severity=severity,
                channel=request.channel,
                known=request.known,
                drill=is_drill,
            )
        )
    decide = partial(rules.declare, title=title, severity=severity, by=request.actor, now=request.now)
    declared = _declare(title, decide, same_words("declare", request.actor, title))
    if isinstance(declared, Refused):
        return declared
    words = f"{severity.label} {declared.title}"
    return replace(declared, ask=lambda first, room: Reply(another_one(first, room, words, request.actor)))


def severity_and_title(text: str) -> tuple[Severity | None, str]:
    """The severity at one end of the text, and the rest as the title; None and the text if there is none."""
    match = _FIRST.fullmatch(text.strip()) or _LAST.fullmatch(text.strip())
    severity = Severity.parse(match["level"]) if match else None
    return (severity, match["title"] or "") if match and severity else (None, text.strip())


def is_complete(request: Request) -> bool:
    """Whether severity and title are typed, so that no form opens."""
    if request.message or without_flag(request.text) is not None:
        return False
    text = without_drill_words(request.text)[0].strip()
    match = _FIRST.fullmatch(text) or _LAST.fullmatch(text)
    return bool(match and match["title"])


@button("declare_again", about=NOTHING, may=Capability.DECLARE)
def declare_again(request: Request) -> Outcome:
    """Declare another incident with the same words, after the person was asked."""
    declared = declare(request)
    if not isinstance(declared, DeclareIncident):
        return declared
    twice = same_words("declare_again", request.actor, declared.title)
    return replace(declared, dedup_keys=(twice,), ask=None)


@button("declare", about=NOTHING, may=Capability.DECLARE, wants=Wants.KNOWN)
def declare_button(request: Request) -> Outcome:
    """Open the empty form, from the menu's button."""
    return OpenForm(modals.declare(request.policy, channel=request.channel, known=request.known))


@shortcut("declare", about=NOTHING, may=Capability.DECLARE, wants=Wants.KNOWN)
def declare_shortcut(request: Request) -> Outcome:
    """Open the empty form, from the global shortcut."""
    return OpenForm(modals.declare(request.policy, known=request.known))


@shortcut("declare_from_message", about=NOTHING, may=Capability.DECLARE, wants=Wants.MENTIONED | Wants.KNOWN)
def declare_from_message(request: Request) -> Outcome:
    """Open the form with a message's text and link, from the message shortcut."""
    message = request.message
    text = in_words(message.text, request.names).strip() if message else ""
    title = _headline(text)
    summary = text if text != title or len(title) > rules.TITLE_MAX else ""
    link = str(request.metadata.get("link", ""))
    place = (message.channel, message.ts, message.thread) if message else None
    form = modals.declare(
        request.policy, title=title, summary=summary, source=link, message=place, known=request.known
    )
    return OpenForm(form)


def declare_from(request: Request, name: str, title: str, summary: str) -> OpenForm:
    """Open the form for what becomes an incident and has a name in another subject, such as `NM-7`."""
    form = modals.declare(
        request.policy,
        title=title,
        summary=summary,
        channel=request.channel,
        known=request.known,
        came_from=name,
    )
    return OpenForm(form)


def needed_for_form(request: Request) -> tuple[Capability, ...]:
    """What a form to declare needs: whoever may not give somebody command cannot do it there either."""
    named = [Capability.COMMAND] if request.fields.get("commander") else []
    return (Capability.DECLARE, *named)


@form("declare", about=NOTHING, may=Capability.DECLARE, needs=needed_for_form, wants=Wants.PEOPLE)
def submit(request: Request) -> Outcome:
    """Declare, from the form."""
    if OVER in request.fields.get("over", ()):
        return _past(request)
    commander = request.fields.get("commander")
    if commander and (refused := no_such_person(request, commander)):
        return replace(refused, field="commander")
    title = _title(request)
    private = "private" in request.fields.get("private", ())
    proposed = request.metadata.get("severity_proposed")
    decide = partial(
        rules.declare,
        title=title,
        severity=Severity(int(request.fields.get("severity", Severity.SEV2))),
        summary=str(request.fields.get("summary", "")),
        private=private,
        commander=commander,
        source=str(request.metadata.get("source", "")),
        services=chosen(request),
        severity_assumed=proposed == int(request.fields.get("severity", Severity.SEV2)),
        came_from=came_from(request),
        by=request.actor,
        now=request.now,
    )
    message = _declared_from(request)
    more = (AnswerSource(message.channel, message.thread or message.ts),) if message and not private else ()
    if request.metadata.get("again"):
        return _declare(title, decide, more=more)
    dedup_keys = [same_words("declare", request.actor, title)]
    if message:
        dedup_keys.append(same_message(f"{message.channel}:{message.ts}"))
    if name := came_from(request):
        dedup_keys.append(same_message(name))
    declared = _declare(title, decide, *dedup_keys, more=more)
    return declared if isinstance(declared, Refused) else replace(declared, ask=partial(_ask, request))


def _past(request: Request) -> Outcome:
    """The next page, for one that is over, with what was typed so far. It has no members who could see a private one."""
    given = request.fields
    if "private" in given.get("private", ()):
        why = "An incident that is over has no war room, whose members could see a private one: record it openly."
        return Refused(why, field="private")
    title, severity = _title(request), Severity(int(given.get("severity", Severity.SEV2)))
    return open_past(request, title, severity, str(given.get("summary", "")), chosen(request))


def _title(request: Request) -> str:
    """The title of the form; if the box is ticked, it says that it is a drill."""
    title = in_words(str(request.fields.get("title", "")), request.names)
    return as_drill(title, is_drill=DRILL in request.fields.get("drill", ()))


def _declared_from(request: Request) -> MarkedMessage | None:
    """The message from which the form was opened; None if there is none."""
    match request.metadata.get("message"):
        case [str(channel), str(ts), str(thread)]:
            return MarkedMessage(channel, ts, thread=thread)
        case _:
            return None


def _ask(request: Request, first: Incident, room: str | None) -> OpenForm:
    """The form again, with the same values."""
    given = request.fields
    form = modals.declare(
        request.policy,
        title=str(given.get("title", "")),
        severity=Severity(int(given.get("severity", Severity.SEV2))),
        summary=str(given.get("summary", "")),
        source=str(request.metadata.get("source", "")),
        services=chosen(request),
        drill=DRILL in given.get("drill", ()),
        came_from=came_from(request),
    )
    return OpenForm(
        modals.declare_again(form, declared_already(first, room, request.actor), request.metadata)
    )


def _declare(
    title: str, decide: Callable[..., Decision], *dedup_keys: DedupKey, more: tuple[Effect, ...] = ()
) -> DeclareIncident | Refused:
    """Refuse before a number is used. The rule decides again when the number is known."""
    tried = decide(number=0)
    if isinstance(tried, Refused):
        return tried
    return DeclareIncident(
        " ".join(title.split()), lambda number: decide(number=number), dedup_keys, more=more
    )


def _headline(text: str) -> str:
    """The first line with words, without marks of code or quotation: pasted logs often begin with a code fence."""
    bare = (_FENCE.sub("", line) for line in text.splitlines())
    return next((line for line in bare if any(character.isalnum() for character in line)), "")
