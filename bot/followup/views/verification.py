"""How it is asked, answered and shown whether something that was done has its effect."""

from datetime import date

from bot.core.blocks import (
    Block,
    Message,
    View,
    actions,
    button,
    field_block,
    modal,
    person_select,
    section,
    text_input,
)
from bot.core.text import Mrkdwn, clip, lines, md
from bot.core.tokens import in_words
from bot.followup.domain.action_item import ActionItem
from bot.followup.domain.listing import ListedItem
from bot.followup.domain.rules import OUTCOME_MAX
from bot.followup.domain.vocabulary import State
from bot.followup.views.rows import VERIFY, text, value
from bot.incident.domain.vocabulary import mention, reference

YES, NO = "action_verified", "action_not_verified"
ASK = VERIFY


def question(listed: ListedItem, today: date) -> Message:
    """The direct message to whoever is asked to look."""
    item = listed.item
    by = item.verification.asked_by if item.verification else item.added_by
    head = md(":mag: {} asks you to verify that *{}* has its effect", mention(by), item.reference)
    choice = actions(
        button("Verified", YES, value(item), style="primary"), button("Not verified", NO, value(item))
    )
    return Message(
        text=md("{}: {}", head, item.title), blocks=[section(head), section(text(listed, today)), choice]
    )


def closed(listed: ListedItem) -> Message:
    """The same message once there is nothing to answer any more."""
    item = listed.item
    if item.verification is None:
        return Message.of(md("_{} was opened again, so there is nothing to verify yet._", item.reference))
    return found(item)


def found(item: ActionItem) -> Message:
    """What was found, to whoever asked."""
    asked = item.verification
    if asked is None or asked.is_open:
        return Message.of(
            md("{} was asked to verify {}.", mention(asked.person if asked else ""), item.reference)
        )
    mark, what = (":white_check_mark:", "verified") if asked.is_verified else (":x:", "not verified")
    head = md(
        "{} *{}* is {}, says {}: {}", Mrkdwn(mark), item.reference, what, mention(asked.person), asked.note
    )
    more = (
        None
        if asked.is_verified
        else Mrkdwn("`/incident actions done` lists it, with a button that opens it again.")
    )
    return Message.of(lines(head, md("{}", clip(in_words(item.title, {}), 200)), more))


def asked(item: ActionItem) -> Message:
    """The answer to whoever has asked."""
    person = item.verification.person if item.verification else item.owner
    return Message.of(
        md(":mag: {} is asked to verify *{}*. You are told what they find.", mention(person), item.reference)
    )


def ask(item: ActionItem) -> View:
    """Whom to ask: the owner, or somebody else."""
    person = field_block(
        "person",
        "Who looks whether it has its effect?",
        person_select("One person", item.owner),
        hint="They get a direct message with Verified and Not verified, and you are told what they find.",
    )
    return _about(item, ASK, "Ask for verification", [person], "Ask")


def answer(item: ActionItem, *, is_verified: bool) -> View:
    """A sentence about what was found."""
    label = "How does one see that it has its effect?" if is_verified else "What is missing?"
    note = field_block(
        "note", label, text_input(multiline=True, max_length=OUTCOME_MAX), hint="A link, or a sentence."
    )
    title = "Verified" if is_verified else "Not verified"
    return _about(item, YES if is_verified else NO, title, [note], "Save")


def _about(item: ActionItem, callback_id: str, title: str, fields: list[Block], submit: str) -> View:
    about = lines(
        md("*{}* {}", item.reference, item.title),
        md("{} {}", reference(item.incident), clip(item.incident_title, 100)),
        md("Done: {}", clip(item.outcome, 200)) if item.state is State.DONE else None,
    )
    return modal(callback_id, title, [section(about), *fields], submit=submit, metadata=value(item))
