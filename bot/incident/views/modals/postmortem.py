"""The forms of the postmortem: its sections, their versions, what a reviewer wants changed, and why nobody writes it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from bot.core.blocks import (
    Block,
    View,
    actions,
    button,
    context,
    divider,
    field_block,
    modal,
    option,
    section,
    sections,
    select,
    text_input,
    told_as_typed,
)
from bot.core.newer import alert
from bot.core.text import Mrkdwn, chunks, clip, lines, md, quoted, when
from bot.incident.domain.facts import PostmortemSectionWritten
from bot.incident.domain.incident import Incident
from bot.incident.domain.postmortem_sections import PostmortemSection
from bot.incident.domain.rules import SECTION_MAX, TEXT_MAX
from bot.incident.domain.vocabulary import mention
from bot.incident.views.modals.fields import form
from bot.incident.views.postmortem_words import new_entries, owner_and_standing

TYPED = "postmortem_text"  # told at each character
TITLE = "Postmortem"
VERSIONS_SHOWN = 10
_BEGINNING = 150  # characters of a section in the overview
_QUOTED_MAX = 2900  # characters of one block


@dataclass(frozen=True, slots=True)
class TypedText:
    """What a person has typed in the form of a section and not saved.

    Attributes:
        based_on: the version that they had before their eyes.
        in_canvas: whether it is what the canvas has, and nobody typed it here.
    """

    text: str
    based_on: int
    in_canvas: bool = False


def postmortem_overview(incident: Incident, saved: PostmortemSection | None = None) -> View:
    """All sections, each with a button that opens it. `saved` was just written."""
    done = [context(md(":white_check_mark: “{}” is saved.", saved.headline))] if saved else []
    news = new_entries(incident)
    head = md("*{}* {}", incident.reference, clip(incident.title, 100))
    blocks = [
        section(lines(head, owner_and_standing(incident))),
        *done,
        *([context(md("{}", news))] if news else []),
        divider(),
        *(_row(incident, each) for each in PostmortemSection),
        context(Mrkdwn("Timeline, milestones, roles, decisions and tasks are taken from the incident.")),
    ]
    return modal("postmortem_overview", TITLE, blocks, metadata=json.dumps({"number": incident.number}))


def postmortem_section(incident: Incident, which: PostmortemSection, typed: TypedText | None = None) -> View:
    """Write one section. If it was changed since the person's text was begun, both texts are shown."""
    document = incident.postmortem
    present, version = document.text(which), document.version(which)
    in_canvas = typed is not None and typed.in_canvas
    is_other = typed is not None and (in_canvas or typed.based_on != version)
    is_overtaken = typed is not None and is_other and typed.text.strip() != present
    mine, both = ("The text of the canvas", _other_in_canvas) if in_canvas else ("Your text", _overtaken)
    text = typed.text if typed else present
    view = form(
        incident,
        "postmortem_section",
        TITLE,
        *([section(md("*{}*", which.headline))] if is_overtaken else []),
        context(md("{}", which.question)),
        *(both(incident, which) if is_overtaken else _kept(typed, present)),
        told_as_typed(
            _named(
                field_block(
                    field_name(which, version),
                    mine if is_overtaken else which.headline,
                    text_input(initial=text, multiline=True, max_length=SECTION_MAX),
                    optional=True,
                    hint=f"At most {SECTION_MAX} characters; link what is longer. Empty takes the section out.",
                )
            )
        ),
        actions(
            button("All sections", "postmortem_edit", str(incident.number)),
            *([button("Versions", "postmortem_versions", str(incident.number))] if version else []),
        ),
    )
    about = {"section": which.value, "based_on": version}
    return view | {"private_metadata": json.dumps(json.loads(view["private_metadata"]) | about)}


def postmortem_versions(
    incident: Incident, which: PostmortemSection, versions: Sequence[PostmortemSectionWritten]
) -> View:
    """The latest texts of a section, the newest first, and a choice of the one to put back."""
    shown = list(reversed(versions))[:VERSIONS_SHOWN]
    blocks: list[Block] = [section(md("*{}*: its versions, the latest first", which.headline))]
    for each in shown:
        head = md("*{}* · {} · {}", each.version, when(each.at), mention(each.by))
        blocks += [section(head), *_quotation(each.text)]
    earlier = [option(f"Version {each.version}", str(each.version)) for each in shown[1:]]
    if not earlier:
        note = context(Mrkdwn("There is no earlier version."))
        metadata = json.dumps({"number": incident.number})
        back = actions(button("All sections", "postmortem_edit", str(incident.number)))
        return modal("notice", TITLE, [*blocks, note, back], metadata=metadata)
    view = form(
        incident,
        "postmortem_restore",
        TITLE,
        *blocks,
        divider(),
        field_block("version", "Put back", select(earlier)),
        submit="Put it back",
    )
    about = {"section": which.value, "based_on": incident.postmortem.version(which)}
    return view | {"private_metadata": json.dumps(json.loads(view["private_metadata"]) | about)}


def postmortem_changes(incident: Incident) -> View:
    """Say what is to be changed."""
    return form(
        incident,
        "postmortem_changes",
        "Ask for changes",
        field_block(
            "text",
            "What is to be changed?",
            text_input(
                multiline=True, max_length=TEXT_MAX, placeholder="Say who was affected in the summary"
            ),
        ),
        submit="Ask",
    )


def postmortem_none(incident: Incident, reason: str = "") -> View:
    """Say why nobody writes it."""
    due = incident.postmortem.due_at is not None
    words = Mrkdwn("By your policy this incident owes a postmortem. With a reason it gets none.")
    return form(
        incident,
        "postmortem_none",
        "No postmortem",
        *([alert(words)] if due else []),
        field_block(
            "reason",
            "Why is none needed?",
            text_input(initial=reason, multiline=True, max_length=TEXT_MAX, placeholder="INC-7 covers it"),
        ),
        submit="Close it",
    )


def field_name(which: PostmortemSection, version: int) -> str:
    """The name of a section's field: a form that goes on to another section or version is no repetition of the first."""
    return f"{which.value}_{version}"


def _named(block: Block) -> Block:
    """The same field, whose typed text is told under one name for all sections."""
    return block | {"element": block["element"] | {"action_id": TYPED}}


def _row(incident: Incident, which: PostmortemSection) -> Block:
    written = incident.postmortem.sections.get(which)
    is_written = written is not None and bool(written.text)
    if written and is_written:
        who = md("{} · version {}, {}", mention(written.by), written.version, when(written.at))
        said = md("{}", clip(" ".join(written.text.split()), _BEGINNING))
        text = lines(md("*{}*", which.headline), said, md("_{}_", who))
    else:
        text = lines(md("*{}*", which.headline), md("_{}_", which.question))
    edit = button("Edit" if is_written else "Write", f"postmortem_edit_{which.value}", str(incident.number))
    return section(text) | {"accessory": edit}


def _overtaken(incident: Incident, which: PostmortemSection) -> list[Block]:
    """Who has changed it, and their text."""
    written = incident.postmortem.sections[which]
    said = Mrkdwn("Their text is this. Yours is in the field below: bring both together, and save.")
    told = md(":warning: {} has changed this section ({}).", mention(written.by), when(written.at))
    return [section(lines(told, said)), *_quotation(written.text)]


def _other_in_canvas(incident: Incident, which: PostmortemSection) -> list[Block]:
    """The stored text, beside which the canvas has another one. Who wrote in the canvas is not known."""
    written = incident.postmortem.sections.get(which)
    by = md(" {} wrote it ({}).", mention(written.by), when(written.at)) if written else Mrkdwn("")
    told = md(":warning: The canvas has another text than the stored one.{}", by)
    said = Mrkdwn(
        "The stored one is this. That of the canvas is in the field below: bring both together, and save."
    )
    return [section(lines(told, said)), *_quotation(incident.postmortem.text(which))]


def _kept(typed: TypedText | None, present: str) -> list[Block]:
    if typed is None or typed.text == present:
        return []
    return [context(Mrkdwn("You wrote this before and did not save it."))]


def _quotation(text: str) -> list[Block]:
    """A whole text as it was typed, marked as somebody's."""
    if not text:
        return [context(Mrkdwn("_(taken out)_"))]
    return [block for piece in chunks(quoted(text), _QUOTED_MAX) for block in sections(piece)]
