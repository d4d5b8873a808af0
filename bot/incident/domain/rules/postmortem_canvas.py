"""The rules of the canvas in which people write the postmortem. Nothing that is stored is ever lost by them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import reduce

from bot.core.decision import Refused
from bot.incident.domain import facts
from bot.incident.domain.canvas_texts import normal
from bot.incident.domain.incident import Incident, evolve
from bot.incident.domain.postmortem_sections import PostmortemSection
from bot.incident.domain.rules.decision import Decision
from bot.incident.domain.rules.postmortem import (
    SECTION_MAX,
    not_wanted_here,
    publish_postmortem,
    send_to_review,
    write_section,
)

REVIEW, PUBLISH = "review", "publish"
NO_CANVAS = "The postmortem of {} has no canvas: `/incident postmortem canvas` makes one."
ANSWER_FIRST = "somebody must say first which text counts"
SHORTEN_FIRST = "a section is too long"


@dataclass(frozen=True, slots=True)
class FoundInCanvas:
    """A section as it was found in the canvas.

    Attributes:
        text: empty if there is nothing, or no such heading.
        based_on: the version of the section that was put into the canvas, or taken from it, last; -1 if that is not known.
        is_untouched: whether nobody has changed it there since.
    """

    text: str
    based_on: int
    is_untouched: bool


def not_for_canvas(incident: Incident) -> Refused | None:
    """The refusal if no canvas can be made for the postmortem; None if one can."""
    document, name = incident.postmortem, incident.reference
    if refused := not_wanted_here(incident):
        return refused
    if incident.without_room:
        return Refused(
            f"{name} has no war room to share a canvas with: `/incident postmortem edit` opens the sections."
        )
    if document.canvas:
        at = f": {document.canvas_link}" if document.canvas_link else "."
        return Refused(f"The postmortem of {name} has a canvas already{at}")
    return None


def not_in_canvas(incident: Incident) -> Refused | None:
    """The refusal if the postmortem has no canvas."""
    return None if incident.postmortem.canvas else Refused(NO_CANVAS.format(incident.reference))


def canvas_opened(incident: Incident, canvas: str, link: str, *, by: str, now: datetime) -> Decision:
    """Record the canvas."""
    refused = not_for_canvas(incident)
    return refused or (facts.PostmortemCanvasOpened(at=now, by=by, canvas=canvas, link=link),)


def canvas_refused(_incident: Incident, problem: str, *, by: str, now: datetime) -> Decision:
    """Record that Slack makes no canvas."""
    return (facts.PostmortemCanvasRefused(at=now, by=by, code=problem),)


def canvas_unreadable(_incident: Incident, problem: str, wanted: str, *, by: str, now: datetime) -> Decision:
    """Record that the canvas could not be read, so that nothing was taken over and nothing done."""
    return (facts.PostmortemCanvasRead(at=now, by=by, wanted=wanted, problem=problem),)


def leave_canvas(incident: Incident, *, by: str, now: datetime) -> Decision:
    """Go on without the canvas."""
    return not_in_canvas(incident) or (facts.PostmortemCanvasLeft(at=now, by=by),)


def put_back(incident: Incident, section: PostmortemSection, *, by: str, now: datetime) -> Decision:
    """Put the stored text of a section back into the canvas."""
    return _not_asked(incident, section) or (
        facts.PostmortemCanvasAnswered(at=now, by=by, section=section, put_back=True),
    )


def take_as_it_is(incident: Incident, section: PostmortemSection, *, by: str, now: datetime) -> Decision:
    """Take a section out because it is not in the canvas any more. Its text stays among the versions."""
    if refused := _not_asked(incident, section):
        return refused
    if not incident.postmortem.text(section):
        return (facts.PostmortemCanvasAnswered(at=now, by=by, section=section, put_back=False),)
    return write_section(incident, section, "", based_on=incident.postmortem.version(section), by=by, now=now)


def take_from_canvas(
    incident: Incident,
    found: Mapping[PostmortemSection, FoundInCanvas],
    headings: str,
    wanted: str,
    reviewers: int,
    *,
    by: str,
    now: datetime,
) -> Decision:
    """Take over what people wrote in the canvas, and then do what is wanted, if no question is open.

    Args:
        incident: the state.
        found: every section, as it is in the canvas.
        headings: those that are none of ours.
        wanted: `review`, `publish` or nothing.
        reviewers: how many must approve it, by the policy of now.
        by: who asked for it.
        now: when (UTC).
    """
    taken: list[facts.Change] = []
    for section, each in found.items():
        taken += _taken(incident, section, each, by, now)
    after = reduce(evolve, taken, incident)
    too_long = tuple(each for each in found if _is_too_long(incident, each, found[each]))
    problem = _why_not(after, too_long, wanted)
    done: Decision = _wanted(after, wanted, reviewers, by, now) if wanted and not problem else ()
    if isinstance(done, Refused):
        problem, done = done.message, ()
    written = tuple(each.section for each in taken if isinstance(each, facts.PostmortemSectionWritten))
    read = facts.PostmortemCanvasRead(
        at=now, by=by, taken=written, too_long=too_long, headings=headings, wanted=wanted, problem=problem
    )
    is_silent = bool(wanted) and not problem and not written
    return (*taken, *(() if is_silent else (read,)), *done)


def _taken(
    incident: Incident, section: PostmortemSection, found: FoundInCanvas, by: str, now: datetime
) -> list[facts.Change]:
    document = incident.postmortem
    stored, version, asked = (
        document.text(section),
        document.version(section),
        document.differing.get(section),
    )
    if normal(found.text) == normal(stored):
        done = facts.PostmortemCanvasAnswered(at=now, by=by, section=section, put_back=False)
        return [done] if asked else []
    if found.is_untouched or _is_too_long(incident, section, found):
        return []
    if found.text and version in (found.based_on, 0) and not asked:
        return [
            facts.PostmortemSectionWritten(
                at=now, by=by, section=section, text=found.text, version=version + 1, in_canvas=True
            )
        ]
    based_on = asked.based_on if asked else found.based_on
    return [facts.PostmortemCanvasDiffers(at=now, by=by, section=section, text=found.text, based_on=based_on)]


def _is_too_long(incident: Incident, section: PostmortemSection, found: FoundInCanvas) -> bool:
    is_same = normal(found.text) == normal(incident.postmortem.text(section))
    return len(found.text) > SECTION_MAX and not is_same


def _why_not(after: Incident, too_long: tuple[PostmortemSection, ...], wanted: str) -> str:
    if not wanted:
        return ""
    if after.postmortem.differing:
        return ANSWER_FIRST
    return SHORTEN_FIRST if too_long else ""


def _wanted(after: Incident, wanted: str, reviewers: int, by: str, now: datetime) -> Decision:
    if wanted == REVIEW:
        return send_to_review(after, reviewers, by=by, now=now)
    return publish_postmortem(after, reviewers, by=by, now=now)


def _not_asked(incident: Incident, section: PostmortemSection) -> Refused | None:
    if section in incident.postmortem.differing:
        return None
    return not_in_canvas(incident) or Refused(
        f"“{section.headline}” is no question any more: somebody has answered it."
    )
