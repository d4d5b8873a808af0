"""From a person's act to the answer that they get: load, ask the handler, carry out, answer."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from typing import assert_never

from structlog.contextvars import bind_contextvars

from bot.application.incidents import Act, Done, Incidents
from bot.commands import help as help_word
from bot.commands import mentions
from bot.commands.registry import BUTTONS, FORMS, SHORTCUTS, WORDS, Action
from bot.commands.request import (
    Change,
    DeclareIncident,
    OpenForm,
    Outcome,
    Profile,
    Reply,
    Request,
    Show,
    Wants,
)
from bot.domain.effects import Place, ShowLink
from bot.domain.rules import Refused
from bot.store import failures, incidents
from bot.store.database import Database
from bot.views import help as help_views
from bot.views import messages, modals
from bot.views.blocks import Message, View
from bot.views.home import DUTIES_MAX, HOME_MAX, home
from bot.views.lists import LISTED_MAX, TIMELINE_MAX, Listed, Shortlist

FindPerson = Callable[[str, str], Awaitable[Profile | None]]  # (team, person id)

_REFERENCE = re.compile(r"inc-(\d{1,9}):?", re.IGNORECASE)

NO_INCIDENT = "This belongs to no incident any more. In a war room, `/incident` shows what can be done."
NOT_A_ROOM = "That works in a war room. `/incident list` shows the open ones."


@dataclass(frozen=True, slots=True)
class Answer:
    """What the person gets, at once and only they.

    Attributes:
        message: a reply where they are.
        view: a form to open; of `Dispatcher.home`, the tab to publish.
        refused: why it was not done.
        replace: what the submitted form turns into; None closes it.
    """

    message: Message | None = None
    view: View | None = None
    refused: Refused | None = None
    replace: View | None = None


class Dispatcher:
    """Every act of every person comes through here.

    Args:
        database: where incidents are read.
        changes: where they are changed.
        find_person: a person's profile, or None where there is no such person.
    """

    def __init__(self, database: Database, changes: Incidents, find_person: FindPerson) -> None:
        self._database = database
        self._changes = changes
        self._find_person = find_person

    async def word(self, request: Request) -> Answer:
        """`/incident …`."""
        name, rest = first_word(request.text), _first(request.text)[1]
        if name and name not in WORDS:
            return await self._carry_out(help_word.unknown(name), request)
        number, rest = _named(rest)
        request = await self._locate(replace(request, text=rest, number=number), typed=True)
        if not name:
            request = await self._load(request, Wants.OPEN)
            return await self._carry_out(help_word.menu(request), request)
        word = WORDS[name]
        if word.action.in_room and request.incident is None:
            request = await self._load(request, Wants.OPEN)
            return Answer(message=help_views.only_in_room(word, request.open_incidents))
        return await self._ask(word.action, request)

    async def home(self, request: Request) -> Answer:
        """The Home tab of the person who opened or refreshed it, as `view`."""
        async with self._database.reading() as session:
            found = await incidents.open_ones(session, request.team, request.actor, HOME_MAX)
            theirs = await incidents.of_responder(session, request.team, request.actor, DUTIES_MAX)
        listed = Shortlist(_listed(found.worst), found.total)
        return Answer(view=home(listed, _listed(theirs), request.actor, request.policy, request.now))

    async def button(self, action_id: str, request: Request) -> Answer:
        """A press of a button in a message."""
        return await self._act(BUTTONS.get(action_id), request, NO_INCIDENT)

    async def form(self, callback_id: str, request: Request) -> Answer:
        """A form that was submitted. Its errors are plain text, so people appear in them by name."""
        answer = await self._act(FORMS.get(callback_id), request, NO_INCIDENT)
        if answer.refused is None:
            return answer
        names = {
            person: await self._find_person(request.team, person)
            for person in mentions.people(answer.refused.message)
        }
        told = mentions.named(answer.refused.message, {who: each.name for who, each in names.items() if each})
        return Answer(refused=replace(answer.refused, message=told))

    async def shortcut(self, callback_id: str, request: Request) -> Answer:
        """A global or message shortcut."""
        return await self._act(SHORTCUTS.get(callback_id), request, NOT_A_ROOM)

    async def _act(self, action: Action | None, request: Request, nowhere: str) -> Answer:
        request = await self._locate(request)
        if action is None or (action.in_room and request.incident is None):
            return Answer(refused=Refused(nowhere))
        return await self._ask(action, request)

    async def _ask(self, action: Action, request: Request) -> Answer:
        request = await self._load(request, action.wants)
        return await self._carry_out(action.handle(request), request)

    async def _locate(self, request: Request, *, typed: bool = False) -> Request:
        """Find the incident that the act is about: the one it names, or the one whose war room this is.

        A number that was `typed` proves nothing; one in a button or form comes from where its incident is shown.
        """
        async with self._database.reading() as session:
            if request.number is not None:
                stored = await incidents.by_number(session, request.team, request.number)
            elif request.channel:
                stored = await incidents.by_channel(session, request.team, request.channel)
            else:
                stored = None
        elsewhere = typed and request.number is not None
        if stored and elsewhere and not stored.incident.is_visible_to(request.actor):
            stored = None  # whoever does not belong to it does not learn that it exists
        if stored:
            bind_contextvars(incident=stored.incident.number)  # whatever is logged of this act names it
        return replace(request, incident=stored.incident if stored else None)

    async def _load(self, request: Request, wants: Wants) -> Request:
        if Wants.PEOPLE in wants:
            request = replace(request, people=await self._people(request))
        if not wants & (Wants.OPEN | Wants.TIMELINE):
            return request
        async with self._database.reading() as session:
            if Wants.OPEN in wants:
                found = await incidents.open_ones(session, request.team, request.actor, LISTED_MAX)
                request = replace(request, open_incidents=Shortlist(_listed(found.worst), found.total))
            if Wants.TIMELINE in wants and request.incident:
                number = request.incident.number
                entries = await incidents.latest(session, request.team, number, TIMELINE_MAX)
                request = replace(request, timeline=entries)
        return request

    async def _people(self, request: Request) -> dict[str, Profile]:
        chosen = [str(request.fields[name]) for name in ("person", "commander") if request.fields.get(name)]
        wanted = dict.fromkeys([request.actor, *chosen, *mentions.people(request.text)])
        # Side by side: the act must be acked in time, however slowly Slack tells who they are.
        found = await asyncio.gather(*(self._find_person(request.team, person) for person in wanted))
        return {person: profile for person, profile in zip(wanted, found, strict=True) if profile}

    async def _carry_out(self, outcome: Outcome, request: Request) -> Answer:
        match outcome:
            case Refused():
                return Answer(refused=outcome)
            case Reply():
                return Answer(message=outcome.message)
            case OpenForm():
                return Answer(view=outcome.view)
            case DeclareIncident():
                return await self._declare(outcome, request)
            case Change():
                done = await self._changes.change(_act(request), request.about.number, outcome.decide)
                return Answer(refused=done) if isinstance(done, Refused) else await self._changed(done)
            case Show():
                return await self._show(outcome, request)
            case _:
                assert_never(outcome)

    async def _show(self, outcome: Show, request: Request) -> Answer:
        done = await self._changes.show(_act(request, outcome.once), request.about.number, outcome.effects)
        if isinstance(done, Refused):
            return Answer(refused=done)
        untold = (await self._changed(done)).message
        return Answer(message=untold or (outcome.again if done.repeated else None) or outcome.done)

    async def _changed(self, done: Done) -> Answer:
        """Nothing to say, as the war room shows it; unless it does not, and nobody could be told so."""
        async with self._database.reading() as session:
            untold = await failures.untold(session, done.stored.id)
        if not untold:
            return Answer()
        message = messages.not_shown(done.stored.incident.reference, untold[-1].reason)
        return Answer(message=message, replace=modals.notice(message.text))

    async def _declare(self, outcome: DeclareIncident, request: Request) -> Answer:
        link = ShowLink(view_id=request.origin.view_id, response_url=request.origin.response_url)
        done = await self._changes.declare(_act(request), outcome.decide, link)
        if isinstance(done, Refused):
            return Answer(refused=done)
        bind_contextvars(incident=done.stored.incident.number)
        message = messages.opening(outcome.title)
        if done.repeated:  # the link may have come before this second answer, which must not undo it
            async with self._database.reading() as session:
                places = await incidents.places(session, done.stored.id)
            if Place.ROOM in places:
                message = messages.opened(done.stored.incident, places[Place.ROOM].channel)
        return Answer(message=message, replace=modals.opening(message.text))


def first_word(text: str) -> str:
    """The word that was typed behind `/incident`, in small letters; empty where there is none."""
    return _first(text)[0].lower()


def _first(text: str) -> tuple[str, str]:
    """The first word and the rest, whatever white space is between them."""
    first, *rest = text.split(maxsplit=1) or [""]
    return first, rest[0].strip() if rest else ""


def _named(text: str) -> tuple[int | None, str]:
    """The incident that the text begins with (`INC-3 …`), and the rest."""
    first, rest = _first(text)
    match = _REFERENCE.fullmatch(first)
    return (int(match[1]), rest) if match else (None, text)


def _listed(found: Sequence[incidents.Listed]) -> list[Listed]:
    return [Listed(stored.incident, channel) for stored, channel in found]


def _act(request: Request, once: str = "") -> Act:
    return Act(id=once or request.id, team=request.team, now=request.now, permanent=bool(once))
