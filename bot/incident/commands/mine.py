"""`/incident mine`: the person's own tasks and roles in all open incidents."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from bot.core.blocks import Message
from bot.incident.commands.registry import INCIDENT, NOTHING, button, command
from bot.incident.commands.request import ChangeIncident, Outcome, Reply, Request, Wants
from bot.incident.commands.task import needed_to_settle, pressed_number
from bot.incident.domain import rules
from bot.incident.domain.incident import Incident
from bot.incident.domain.permissions import Capability
from bot.incident.views import mine as views
from bot.incident.views.home import TASK_DONE


@command(
    "mine",
    "mine",
    "Your own tasks and roles in all open incidents",
    about=NOTHING,
    may=Capability.READ,
    wants=Wants.MINE,
    synonyms={"my": "", "me": ""},
)
def mine(request: Request) -> Outcome:
    """Show them, to this person only."""
    return Reply(
        views.mine(
            request.mine, request.actor, request.policy.roles, request.now, more_duties=request.more_duties
        )
    )


@button(views.DONE, about=INCIDENT, may=Capability.CHANGE, needs=needed_to_settle, wants=Wants.MINE)
def done(request: Request) -> Outcome:
    """Mark one of them as done; the list takes the place of the one before."""
    number = pressed_number(request)
    return _settle(request, rules.finish_task, lambda incident: _list(request, incident, settled=number))


@button(views.UNDO, about=INCIDENT, may=Capability.CHANGE, needs=needed_to_settle, wants=Wants.MINE)
def undo(request: Request) -> Outcome:
    """Undo that."""
    return _settle(request, rules.reopen_task, partial(_list, request))


@button(TASK_DONE, about=INCIDENT, may=Capability.CHANGE, needs=needed_to_settle)
def done_at_home(request: Request) -> Outcome:
    """Mark one of them as done on the Home tab, which is then published anew."""
    return ChangeIncident(
        partial(rules.finish_task, number=pressed_number(request), by=request.actor, now=request.now)
    )


def _settle(
    request: Request, decide: Callable[..., rules.Decision], answer: Callable[[Incident], Message]
) -> ChangeIncident:
    decided = partial(decide, number=pressed_number(request), by=request.actor, now=request.now)
    return ChangeIncident(decided, done=answer, in_place=True)


def _list(request: Request, incident: Incident, settled: int | None = None) -> Message:
    """The list after the change of one of its incidents. One that had no other duty was not in the list before."""
    now = [
        replace(each, incident=incident) if each.incident.number == incident.number else each
        for each in request.mine.worst
    ]
    duties = replace(request.mine, worst=now)
    done_task = (incident, incident.tasks[settled - 1]) if settled else None
    return views.mine(
        duties, request.actor, request.policy.roles, request.now, done_task, more_duties=request.more_duties
    )
