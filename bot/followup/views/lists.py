"""Lists of action items."""

import json

from bot.core.blocks import Block, Element, Message, actions, button, context, section
from bot.core.text import Mrkdwn, md
from bot.followup.domain.listing import Listing, Page, Which
from bot.followup.views.rows import row
from bot.incident.domain.vocabulary import reference

LISTED_MAX = 8  # a message has at most 50 blocks and 12,000 characters (Slack docs, "Block Kit")
DUTIES_MAX = 5
PAGES_MAX = 500  # more than any list has: a button's value could be forged
HOME_REMINDERS = "reminders_from_home"
BACK, MORE = "actions_back", "actions_more"


def action_items(page: Page) -> Message:
    """A page of a list, with buttons for the other pages."""
    wanted, total = page.wanted, page.total
    if not page.items:
        return Message.of(_nothing(page))
    head = md("{}", _found(wanted, total))
    blocks: list[Block] = [section(md("*{}*", head))]
    blocks += [block for each in page.items for block in row(each, page.today)]
    first = wanted.page * LISTED_MAX
    if len(page.items) < total:
        blocks.append(context(md("{} to {} of {}", first + 1, first + len(page.items), total)))
    if pages := _pages(wanted, total):
        blocks.append(actions(*pages))
    return Message(text=head, blocks=blocks)


def duties(page: Page) -> list[Block]:
    """A person's own open items, of which there is at least one, for the Home tab and for `mine`."""
    shown = page.items[:DUTIES_MAX]
    late = sum(each.item.is_overdue(page.today) for each in page.items)
    head = "*Your action items*" + (f" · {late} overdue" if late else "")
    rows = [block for each in shown for block in row(each, page.today)]
    more = page.total - len(shown)
    rest = [context(md("and {} more: `/incident actions mine`", more))] if more > 0 else []
    where = actions(button("Where and when you are reminded", HOME_REMINDERS, "{}"))
    return [section(Mrkdwn(head)), *rows, *rest, where]


def _found(wanted: Listing, total: int) -> str:
    which = {
        Which.ALL: "open action item",
        Which.MINE: "open action item of yours",
        Which.OVERDUE: "overdue action item",
        Which.DONE: "finished action item",
    }[wanted.which]
    plural = which.replace("item", "items") if total != 1 else which
    of = f" of {reference(wanted.incident)}" if wanted.incident is not None else ""
    return f"{total} {plural}{of}"


def _nothing(page: Page) -> Mrkdwn:
    wanted = page.wanted
    if page.total:
        return md(
            "There is nothing more: {} in all. `/incident actions {}` begins again.", page.total, wanted.asked
        )
    if wanted.incident is not None and wanted.which is Which.ALL:
        of = reference(wanted.incident)
        return md(
            "{0} has no open action item. To add one: `/incident action {0} @person by friday …`. "
            "Those that are finished: `/incident actions done {0}`",
            of,
        )
    if wanted.which is Which.OVERDUE:
        return Mrkdwn(":sunny: No action item is overdue.")
    if wanted.which is Which.MINE:
        return Mrkdwn(":sunny: You have no open action item. All that are open: `/incident actions all`")
    if wanted.which is Which.DONE:
        return Mrkdwn("No action item is finished yet.")
    return Mrkdwn(
        "No action item is open. To add one: `/incident action INC-1 @person by friday add an alert on replica lag`"
    )


def _pages(wanted: Listing, total: int) -> list[Element]:
    def value(page: int) -> str:
        return json.dumps({"text": wanted.asked, "page": page})

    found: list[Element] = []
    if wanted.page:
        found.append(button("Back", BACK, value(wanted.page - 1)))
    if (wanted.page + 1) * LISTED_MAX < total:
        found.append(button("More", MORE, value(wanted.page + 1)))
    return found
