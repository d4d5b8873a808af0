"""`/incident action`: add an action item; also from a message, by a reaction and by button."""

import json
from datetime import date
from functools import partial

from bot.core import mentions
from bot.core.blocks import Message
from bot.core.dates_ahead import NoSuchDay
from bot.core.decision import Refused
from bot.core.dedup import DedupKey, same_words
from bot.core.text import clip
from bot.core.tokens import in_words
from bot.followup.commands.arguments import ME, parse
from bot.followup.commands.change_arguments import is_about_existing, is_without_number, parse_change
from bot.followup.commands.fitting import unfit_owner
from bot.followup.commands.loaded import GONE, TYPED, item_of, listed_of, needed, today_of
from bot.followup.commands.typed import settle
from bot.followup.domain import rules
from bot.followup.domain.action_item import SUBJECT, ActionItem
from bot.followup.domain.vocabulary import Kind, Priority
from bot.followup.views import messages, modals
from bot.incident.commands.registry import INCIDENT, button, command, form, shortcut
from bot.incident.commands.request import OpenForm, Outcome, Reply, Request, Wants, Write
from bot.incident.domain.permissions import Capability

MISSING = "I still need {}."
WHICH = "Which action item? Write its number: `/incident action {} ACT-3`. `/incident actions` lists them."


def _needed(request: Request) -> tuple[Capability]:
    """Whoever settles an item needs what its buttons need; whoever names none that they may see is only told so."""
    if is_without_number(request.text):
        return (Capability.READ,)
    if parse_change(request.text) is None:
        return (Capability.CHANGE,)
    return needed(request) if item_of(request) else (Capability.READ,)


@command(
    "action",
    "action [@person] [by friday] what is to be done",
    "Add an action item: what is to be done after the incident, by whom and by when",
    "The parts may be in any order. Days are `today`, `tomorrow`, `friday`, `in 2 weeks`, `3 dec` or `2026-12-03`, in your "
    "time zone. What is missing is asked for in a form. The owner is told, and reminded three days before, on the day and "
    "weekly when it is overdue. The shortcut “Make an action item” and a :dart: on a message make one from it. "
    "`action done ACT-3 <proof>`, `action drop ACT-3 <why>`, `action move ACT-3 friday [why]`, `action ACT-3 @person` and "
    "`action undo ACT-3` settle one, from anywhere. `/incident actions` lists them.",
    about=INCIDENT,
    may=Capability.CHANGE,
    needs=_needed,
    wants=Wants.PEOPLE | Wants.PRESENT,
    loads=TYPED,
    names_other=is_about_existing,
    synonyms={"action-item": "", "followup": "", "follow-up": ""},
)
def action(request: Request) -> Outcome:
    """Add one if an owner, a day and a text are there; otherwise open the form with those that are. Or settle one."""
    if asked_change := parse_change(request.text):
        listed = listed_of(request)
        return settle(request, listed, asked_change) if listed else GONE
    if is_without_number(request.text):
        return Refused(WHICH.format(request.text.strip().lower()))
    if refused := rules.set_aside(request.about):
        return refused
    today = request.now.astimezone(request.zone).date() if request.zone else None
    asked = parse(request.text, today)
    if isinstance(asked, NoSuchDay):
        return Refused(asked.why)
    owner = ""
    if asked.person:
        owner = request.actor if asked.person == ME else mentions.person(asked.person) or ""
        if refused := unfit_owner(request, owner, asked.person):
            return refused
    if asked.title and owner and asked.due_on:
        words = same_words(f"action:{request.about.number}", request.actor, request.text)
        return _add(request, asked.title, owner, asked.due_on, words)
    missing = [
        name
        for name, there in (("what is to be done", asked.title), ("an owner", owner), ("a day", asked.due_on))
        if not there
    ]
    note = MISSING.format(" and ".join(missing)) if request.text.strip() else ""
    title = in_words(asked.title, request.names)
    return OpenForm(modals.add(request.about, title=title, owner=owner, due_on=asked.due_on, note=note))


@button(messages.ADD, about=INCIDENT, may=Capability.CHANGE)
def add_button(request: Request) -> Outcome:
    """Open the form; a button that follows a reaction has the text and the link of the message."""
    refused = rules.set_aside(request.about)
    link = str(request.metadata.get("link", ""))
    return refused or OpenForm(modals.add(request.about, title=request.text, link=link))


@shortcut("make_action_item", about=INCIDENT, may=Capability.CHANGE, wants=Wants.MESSAGE | Wants.MENTIONED)
def make_action_item(request: Request) -> Outcome:
    """Open the form with a message's text and link. After a reaction, which can open none, a button does."""
    if refused := rules.set_aside(request.about):
        return refused
    typed = (request.message.text if request.message else "") or request.text
    title = clip(" ".join(in_words(typed, request.names).split()), rules.TITLE_MAX)
    link = str(request.metadata.get("link", ""))
    was_pressed = bool(request.metadata.get("mark"))
    if request.message and request.message.by_reaction and not was_pressed:
        value = json.dumps({"number": request.about.number, "text": title, "link": link})
        return Reply(messages.ask_for_the_rest(title, value, request.names))
    return OpenForm(modals.add(request.about, title=title, link=link))


@form(modals.ADD, about=INCIDENT, may=Capability.CHANGE, wants=Wants.PEOPLE | Wants.PRESENT)
def submit(request: Request) -> Outcome:
    """Add it, from the form."""
    owner, due_on = str(request.fields.get("person", "")), chosen_day(request)
    if not owner:
        return Refused("Choose who does it.", field="person")
    if due_on is None:
        return Refused("Choose the day by which it is done.", field="due")
    if refused := unfit_owner(request, owner):
        return refused
    return _add(
        request,
        str(request.fields.get("text", "")),
        owner,
        due_on,
        link=str(request.metadata.get("link", "")),
        kind=_kind(request),
        priority=_priority(request),
    )


def chosen_day(request: Request) -> date | None:
    """The day that was chosen in a form; None if it was left empty, or is none."""
    try:
        return date.fromisoformat(str(request.fields.get("due", "")))
    except ValueError:
        return None


def _add(
    request: Request,
    title: str,
    owner: str,
    due_on: date,
    *dedup_keys: DedupKey,
    link: str = "",
    kind: Kind = Kind.PREVENT,
    priority: Priority = Priority.MEDIUM,
) -> Write:
    decide = partial(
        rules.add,
        incident=request.about,
        title=in_words(title, request.names),  # nobody is notified of being named in a list
        owner=owner,
        due_on=due_on,
        today=today_of(request),
        by=request.actor,
        now=request.now,
        kind=kind,
        priority=priority,
        link=link,
    )

    def answer(item: ActionItem) -> Message:
        return messages.added(item, request.actor)

    return Write(SUBJECT, None, decide, answer, dedup_keys)


def _kind(request: Request) -> Kind:
    chosen = str(request.fields.get("kind", ""))
    return Kind(chosen) if chosen in set(Kind) else Kind.PREVENT


def _priority(request: Request) -> Priority:
    chosen = str(request.fields.get("priority", ""))
    return Priority(int(chosen)) if chosen in {str(int(each)) for each in Priority} else Priority.MEDIUM
