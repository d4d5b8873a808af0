"""What is said about the canvas in which people write the postmortem."""

from collections.abc import Sequence
from typing import assert_never

from bot.core.blocks import Block, Element, Message, actions, button, link, section, sections
from bot.core.text import Mrkdwn, clip, lines, md
from bot.incident.domain import facts
from bot.incident.domain.incident import Incident
from bot.incident.domain.postmortem_sections import PostmortemSection
from bot.incident.domain.rules import SECTION_MAX
from bot.incident.domain.vocabulary import mention
from bot.incident.views.attribution import with_attribution
from bot.ports.slack.port import SLACK

OPEN, TAKE, LEAVE = "postmortem_canvas", "postmortem_canvas_take", "postmortem_canvas_leave"
COMPARE, PUT_BACK, AS_IT_IS = (
    "postmortem_canvas_compare",
    "postmortem_canvas_back",
    "postmortem_canvas_as_it_is",
)
GONE = "gone"
_NONE = {
    "free_teams_cannot_create_standalone_canvases": "the plan of this workspace has no canvases but those of channels",
    "free_teams_cannot_create_non_tabbed_canvases": "the plan of this workspace has no canvases but those of channels",
    "free_teams_cannot_edit_standalone_canvases": "the plan of this workspace has no canvases but those of channels",
    "canvas_disabled_user_team": "canvases are switched off in this workspace",
    "missing_scope": "the app lacks the right to canvases",
}
_HEADINGS_MAX = 300  # characters


def canvas_buttons(incident: Incident) -> list[Element]:
    """What can be done with the canvas while the postmortem is written or reviewed."""
    document, value = incident.postmortem, str(incident.number)
    if incident.without_room:
        return []
    if not document.canvas:
        return [button("Edit as canvas", OPEN, value)]
    to_canvas = [link("Open canvas", "open_canvas", document.canvas_link)] if document.canvas_link else []
    return [*to_canvas, button("Take over from canvas", TAKE, value)]


def canvas_sentence(fact: facts.AboutPostmortemCanvas) -> str:
    """What happened, for the timeline."""
    who = f"by {mention(fact.by)}"
    match fact:
        case facts.PostmortemCanvasOpened():
            return with_attribution("Canvas for the postmortem made", who)
        case facts.PostmortemCanvasRefused():
            return with_attribution(f"No canvas for the postmortem: {why(fact.code)}", who)
        case facts.PostmortemCanvasRead():
            return with_attribution(_read(fact), who)
        case facts.PostmortemCanvasDiffers():
            what = "has another text" if fact.text else "is empty"
            return with_attribution(f"Postmortem: “{fact.section.headline}” {what} in the canvas", who)
        case facts.PostmortemCanvasAnswered():
            what = "put back into the canvas" if fact.put_back else "is the same in the canvas again"
            return with_attribution(f"Postmortem: “{fact.section.headline}” {what}", who)
        case facts.PostmortemCanvasLeft():
            return with_attribution("The postmortem goes on without its canvas", who)
        case _:
            assert_never(fact)


def canvas_message(fact: facts.AboutPostmortemCanvas, incident: Incident, actor: Mrkdwn) -> Message:
    """What the war room is told of it, with the questions that are open now."""
    match fact:
        case facts.PostmortemCanvasOpened():
            return _opened(fact, incident, actor)
        case facts.PostmortemCanvasRefused():
            return Message.of(
                md(
                    ":page_facing_up: There is no canvas for the postmortem: {}. {} Its sections are written with "
                    "`/incident postmortem edit`.",
                    why(fact.code),
                    _remedy(fact.code),
                )
            )
        case facts.PostmortemCanvasRead(problem=problem) if problem and not _is_sentence(problem):
            return _unreadable(fact, incident)
        case facts.PostmortemCanvasRead():
            return _taken_over(fact, incident, actor)
        case _:
            return Message.of(md(":page_facing_up: {}.", canvas_sentence(fact)))


def why(reason: str) -> str:
    """Why there is no canvas, in words."""
    return _NONE.get(reason, f"Slack says {reason}")


def _remedy(reason: str) -> str:
    return SLACK.remedies[reason] if reason in ("missing_scope", "restricted_action") else ""


def _is_sentence(problem: str) -> bool:
    return " " in problem


def _opened(fact: facts.PostmortemCanvasOpened, incident: Incident, actor: Mrkdwn) -> Message:
    said = lines(
        md(":page_facing_up: {} has made a canvas for the postmortem of {}.", actor, incident.reference),
        Mrkdwn(
            "Everybody in this channel can write in it. What they write counts once somebody takes it over; sending to "
            "review and publishing do that too."
        ),
        md("{}", fact.link) if fact.link else None,
    )
    is_there = incident.postmortem.canvas == fact.canvas
    return Message(text=said, blocks=[*sections(said), *_row(canvas_buttons(incident) if is_there else [])])


def _unreadable(fact: facts.PostmortemCanvasRead, incident: Incident) -> Message:
    value = str(incident.number)
    undone = " and nothing was sent to review" if fact.wanted == "review" else ""
    undone = " and nothing was published" if fact.wanted == "publish" else undone
    if fact.problem == GONE:
        head = Mrkdwn(":warning: The canvas of the postmortem was deleted, or I may not see it any more.")
        again: list[Element] = []
    else:
        head = md(
            ":warning: I cannot read the canvas of the postmortem: {}. {}",
            why(fact.problem),
            _remedy(fact.problem),
        )
        again = [button("Try again", TAKE, value)]
    said = lines(head, md("All texts that were stored are kept: nothing was taken over{}.", undone))
    is_there = bool(incident.postmortem.canvas)
    row = [*again, button("Go on without canvas", LEAVE, value)] if is_there else []
    return Message(text=said, blocks=[*sections(said), *_row(row)])


def _taken_over(fact: facts.PostmortemCanvasRead, incident: Incident, actor: Mrkdwn) -> Message:
    done = {"review": "not sent to review", "publish": "not published"}.get(fact.wanted, "")
    is_open = bool(fact.problem or fact.too_long or incident.postmortem.differing)
    nothing = (
        "{} read the canvas of the postmortem of {}."
        if is_open
        else "{} found nothing new in the canvas of {}."
    )
    head = (
        md("{} took over from the canvas: {}.", actor, _names(fact.taken))
        if fact.taken
        else md(nothing, actor, incident.reference)
    )
    is_new = PostmortemSection.MORE in fact.taken
    headings = clip(fact.headings, _HEADINGS_MAX) if is_new else ""
    said = lines(
        md(":page_facing_up: {}", head),
        md("What stands below headings of your own is under “More”: {}.", headings) if headings else None,
        *(
            md(
                "“{}” is too long and stays in the canvas: a section has at most {} characters.",
                each.headline,
                SECTION_MAX,
            )
            for each in fact.too_long
        ),
        md("*It was {}.* {}.", done, _sentence(fact.problem)) if fact.problem else None,
    )
    is_last = incident.postmortem.asked is not None and bool(incident.postmortem.differing)
    asked = [block for each in PostmortemSection for block in _question(incident, each)] if is_last else []
    return Message(text=said, blocks=[*sections(said), *asked])


def _sentence(problem: str) -> str:
    return f"{problem[:1].upper()}{problem[1:].removesuffix('.')}"


def _question(incident: Incident, which: PostmortemSection) -> list[Block]:
    differing = incident.postmortem.differing.get(which)
    if differing is None:
        return []
    value = str(incident.number)
    if differing.text:
        said = md("*{}* was changed in the canvas, and in Slack as well. Which text counts?", which.headline)
        return [section(said) | {"accessory": button("Compare both", f"{COMPARE}_{which.value}", value)}]
    said = md("*{}* is empty in the canvas, or its heading is gone. The stored text is kept.", which.headline)
    row = [
        button("Put the text back", f"{PUT_BACK}_{which.value}", value),
        button("Take it as it is", f"{AS_IT_IS}_{which.value}", value),
    ]
    return [section(said), actions(*row)]


def _row(buttons: Sequence[Element]) -> list[Block]:
    return [actions(*buttons)] if buttons else []


def _names(taken: Sequence[PostmortemSection]) -> str:
    return ", ".join(f"“{each.headline}”" for each in taken)


def _read(fact: facts.PostmortemCanvasRead) -> str:
    if fact.problem and not _is_sentence(fact.problem):
        gone = "it is gone" if fact.problem == GONE else why(fact.problem)
        return f"Canvas of the postmortem not read: {gone}"
    return f"Taken over from the canvas: {_names(fact.taken) or 'nothing new'}"
