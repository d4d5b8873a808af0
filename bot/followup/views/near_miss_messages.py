"""The messages about near misses: lists, answers, and direct messages."""

import json

from bot.core.blocks import Block, Element, Message, actions, button, context, section, sections
from bot.core.text import Mrkdwn, clip, lines, local_day, md, quoted
from bot.followup.domain.near_miss import NearMiss
from bot.followup.domain.near_miss_listing import Page, Which
from bot.followup.views.near_miss_rows import ANSWER, PROMOTE, row, value
from bot.incident.domain.vocabulary import mention
from bot.incident.domain.vocabulary import reference as incident_reference

LISTED_MAX = 8  # a message has at most 50 blocks and 12,000 characters (Slack docs, "Block Kit")
BACK, MORE = "nearmisses_back", "nearmisses_more"
REPORT_BUTTON = "nearmiss"
_QUOTED = 300


def listed(page: Page, reader: str) -> Message:
    """A page of a list, with buttons for the other pages."""
    if not page.items:
        return Message.of(_nothing(page), actions(button("Report a near miss", REPORT_BUTTON, "list")))
    head = md("{}", _found(page))
    blocks: list[Block] = [section(md("*{}*", head))]
    blocks += [block for each in page.items for block in row(each, reader)]
    first = page.wanted.page * LISTED_MAX
    if len(page.items) < page.total:
        blocks.append(context(md("{} to {} of {}", first + 1, first + len(page.items), page.total)))
    blocks.append(actions(*_pages(page), button("Report a near miss", REPORT_BUTTON, "list")))
    return Message(text=head, blocks=blocks)


def answered(item: NearMiss) -> Message:
    """The answer to whoever has answered one."""
    told = md(", and {} is told", mention(item.reported_by)) if item.reported_by else Mrkdwn("")
    return Message.of(md(":white_check_mark: *{}* is answered{}.", item.reference, told))


def changed(item: NearMiss) -> Message:
    """The answer to its reporter, who has changed it."""
    return Message.of(lines(md("*{}* now says:", item.reference), quoted(clip(item.title, _QUOTED))))


def withdrawn(item: NearMiss) -> Message:
    """The answer to whoever has taken it back."""
    how = md("`/incident nearmiss {}` lets you bring it back.", item.reference) if item.withdrawn_by else None
    return Message.of(
        lines(
            md("*{}* is taken back: no list and no announcement shows its words any more.", item.reference),
            how,
        )
    )


def restored(item: NearMiss) -> Message:
    """The answer to whoever has brought it back."""
    return Message.of(md("*{}* counts again, and everybody can read it.", item.reference))


def told_of_answer(item: NearMiss) -> Message:
    """The direct message to the reporter: what is done about it."""
    head = md(":eyes: {} answered your near miss *{}*:", mention(item.answered_by), item.reference)
    said = lines(head, quoted(item.answer), Mrkdwn("You had reported:"), quoted(clip(item.title, _QUOTED)))
    return Message(text=head, blocks=sections(said))


def told_of_incident(item: NearMiss, incident: int) -> Message:
    """The direct message to the reporter: it became an incident."""
    return Message.of(
        lines(
            md(
                ":eyes: {} made your near miss *{}* an incident: *{}*. `/incident show {}` says how it stands.",
                mention(item.promoted_by),
                item.reference,
                incident_reference(incident),
                incident_reference(incident),
            ),
            quoted(clip(item.title, _QUOTED)),
        )
    )


def overdue(item: NearMiss) -> Message:
    """To the board's channel: nobody has answered in time."""
    by = md(" by {}", local_day(item.due_at)) if item.due_at else Mrkdwn("")
    head = md(
        ":hourglass: *{}* was to be answered{}, and nobody has: {}",
        item.reference,
        by,
        clip(item.title, _QUOTED),
    )
    return Message(
        text=head,
        blocks=[
            section(head),
            actions(
                button("Answer", ANSWER, value(item), style="primary"),
                button("Promote to an incident", PROMOTE, value(item)),
            ),
        ],
    )


def _found(page: Page) -> str:
    which = {Which.ALL: "", Which.OPEN: " that wait for an answer", Which.MINE: " of yours"}[
        page.wanted.which
    ]
    if page.wanted.which is Which.OPEN and page.total == 1:
        which = " that waits for an answer"
    about = f" about “{' '.join(page.wanted.words)}”" if page.wanted.words else ""
    return f"{page.total} near miss{'es' if page.total != 1 else ''}{which}{about}"


def _nothing(page: Page) -> Mrkdwn:
    wanted = page.wanted
    if page.total:
        return md(
            "There is nothing more: {} in all. `/incident nearmisses {}` begins again.",
            page.total,
            wanted.asked,
        )
    if wanted.words:
        return md("No near miss is about “{}”. All of them: `/incident nearmisses`", " ".join(wanted.words))
    if wanted.which is Which.OPEN:
        return Mrkdwn(":sunny: No near miss waits for an answer. All of them: `/incident nearmisses`")
    if wanted.which is Which.MINE:
        return Mrkdwn("You have reported no near miss with your name. All of them: `/incident nearmisses`")
    return Mrkdwn(
        "No near miss is reported yet. One is whatever nearly went wrong, and what was caught in time or by luck. "
        "To report one: `/incident nearmiss what happened`"
    )


def _pages(page: Page) -> list[Element]:
    def asked(number: int) -> str:
        return json.dumps({"text": page.wanted.asked, "page": number})

    found: list[Element] = []
    if page.wanted.page:
        found.append(button("Back", BACK, asked(page.wanted.page - 1)))
    if (page.wanted.page + 1) * LISTED_MAX < page.total:
        found.append(button("More", MORE, asked(page.wanted.page + 1)))
    return found
