"""A decision of a review board: recorded by button, and then followed as an action item."""

from functools import partial

from bot.core.decision import Refused
from bot.core.dedup import same_words
from bot.core.tokens import in_words
from bot.followup.commands.action import chosen_day
from bot.followup.commands.fitting import unfit_owner
from bot.followup.commands.loaded import today_of
from bot.followup.domain import rules
from bot.followup.domain.action_item import SUBJECT
from bot.followup.domain.vocabulary import Decided, Kind
from bot.incident.commands.registry import NOTHING, button, form
from bot.incident.commands.request import OpenForm, Outcome, Request, Wants, Write
from bot.incident.domain.permissions import Capability
from bot.review.commands.board_loaded import BOARD, TOPIC, board_of
from bot.review.views import board_message as views

NO_TOPIC = Refused("Choose the incident that shows best why.", field="incident")


@button(views.DECIDE, about=NOTHING, may=Capability.READ, loads=BOARD)
def decide_button(request: Request) -> Outcome:
    """Ask for the words, the owner and the day."""
    board = board_of(request)
    return board if isinstance(board, Refused) else OpenForm(views.decide(board.pack, board.number))


@form(views.DECIDE, about=NOTHING, may=Capability.CHANGE, wants=Wants.PEOPLE, loads=TOPIC)
def decide(request: Request) -> Outcome:
    """Record it. It belongs to the incident that was chosen, so whoever may change that one may record it."""
    board = board_of(request)
    if isinstance(board, Refused):
        return board
    incident, owner, due_on = request.incident, str(request.fields.get("person", "")), chosen_day(request)
    if incident is None or incident.private or incident.number not in board.pack.topics:
        return NO_TOPIC
    if not owner:
        return Refused("Choose who sees to it.", field="person")
    if due_on is None:
        return Refused("Choose the day by which it is done.", field="due")
    if refused := unfit_owner(request, owner):
        return refused
    text, chosen = str(request.fields.get("text", "")), str(request.fields.get("decided", ""))
    rule = partial(
        rules.add,
        incident=incident,
        title=in_words(text, request.names),
        owner=owner,
        due_on=due_on,
        today=today_of(request),
        by=request.actor,
        now=request.now,
        kind=Kind.PREVENT,
        board=board.pack.words,
        decided=Decided(chosen) if chosen in set(Decided) else Decided.DECISION,
    )
    key = same_words(f"board:{board.number}", request.actor, f"{owner} {due_on} {text}")
    return Write(SUBJECT, None, rule, views.recorded, (key,))
