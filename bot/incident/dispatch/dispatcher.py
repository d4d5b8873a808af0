"""From a person's act to its answer: load, ask the handler, carry out, answer."""

import asyncio
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, assert_never

from structlog.contextvars import bind_contextvars

from bot.core import mentions, tokens
from bot.core.channels import FindChannel, nothing_is_known
from bot.core.decision import Refused
from bot.core.dedup import DedupKey, digest
from bot.core.people import FindPerson
from bot.core.templates import Templates
from bot.engine.acts.acts import Acts
from bot.engine.acts.idempotency import CommittedBy, Done
from bot.engine.store import drafts
from bot.engine.store.acts import Act
from bot.engine.store.database import Database
from bot.engine.store.drafts import DraftKey
from bot.incident.commands import help as help_command
from bot.incident.commands import parsing, questions
from bot.incident.commands.registry import BUTTONS, FORMS, INCIDENT, NOTHING, SHORTCUTS, Action, Command
from bot.incident.commands.request import (
    ChangeBoth,
    ChangeIncident,
    DeclareIncident,
    Follow,
    Keep,
    KeepDraft,
    LookBack,
    OpenForm,
    Outcome,
    Reply,
    Request,
    Show,
    Wants,
    Write,
)
from bot.incident.dispatch import answers
from bot.incident.dispatch.access import Access
from bot.incident.dispatch.actors import Actors
from bot.incident.dispatch.answers import Answer
from bot.incident.dispatch.home import FindProblems, Homes, no_problems
from bot.incident.dispatch.loading import Loading
from bot.incident.dispatch.locating import locate
from bot.incident.dispatch.looking_back import LookingBack
from bot.incident.dispatch.neighbours import ALONE, Neighbours
from bot.incident.dispatch.permissions import PermissionCheck
from bot.incident.dispatch.unmarking import Unmarking
from bot.incident.domain.effects import Effect, ShowLink
from bot.incident.domain.incident import Incident
from bot.incident.effects.registry import EFFECTS
from bot.incident.effects.show_link import with_link
from bot.incident.effects.writer import Incidents
from bot.incident.store import subscriptions
from bot.incident.views import modals, replies
from bot.incident.views.choices import CHOSEN

NO_INCIDENT = "This belongs to no incident any more. In a war room, `/incident` shows what can be done."
NOT_A_ROOM = "That works in a war room. `/incident list` shows the open ones."


class Dispatcher:
    """Handles every act of every person.

    Args:
        database: where incidents are stored.
        acts: carries out acts on the streams of each subject, by its name.
        find_person: returns a person's profile, or None if there is no such person.
        templates: returns the words of updates that count now.
        find_channel: returns what Slack knows of a channel.
        find_problems: finds what administrators should know of.
        neighbours: what other subjects bring.
    """

    def __init__(
        self,
        database: Database,
        acts: Mapping[str, Acts[Any, Any]],
        find_person: FindPerson,
        templates: Callable[[], Templates],
        *,
        find_channel: FindChannel = nothing_is_known,
        find_problems: FindProblems = no_problems,
        neighbours: Neighbours = ALONE,
    ) -> None:
        self._database = database
        self._every = acts
        self._acts: Incidents = acts[EFFECTS.subject]
        self._find_person = find_person
        actors = Actors(database, find_person)
        self._access = Access(database, actors)
        self._permissions = PermissionCheck(self._access, actors)
        self._loading = Loading(
            database, self._access, find_person, templates, find_channel, neighbours=neighbours
        )
        self._loaders = neighbours.loaders
        self._keepers = neighbours.keepers
        self._homes = Homes(database, self._access, self._permissions, find_problems, neighbours.duties)
        self._looking_back = LookingBack(database, self._access, neighbours.action_records)
        self._unmarking = Unmarking(database, self._acts, self._access, self._permissions)

    async def command(self, request: Request) -> Answer:
        """Answer `/incident …`. Text that was typed in vain is given back with the answer."""
        typed = parsing.parse(request.text)
        if not typed.name:
            request = await self._loading.load(await self._locate(request), Wants.OPEN)
            return await self._carry_out(help_command.menu(request), request)
        if typed.command is None:
            answer = await self._carry_out(help_command.unknown(typed.name), request)
            return answers.with_typed_text(replace(answer, undone=True), request.text)
        asked = replace(request, text=typed.text, synonym=typed.synonym)
        answer = await self._command(typed.command, asked)
        if answers.is_unused(typed.command, typed.text):
            return answers.with_unused_text(answer, typed.command, request.text)
        return answers.with_typed_text(answer, request.text)

    async def _command(self, command: Command, request: Request) -> Answer:
        if command.action.about is NOTHING or (command.names_other and command.names_other(request.text)):
            return await self._ask(command.action, request)
        located = await locate(self._access, command, request)
        if isinstance(located, Refused):
            return Answer(refused=located)
        request = located.request
        if request.incident is None:
            request = await self._loading.load(request, Wants.OPEN)
            return Answer(message=questions.ask_which_open(command, request), undone=True)
        bind_contextvars(incident=request.incident.number)  # every log line of this act names it
        if located.doubt and located.unclear:
            return Answer(message=questions.ask_which_of_two(command, request, located.doubt), undone=True)
        answer = await self._ask(command.action, request)
        if located.doubt and answer == Answer():
            return Answer(message=questions.say_where_recorded(command, request, located.doubt))
        if answer.refused and answer.refused.unless_sure:
            return replace(answer, message=questions.ask_if_sure(command, request, answer.refused))
        return answer

    async def home(self, request: Request) -> Answer:
        """Return the Home tab of the person who opened or refreshed it, as `view`."""
        return Answer(view=await self._homes.view(request))

    async def button(self, action_id: str, request: Request) -> Answer:
        """Answer a press of a button in a message. Text that the button carries is given back if it was in vain."""
        answer = await self._act(BUTTONS.get(action_id), request, NO_INCIDENT)
        if action_id != CHOSEN:
            return answer
        message = answer.message or (
            None if answer.view or answer.refused else replies.answer(answers.DONE_HERE)
        )
        return answers.with_typed_text(replace(answer, message=message, in_place=True), request.text)

    async def form(self, callback_id: str, request: Request) -> Answer:
        """Answer a form that was submitted. Its errors are plain text, so they show people by name."""
        answer = await self._act(FORMS.get(callback_id), request, NO_INCIDENT)
        if answer.view:  # the next page
            return Answer(replace=answer.view)
        if answer.refused is None:
            return answer
        names = {
            person: await self._find_person(request.team, person)
            for person in tokens.people(answer.refused.message)
        }
        text = mentions.with_names(
            answer.refused.message, {who: each.name for who, each in names.items() if each}
        )
        return Answer(refused=replace(answer.refused, message=text))

    async def shortcut(self, callback_id: str, request: Request) -> Answer:
        """Answer a global or message shortcut."""
        used = replace(request, shortcut=callback_id)
        return await self._act(SHORTCUTS.get(callback_id), used, NOT_A_ROOM)

    async def unmarked(self, request: Request) -> Answer:
        """Answer a reaction that was taken back. Most answers are empty."""
        return await self._unmarking.answer(request)

    async def _act(self, action: Action | None, request: Request, nowhere: str) -> Answer:
        # A message can be marked only in its own channel; otherwise the mark is forged.
        forged = request.message is not None and request.message.channel != request.channel
        if action is None or forged:
            return Answer(refused=Refused(nowhere))
        if action.about is INCIDENT:
            request = await self._locate(request)
            if request.incident is None:
                return await self._without_incident(request, nowhere)
        return await self._ask(action, request)

    async def _without_incident(self, request: Request, nowhere: str) -> Answer:
        """Ask which incident a marked message belongs to; refuse any other act without an incident."""
        question = None
        if request.message:
            question = questions.ask_where_to_note(await self._loading.load(request, Wants.OPEN))
        return Answer(message=question) if question else Answer(refused=Refused(nowhere))

    async def may_administer(self, request: Request) -> bool:
        """Whether the actor may see how the installation is: by default the workspace's admins and owners."""
        return await self._permissions.may_administer(request)

    async def _ask(self, action: Action, request: Request) -> Answer:
        """Ask the handler, if the person may do it: every command, button, form and shortcut comes here."""
        request = await self._loading.load(request, action.wants)
        if action.loads:
            before = request.incident
            request = await self._loaders[action.loads](request, self._access)
            if (
                request.incident is not before
            ):  # it belongs to another incident, of which nothing is loaded yet
                request = await self._loading.load(request, action.wants)
        if refused := await self._permissions.refusal(action, request):
            # With a message, so that a reaction is answered too: one that is only out of place is not.
            return Answer(message=replies.refusal(refused.message), refused=refused)
        return await self._carry_out(action.handle(request), request)

    async def _locate(self, request: Request) -> Request:
        """Find the incident that the act is about: the one it names, or the one whose war room this is."""
        if request.number is None:
            incident = await self._access.here(request)
        else:
            incident = await self._access.numbered(request, request.number)
        if incident:
            bind_contextvars(incident=incident.number)
        in_its_room = incident is not None and request.number is None
        return replace(request, incident=incident, in_its_room=in_its_room)

    async def _carry_out(self, outcome: Outcome, request: Request) -> Answer:
        match outcome:
            case Refused():
                return Answer(refused=outcome)
            case Reply():
                return Answer(
                    message=outcome.message, in_place=outcome.in_place, in_channel=outcome.in_channel
                )
            case LookBack():
                pasts = await self._looking_back.read(outcome, request)
                return await self._carry_out(await asyncio.to_thread(outcome.then, pasts), request)
            case OpenForm():
                return Answer(view=answers.with_channel(outcome.view, request), on_top=outcome.on_top)
            case DeclareIncident():
                return await self._declare(outcome, request)
            case ChangeIncident():
                act = _act(request, outcome.dedup_keys)
                done = await self._acts.change(act, request.about.number, outcome.decide)
                if not isinstance(done, Refused):
                    return _changed(outcome, done, request)
                again = outcome.ask_again if done.unless_sure else None
                return Answer(replace=again(done)) if again else Answer(refused=done)
            case ChangeBoth():
                about = request.about.number
                both = await self._acts.change_both(_act(request, ()), about, outcome.other, outcome.decide)
                if isinstance(both, Refused):
                    return Answer(refused=both)
                return answers.change_answer(both, request)
            case KeepDraft():
                async with self._database.writing() as session:
                    key = DraftKey(request.team, request.actor, request.about.number, outcome.form)
                    await drafts.keep(session, key, outcome.fields, request.now)
                return Answer()
            case Follow():
                await self._follow(outcome, request)
                return Answer(message=outcome.done, in_place=outcome.in_place)
            case Keep():
                async with self._database.writing() as session:
                    await self._keepers[outcome.what](session, request, outcome.value)
                page = modals.notice(outcome.done.text)
                return Answer(message=outcome.done, replace=page, in_place=outcome.in_place)
            case Show():
                return await self._show(outcome, request)
            case Write():
                return await self._write(outcome, request)
            case _:
                assert_never(outcome)

    async def _show(self, outcome: Show, request: Request) -> Answer:
        act = _act(request, outcome.dedup_keys, outcome.once)
        done = await self._acts.show(act, request.about.number, outcome.effects)
        if isinstance(done, Refused):
            return Answer(refused=done)
        if done.unshown_warnings:
            return Answer(message=answers.not_shown(done))
        said = (outcome.again if done.repeated else None) or outcome.done
        return Answer(message=answers.with_place(said, done, request))

    async def _follow(self, outcome: Follow, request: Request) -> None:
        async with self._database.writing() as session:
            for each in outcome.changes:
                await subscriptions.change(session, request.team, request.actor, each)

    async def _write(self, outcome: Write, request: Request) -> Answer:
        acts, act = self._every[outcome.subject], _act(request, outcome.dedup_keys)
        if outcome.number is None:
            done = await acts.begin(act, outcome.decide)
        else:
            done = await acts.change(act, outcome.number, outcome.decide)
        if isinstance(done, Refused):
            return Answer(refused=done)
        message = outcome.done(done.stored.state)
        page = outcome.next_page(done.stored.state) if outcome.next_page else modals.notice(message.text)
        return Answer(message=message, replace=page, in_place=outcome.in_place)

    async def _may_see(self, done: Done[Incident], request: Request) -> bool:
        return await self._access.numbered(request, done.stored.state.number) is not None

    async def _declare(self, outcome: DeclareIncident, request: Request) -> Answer:
        link = ShowLink(view_id=request.origin.view_id, response_url=request.origin.response_url)

        def show(effects: Sequence[Effect]) -> Sequence[Effect]:
            return (*with_link(effects, link), *outcome.more)

        act = _act(request, outcome.dedup_keys)
        done = await self._acts.begin(act, outcome.decide, show)
        if (
            isinstance(done, Done)
            and done.committed_by is CommittedBy.DUPLICATE_ACT
            and not await self._may_see(done, request)
        ):
            # People who do not belong to it do not learn that it exists.
            done = await self._acts.begin(replace(act, dedup_keys=()), outcome.decide, show)
        if isinstance(done, Refused):
            return Answer(refused=done)
        incident = done.stored.state
        bind_contextvars(incident=incident.number)
        if done.committed_by is CommittedBy.CORRECTED_FORM:
            return Answer(refused=Refused(replies.sent_before(incident), field="title"))
        if done.committed_by is CommittedBy.DUPLICATE_ACT and outcome.ask:
            return answers.question_answer(outcome.ask(incident, done.room or None))
        if incident.without_room:
            message = replies.recorded_past(incident)
            return Answer(message=message, replace=modals.notice(message.text))
        if incident.adopted:
            message = replies.adopted(incident, request.channel)
            return Answer(message=message, replace=modals.notice(message.text))
        # The link may have come before a second answer, which must not replace it.
        message = replies.opened(incident, done.room) if done.room else replies.opening(outcome.title)
        return Answer(message=message, replace=modals.opening(message.text))


def _act(request: Request, dedup_keys: Sequence[DedupKey], once: str = "") -> Act:
    """The act of this request. A submitted form may be corrected and sent again: the digest of its contents tells."""
    contents = json.dumps(request.fields, sort_keys=True, default=str)
    return Act(
        id=once or request.id,
        team=request.team,
        now=request.now,
        permanent=bool(once),
        digest=digest(contents) if request.origin.view_id else "",
        dedup_keys=dedup_keys,
    )


def _changed(outcome: ChangeIncident, done: Done[Incident], request: Request) -> Answer:
    """The answer to a change, and the form's next page if there is one."""
    answer = answers.change_answer(done, request, outcome)
    if outcome.next_page is None or done.unshown_warnings:
        return answer
    return replace(answer, replace=outcome.next_page(done.stored.state))
