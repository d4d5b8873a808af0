"""What the person who acted gets, at once and only they."""

import json
from dataclasses import dataclass, replace

from bot.core.blocks import Message, View
from bot.core.decision import Refused
from bot.engine.acts.idempotency import Done, How
from bot.incident.commands.request import OpenForm, Reply, Request
from bot.incident.domain.incident import Incident
from bot.incident.views import choices, messages, modals

ALREADY = "That was recorded a moment ago already; nothing was added."


@dataclass(frozen=True, slots=True)
class Answer:
    """What the person gets, at once and only they.

    Attributes:
        message: a reply where they are.
        view: a form to open; of `Dispatcher.home`, the tab to publish.
        refused: why it was not done.
        replace: what the submitted form turns into; None closes it.
        undone: whether nothing came of what was typed, so that it is given back.
        in_place: whether the message takes the place of the one whose button was pressed.
    """

    message: Message | None = None
    view: View | None = None
    refused: Refused | None = None
    replace: View | None = None
    undone: bool = False
    in_place: bool = False


def given_back(answer: Answer, typed: str) -> Answer:
    """The answer with what was typed, where nothing came of it."""
    if not (answer.undone or answer.refused) or len(typed.split()) < 2:  # noqa: PLR2004  # a word alone is no loss
        return answer
    message = answer.message or messages.refusal(answer.refused.message if answer.refused else "")
    return replace(answer, message=choices.with_typed(message, f"/incident {typed.strip()}"))


def from_here(view: View, request: Request) -> View:
    """The form, which knows where it was opened: whoever submits it sees what comes of it there, or is told."""
    metadata = {**json.loads(view["private_metadata"] or "{}"), "channel": request.channel}
    return view | {"private_metadata": json.dumps(metadata)}


def changed(done: Done[Incident], request: Request) -> Answer:
    """Nothing to say where the war room shows it before the person's eyes; else where it is to be seen."""
    if done.untold:
        message = not_shown(done)
    elif done.how is How.ALIKE:
        message = said(messages.answer(ALREADY), done, request)
    elif _is_before_their_eyes(done, request):
        return Answer()
    else:
        message = messages.recorded(done.stored.state, done.room)
    return Answer(message=message, replace=modals.notice(message.text))


def said(words: Message, done: Done[Incident], request: Request) -> Message:
    """The answer, with where it is to be seen if that is not before the person's eyes."""
    here = _is_before_their_eyes(done, request)
    return words if here else messages.elsewhere(words, done.stored.state, done.room)


def _is_before_their_eyes(done: Done[Incident], request: Request) -> bool:
    return request.in_its_room or (done.room != "" and done.room == request.channel)


def not_shown(done: Done[Incident]) -> Message:
    """What the war room does not show, where nobody could be told so."""
    return messages.not_shown(done.stored.state.reference, done.untold[-1].reason)


def asked(question: Reply | OpenForm) -> Answer:
    """Ask whether it is meant: in a form by its next page."""
    if isinstance(question, OpenForm):
        return Answer(replace=question.view)
    return Answer(message=question.message)
