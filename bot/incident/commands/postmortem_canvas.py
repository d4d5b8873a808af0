"""`/incident postmortem canvas`: write the postmortem together in a canvas, and take over from it."""

from functools import partial

from bot.core.dedup import same_press
from bot.incident.commands.registry import INCIDENT, button
from bot.incident.commands.request import ChangeIncident, OpenForm, Outcome, Request, Show
from bot.incident.domain import rules
from bot.incident.domain.effects import OpenDraftCanvas, ReadDraftCanvas
from bot.incident.domain.permissions import Capability
from bot.incident.domain.postmortem_sections import PostmortemSection
from bot.incident.views import modals
from bot.incident.views.modals.postmortem import TypedText
from bot.incident.views.postmortem_canvas import AS_IT_IS, COMPARE, LEAVE, OPEN, PUT_BACK, TAKE
from bot.incident.views.replies import answer

_READING = "Reading the canvas; what comes of it will be in the war room in a moment."
_AGAIN = "That was asked for a moment ago, and nothing has happened since: once is enough."


@button(OPEN, about=INCIDENT, may=Capability.CHANGE)
def canvas(request: Request) -> Outcome:
    """Make the canvas; or with a word, take over from it or go on without it."""
    match request.text.strip().lower():
        case "take" | "take-over" | "read":
            return take(request)
        case "leave" | "none":
            return leave(request)
    return rules.not_for_canvas(request.about) or Show(
        (OpenDraftCanvas(request.actor),),
        done=answer("Making a canvas; its address will be in the war room in a moment."),
        again=answer(_AGAIN),
        dedup_keys=(same_press(f"canvas:{request.about.number}:{request.about.version}"),),
    )


@button(TAKE, about=INCIDENT, may=Capability.CHANGE)
def take(request: Request) -> Outcome:
    """Take over what people wrote in the canvas."""
    return rules.not_in_canvas(request.about) or read_then(request, "")


def read_then(request: Request, wanted: str) -> Show:
    """Read the canvas, and then do what is wanted: `review`, `publish`, or nothing."""
    incident, reviewers = request.about, request.policy.postmortem.reviewers
    return Show(
        (ReadDraftCanvas(request.actor, wanted, reviewers),),
        done=answer(_READING),
        again=answer(_AGAIN),
        dedup_keys=(same_press(f"canvas:{incident.number}:{incident.version}:{wanted}:{request.actor}"),),
    )


@button(LEAVE, about=INCIDENT, may=Capability.CHANGE)
def leave(request: Request) -> Outcome:
    """Go on without the canvas."""
    return ChangeIncident(partial(rules.leave_canvas, by=request.actor, now=request.now))


def _compare(request: Request, *, which: PostmortemSection) -> Outcome:
    """Show both texts of a section, with the one of the canvas in the field."""
    differing = request.about.postmortem.differing.get(which)
    typed = TypedText(differing.text, differing.based_on, in_canvas=True) if differing else None
    return OpenForm(modals.postmortem_section(request.about, which, typed))


def _put_back(request: Request, *, which: PostmortemSection) -> Outcome:
    """Put the stored text back into the canvas."""
    return ChangeIncident(partial(rules.put_back, section=which, by=request.actor, now=request.now))


def _take_as_it_is(request: Request, *, which: PostmortemSection) -> Outcome:
    """Take out the section that is empty in the canvas."""
    return ChangeIncident(partial(rules.take_as_it_is, section=which, by=request.actor, now=request.now))


for _name, _handle in ((COMPARE, _compare), (PUT_BACK, _put_back), (AS_IT_IS, _take_as_it_is)):
    for _each in PostmortemSection:
        button(f"{_name}_{_each.value}", about=INCIDENT, may=Capability.CHANGE)(partial(_handle, which=_each))
