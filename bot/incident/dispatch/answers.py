"""The answer that the person who acted gets at once, and nobody else."""

import json
from dataclasses import dataclass, replace

from bot.core.blocks import Message, View
from bot.core.decision import Refused
from bot.engine.acts.idempotency import CommittedBy, Done
from bot.incident.commands import parsing
from bot.incident.commands.registry import Command
from bot.incident.commands.request import ChangeIncident, OpenForm, Reply, Request
from bot.incident.domain.incident import Incident
from bot.incident.views import choices, modals, replies, warnings

DONE_HERE = "Recorded: the war room shows it."
ALREADY = "That was recorded a moment ago already; nothing was added."


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer that the person who acted gets at once, and nobody else.

    Attributes:
        message: a reply at the place of the act.
        view: a form to open; for `Dispatcher.home`, the tab to publish.
        refused: why it was not done.
        replace: the view that takes the place of the submitted form; None closes the form.
        undone: whether the text that was typed had no effect, so that it is given back.
        in_place: whether the message takes the place of the one whose button was pressed.
        in_channel: whether everybody in the channel sees the message.
        on_top: whether the view is shown over the form whose button was pressed.
    """

    message: Message | None = None
    view: View | None = None
    refused: Refused | None = None
    replace: View | None = None
    undone: bool = False
    in_place: bool = False
    in_channel: bool = False
    on_top: bool = False


def with_typed_text(answer: Answer, typed: str) -> Answer:
    """The answer, with the text that was typed if it had no effect."""
    if not (answer.undone or answer.refused) or len(typed.split()) < 2:  # noqa: PLR2004  # a word alone is no loss
        return answer
    message = answer.message or replies.refusal(answer.refused.message if answer.refused else "")
    return replace(answer, message=choices.with_typed(message, f"/incident {typed.strip()}"))


def is_unused(command: Command, text: str) -> bool:
    """Whether the command does nothing with the text after it."""
    named = parsing.leading_reference(text)
    return not command.takes_text and bool((named.rest if named else text).strip())


def with_unused_text(answer: Answer, command: Command, typed: str) -> Answer:
    """The answer of a command that takes no text, with the text that was typed nevertheless."""
    if answer.undone or answer.refused:
        return with_typed_text(answer, typed)
    message = answer.message or replies.answer(DONE_HERE)
    label = f"`{command.name}` takes no text. You typed"
    return replace(answer, message=choices.with_typed(message, f"/incident {typed.strip()}", label))


def with_channel(view: View, request: Request) -> View:
    """The form, with the place where it was opened, so that its answer is shown there or tells where to look."""
    metadata = {**json.loads(view["private_metadata"] or "{}"), "channel": request.channel}
    return view | {"private_metadata": json.dumps(metadata)}


def change_answer(done: Done[Incident], request: Request, outcome: ChangeIncident | None = None) -> Answer:
    """The answer to a change: its own; or nothing if the person sees it in the war room, otherwise where to see it."""
    if done.unshown_warnings:
        message = not_shown(done)
    elif done.committed_by is CommittedBy.DUPLICATE_ACT:
        message = with_place(replies.answer(ALREADY), done, request)
    elif outcome and outcome.done and outcome.in_place:
        return Answer(message=outcome.done(done.stored.state), in_place=True)
    elif outcome and outcome.done:
        message = with_place(outcome.done(done.stored.state), done, request)
    elif _is_before_their_eyes(done, request):
        return Answer()
    else:
        message = replies.recorded(done.stored.state, done.room)
    return Answer(message=message, replace=modals.notice(message.text))


def with_place(words: Message, done: Done[Incident], request: Request) -> Message:
    """The answer, with the place where it is shown if the person does not see it."""
    here = _is_before_their_eyes(done, request)
    return words if here else replies.elsewhere(words, done.stored.state, done.room)


def _is_before_their_eyes(done: Done[Incident], request: Request) -> bool:
    return request.in_its_room or (done.room != "" and done.room == request.channel)


def not_shown(done: Done[Incident]) -> Message:
    """What the war room cannot show, if nobody else could be told."""
    return warnings.not_shown(done.stored.state.reference, done.unshown_warnings[-1].reason)


def question_answer(question: Reply | OpenForm) -> Answer:
    """The question whether the act is meant; in a form it is the next page."""
    if isinstance(question, OpenForm):
        return Answer(replace=question.view)
    return Answer(message=question.message)
