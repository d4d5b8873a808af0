"""`/incident nearmiss`: report what nearly went wrong, without a channel and if one likes without a name; or see one."""

from collections.abc import Sequence
from functools import partial

from bot.core.blocks import Message, View
from bot.core.decision import Refused
from bot.core.dedup import same_words
from bot.core.tokens import in_words, people
from bot.followup.commands.near_miss_loaded import ALIKE, GONE, ONE, alike_of, item_of
from bot.followup.domain import near_miss_rules as rules
from bot.followup.domain.near_miss import SUBJECT, NearMiss
from bot.followup.domain.near_miss_facts import NOBODY
from bot.followup.domain.near_miss_listing import named
from bot.followup.views import near_miss_messages as messages
from bot.followup.views import near_miss_modals as modals
from bot.followup.views import near_miss_rows as rows
from bot.incident.commands.registry import NOTHING, button, command, form, shortcut
from bot.incident.commands.request import OpenForm, Outcome, Reply, Request, Write
from bot.incident.domain.permissions import Capability

SOMEBODY = "somebody"


@command(
    "nearmiss",
    "nearmiss [what nearly went wrong | NM-7]",
    "Report what nearly went wrong, with your name or without it; or see one with its answer",
    "No channel is opened. Everybody here can read it, and somebody answers it within a few working days. "
    "`/incident nearmiss NM-7` shows one, and lets its reporter change it or take it back; `/incident nearmisses` lists "
    "them.",
    about=NOTHING,
    may=Capability.READ,
    loads=ONE,
    synonyms={"near-miss": "", "close-call": "", "closecall": ""},
)
def nearmiss(request: Request) -> Outcome:
    """Open the form with what was typed; or show the one that was named."""
    if named(request.text) is None:
        # Nobody is looked up: the person may send it without their name.
        return OpenForm(modals.report(without_people(request.text).strip()))
    item = item_of(request)
    return Reply(rows.whole(item, request.actor)) if item else GONE


@button(messages.REPORT_BUTTON, about=NOTHING, may=Capability.OWN)
@shortcut("nearmiss", about=NOTHING, may=Capability.OWN)
def report_elsewhere(_request: Request) -> Outcome:
    """Open the empty form, from the global shortcut or a button."""
    return OpenForm(modals.report())


@form(modals.REPORT, about=NOTHING, may=Capability.OWN, loads=ALIKE)
def submit(request: Request) -> Outcome:
    """Record it. Without a name, nothing that is stored comes from the actor: see docs/decisions, 0034."""
    title, summary = (without_people(str(request.fields.get(name, ""))) for name in ("title", "summary"))
    nameless = modals.NAMELESS in request.fields.get("name", ())
    by = NOBODY if nameless else request.actor
    found = alike_of(request)
    similar = [each.number for each in found.items]
    decide = partial(rules.report, title=title, summary=summary, similar=similar, by=by, now=request.now)
    tried = decide(0)
    if isinstance(tried, Refused):
        return tried  # before a number is used
    readable = found.items if found.may_be_read else ()

    def thanks(item: NearMiss) -> View:
        return modals.thanks(item, readable)

    return Write(
        SUBJECT,
        None,
        decide,
        partial(_thanks, similar=readable),
        () if nameless else (same_words("nearmiss", request.actor, f"{title}\n{summary}"),),
        next_page=thanks,
    )


def without_people(text: str) -> str:
    """The text without the ids and names of those whom it mentions, who may be the reporter."""
    return in_words(text, dict.fromkeys(people(text), SOMEBODY))


def _thanks(item: NearMiss, similar: Sequence[NearMiss]) -> Message:
    return Message.of(modals.thanks_text(item, similar))
