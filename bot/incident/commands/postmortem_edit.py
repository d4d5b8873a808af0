"""`/incident postmortem edit`: write the sections of the postmortem, see their versions, put one back."""

from functools import partial

from bot.core.blocks import View
from bot.core.decision import Refused
from bot.incident.commands.registry import INCIDENT, button, form
from bot.incident.commands.request import ChangeIncident, KeepDraft, OpenForm, Outcome, Request, Wants
from bot.incident.domain import rules
from bot.incident.domain.facts import PostmortemSectionWritten
from bot.incident.domain.permissions import Capability
from bot.incident.domain.postmortem_sections import PostmortemSection, draft_name
from bot.incident.views import modals
from bot.incident.views.modals.postmortem import TYPED, TypedText, field_name

NO_SUCH_SECTION = "The sections are {}. `/incident postmortem edit` shows all of them."


@button("postmortem_edit", about=INCIDENT, may=Capability.CHANGE, wants=Wants.TYPED)
def edit(request: Request) -> Outcome:
    """Open the form of the section that was typed, or the overview of all."""
    if refused := rules.not_wanted_here(request.about):
        return refused
    if not request.text.strip():
        return OpenForm(modals.postmortem_overview(request.about))
    which = PostmortemSection.parse(request.text)
    if which is None:
        names = ", ".join(each.headline.lower() for each in PostmortemSection)
        return Refused(NO_SUCH_SECTION.format(names))
    return _open(request, which=which)


def _open(request: Request, *, which: PostmortemSection) -> Outcome:
    """Open a section, with what was typed in it before and not saved."""
    return rules.not_wanted_here(request.about) or OpenForm(
        modals.postmortem_section(request.about, which, _typed_before(request, which))
    )


for _each in PostmortemSection:
    button(f"postmortem_edit_{_each.value}", about=INCIDENT, may=Capability.CHANGE, wants=Wants.TYPED)(
        partial(_open, which=_each)
    )


@button(TYPED, about=INCIDENT, may=Capability.CHANGE)
def typed(request: Request) -> Outcome:
    """Keep what has been typed in the form so far."""
    which = _section(request)
    if which is None:
        return Refused(_unknown())
    based_on = _based_on(request)
    return KeepDraft({"text": _text(request, which), "based_on": str(based_on)}, draft_name(which))


@form("postmortem_section", about=INCIDENT, may=Capability.CHANGE)
def submit(request: Request) -> Outcome:
    """Save the section; if somebody else has changed it meanwhile, show both texts."""
    which = _section(request)
    if which is None:
        return Refused(_unknown())
    text, based_on = _text(request, which), _based_on(request)

    def both(_refused: Refused) -> View:
        return modals.postmortem_section(request.about, which, TypedText(text, based_on))

    rule = partial(
        rules.write_section, section=which, text=text, based_on=based_on, by=request.actor, now=request.now
    )
    return ChangeIncident(
        rule, ask_again=both, next_page=lambda after: modals.postmortem_overview(after, saved=which)
    )


@button("postmortem_versions", about=INCIDENT, may=Capability.CHANGE, wants=Wants.TIMELINE)
def versions(request: Request) -> Outcome:
    """Show the texts of a section so far."""
    which = _section(request)
    if which is None:
        return Refused(_unknown())
    return OpenForm(modals.postmortem_versions(request.about, which, _versions(request, which)))


@form("postmortem_restore", about=INCIDENT, may=Capability.CHANGE, wants=Wants.TIMELINE)
def restore(request: Request) -> Outcome:
    """Put back an earlier text, as a new version."""
    which, chosen = _section(request), str(request.fields.get("version", ""))
    before = [each for each in _versions(request, which) if str(each.version) == chosen] if which else []
    if which is None or not before:
        return Refused(_unknown())
    rule = partial(
        rules.write_section,
        section=which,
        text=before[0].text,
        based_on=_based_on(request),
        by=request.actor,
        now=request.now,
        restores=before[0].version,
    )
    return ChangeIncident(rule, next_page=lambda after: modals.postmortem_overview(after, saved=which))


def _typed_before(request: Request, which: PostmortemSection) -> TypedText | None:
    kept = request.typed.get(draft_name(which))
    if kept is None:
        return None
    based_on = str(kept.get("based_on", ""))
    return TypedText(str(kept.get("text", "")), int(based_on) if based_on.isdecimal() else 0)


def _versions(request: Request, which: PostmortemSection) -> list[PostmortemSectionWritten]:
    written = [entry.fact for entry in request.timeline if isinstance(entry.fact, PostmortemSectionWritten)]
    return [each for each in written if each.section is which]


def _section(request: Request) -> PostmortemSection | None:
    """The section that a form is about; None if the form is not ours."""
    named = str(request.metadata.get("section", ""))
    return PostmortemSection(named) if named in set(PostmortemSection) else None


def _based_on(request: Request) -> int:
    based_on = request.metadata.get("based_on")
    return based_on if type(based_on) is int else 0


def _text(request: Request, which: PostmortemSection) -> str:
    return str(request.fields.get(field_name(which, _based_on(request)), ""))


def _unknown() -> str:
    return "I no longer know which section that was about: `/incident postmortem edit` shows all of them."
