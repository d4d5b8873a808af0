"""The messages in the war room about the way of the postmortem."""

from bot.core.blocks import Block, Message, actions, button, context, sections
from bot.core.text import Mrkdwn, lines, md, quoted
from bot.core.tokens import with_names
from bot.incident.domain import facts
from bot.incident.domain.incident import Incident
from bot.incident.domain.postmortem_state import Stage
from bot.incident.domain.vocabulary import mention
from bot.incident.views.postmortem_canvas import canvas_message
from bot.incident.views.postmortem_words import new_entries, next_steps, postmortem_sentence

DRAFT_BUTTON = "Postmortem draft"
_ICONS = {
    facts.PostmortemPublished: Mrkdwn(":books:"),
    facts.PostmortemApproved: Mrkdwn(":white_check_mark:"),
}


def postmortem_message(
    seq: int, fact: facts.AboutPostmortem, incident: Incident, actor: Mrkdwn, name: str
) -> Message:
    """What happened, with the buttons for what comes next as it stands now.

    Args:
        seq: the number of the fact.
        fact: what happened.
        incident: the state now.
        actor: who did it, as it is shown.
        name: their name; empty if it is not known, and they are mentioned.
    """
    if isinstance(fact, facts.AboutPostmortemCanvas):
        return canvas_message(fact, incident, actor)
    icon = _ICONS.get(type(fact), Mrkdwn(":page_facing_up:"))
    is_last = incident.postmortem.step == seq
    if isinstance(fact, facts.PostmortemChangesWanted):
        head = md("{} {} asks for changes to the postmortem{}", icon, actor, _for_owner(fact, incident))
        text = lines(md("{}:", head), quoted(fact.text))
    else:
        words = with_names(postmortem_sentence(fact), {fact.by: name} if name else {})
        text = lines(md("{} {}.", icon, words), _what_next(incident) if is_last else None)
    buttons = _buttons(incident) if is_last else []
    news = new_entries(incident) if buttons else ""
    small = [context(md("{}", news))] if news else []
    return Message(text=text, blocks=[*sections(text), *small, *([actions(*buttons)] if buttons else [])])


def announcement(incident: Incident, channel: str | None) -> Message:
    """What the incidents channel is told of a published one.

    Args:
        incident: the state.
        channel: the war room's id; None if there is no war room.
    """
    document = incident.postmortem
    again = md(", version {}", document.published) if document.published > 1 else Mrkdwn("")
    writer = incident.postmortem_writer
    by = md(", written by {}", mention(writer)) if writer else Mrkdwn("")
    where = Mrkdwn(f" · <#{channel}>") if channel else Mrkdwn("")
    return Message.of(
        md(
            ":books: *The postmortem of {}* {} is published{}{}{}",
            incident.reference,
            incident.title,
            again,
            by,
            where,
        )
    )


def draft_comment(incident: Incident) -> Message:
    """The comment above the file: what it is, and how it goes on."""
    document, name = incident.postmortem, incident.reference
    if document.stage is Stage.PUBLISHED and not document.is_changed:
        text = md(":books: The postmortem of {}, as it is published.", name)
    elif document.stage is Stage.REVIEW:
        text = md(":page_facing_up: The postmortem of {}, as it is in review.", name)
    else:
        edit = Mrkdwn("`/incident postmortem edit`")
        text = md(":page_facing_up: A postmortem draft of {}. Write its sections together: {}", name, edit)
    news = new_entries(incident)
    more = md("{} To take them in: `/incident postmortem take-over`", news) if news else None
    return Message.of(lines(text, more))


def _for_owner(fact: facts.PostmortemChangesWanted, incident: Incident) -> Mrkdwn:
    writer = incident.postmortem_writer
    return md(", {}", mention(writer)) if writer and writer != fact.by else Mrkdwn("")


def _what_next(incident: Incident) -> Mrkdwn | None:
    document = incident.postmortem
    if document.stage is not Stage.REVIEW:
        return None
    missing = document.missing_approvals
    if not missing:
        return Mrkdwn("It can be published now.")
    more = " more" if document.approved_by else ""
    if missing == 1:
        return md("One{} person approves it before it is published.", more)
    return md("{}{} people approve it before it is published.", missing, more)


def _buttons(incident: Incident) -> list[Block]:
    """What comes next while it is not done."""
    if not incident.postmortem.is_open:
        return []
    return [*next_steps(incident), button(DRAFT_BUTTON, "postmortem", str(incident.number))]
