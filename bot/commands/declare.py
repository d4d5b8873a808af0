"""`/incident declare`: with a form, or in one line; from anywhere, also from a message."""

import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from bot.commands.assign import no_such_person
from bot.commands.registry import button, form, shortcut, word
from bot.commands.request import DeclareIncident, OpenForm, Outcome, Request, Wants
from bot.domain import rules
from bot.domain.rules import Decision, Refused
from bot.domain.tokens import in_words
from bot.domain.vocabulary import Severity
from bot.views import modals
from bot.views.messages import no_such_severity

_SEPARATOR = r"[\s:,;(\[-]+"
# `S3 is down` speaks of Amazon's storage: that short form is taken for a severity nowhere.
_LEVEL = r"(?:sev(?:erity)?[- ]?\d+|s[124])(?!\w)"
_FIRST = re.compile(rf"(?P<level>{_LEVEL})(?:{_SEPARATOR}(?P<title>.*))?", re.IGNORECASE | re.DOTALL)
_LAST = re.compile(
    rf"(?P<title>.*\w.*?){_SEPARATOR}(?P<level>sev(?:erity)?[- ]?[1-4])[)\].!]*", re.IGNORECASE | re.DOTALL
)
_FENCE = re.compile(r"^[\s`>*_~-]*|[\s`*_~]*$")


@word(
    "declare",
    "declare [sev1…sev4] [title]",
    "Declare an incident: opens a war room",
    "With a severity and a title it needs no form: `/incident declare sev1 Checkout is down`. "
    "Otherwise a form asks; only the title must be typed.",
    in_room=False,
    wants=Wants.PEOPLE,
    synonyms={"new": "", "create": "", "open": "", "start": "", "report": "", "begin": ""},
)
def declare(request: Request) -> Outcome:
    """Declare at once where severity and title are given; otherwise ask."""
    text = in_words(request.text, request.names)
    match = _FIRST.fullmatch(text.strip()) or _LAST.fullmatch(text.strip())
    if match is None:
        return OpenForm(modals.declare(request.policy, title=text, channel=request.channel))
    severity, title = Severity.parse(match["level"]), match["title"] or ""
    if severity is None:
        return Refused(no_such_severity(match["level"]))
    if not title:
        return OpenForm(modals.declare(request.policy, severity=severity, channel=request.channel))
    decide = partial(rules.declare, title=title, severity=severity, by=request.actor, now=request.now)
    return _declare(title, decide)


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
    text = in_words(message.text, request.names).strip() if message else ""
    title = _headline(text)
    summary = text if text != title or len(title) > rules.TITLE_MAX else ""
    link = str(request.metadata.get("link", ""))
    return OpenForm(modals.declare(request.policy, title=title, summary=summary, source=link))


@form("declare", in_room=False, wants=Wants.PEOPLE)
def submit(request: Request) -> Outcome:
    """The form was filled in."""
    commander = request.fields.get("commander")
    if commander and (refused := no_such_person(request, commander)):
        return replace(refused, field="commander")
    title = in_words(str(request.fields.get("title", "")), request.names)
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


def _headline(text: str) -> str:
    """The first line with words, without what marks it as code or a quotation: pasted logs begin with a fence."""
    bare = (_FENCE.sub("", line) for line in text.splitlines())
    return next((line for line in bare if any(character.isalnum() for character in line)), "")
