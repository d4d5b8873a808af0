"""What is said of action items, and that nothing exceeds Slack's limits or notifies anybody."""

from datetime import timedelta

from bot.core.blocks import Message
from bot.followup.domain import rules
from bot.followup.domain.action_item import evolve
from bot.followup.domain.listing import ListedItem, Listing, Page, Which
from bot.followup.domain.rules import TITLE_MAX
from bot.followup.domain.vocabulary import Kind, Priority
from bot.followup.views import lists, messages, modals, rows
from tests.followup.domain.items import DUE, TODAY, item
from tests.incident.domain.situations import BOB, NOW, declared
from tests.incident.views.limits import fits, harmless
from tests.incident.views.reading import said

LATE = DUE + timedelta(days=3)
LONG = ("<!channel> & <@U1> " * 40)[:TITLE_MAX]


def listed(title: str = "Add an alert", *, has_owner: bool = True) -> ListedItem:
    return ListedItem(item(title=title), "Bob Brown", has_owner)


def pages() -> list[Message]:
    """The longest messages that there can be."""
    many = [listed(LONG) for _ in range(20)]
    page = Page(many[: lists.LISTED_MAX], 500, LATE, Listing(Which.OVERDUE, 42, page=3))
    return [
        lists.action_items(page),
        Message.of(messages.REPLACED, *lists.duties(page)),
        messages.reminder(many, LATE),
        messages.given(many[0], LATE),
        messages.without_owner(many[0], "C1", is_gone=True, today=LATE),
        messages.in_room(many[0], "Alice"),
        messages.added(many[0].item, BOB),
        messages.changed(many[0].item),
        messages.ask_for_the_rest(LONG * 5, "{}", {}),
    ]


def test_every_message_fits_in_slack_also_the_longest() -> None:
    for message in pages():
        fits(message)
        harmless(str(message.text))
    for view in (
        modals.add(declared(), title=LONG, owner=BOB, due_on=DUE, link="https://slack/p1", note="x"),
        *(form(item(title=LONG)) for form in (modals.done, modals.drop, modals.move, modals.give)),
    ):
        fits(view)


def test_nobody_is_notified_of_being_listed() -> None:
    page = Page([listed("ask <@U1>")], 1, TODAY)
    for message in (lists.action_items(page), messages.in_room(listed("ask <@U1>"), "Alice")):
        assert "<@" not in str(message.blocks)


def test_a_row_says_whose_it_is_by_when_and_how_it_ended() -> None:
    first = item()
    assert "due Thu 3 Dec 2026" in rows.text(listed(), TODAY)
    assert "*due today*" in rows.text(listed(), DUE)
    assert "*overdue since Thu 3 Dec 2026*" in rows.text(listed(), LATE)
    assert "no owner (Bob Brown left)" in rows.text(listed(has_owner=False), TODAY)
    assert "no owner (they left)" in rows.text(ListedItem(first, has_owner=False), TODAY)
    assert rows.owner(ListedItem(first)) == "somebody"
    moved = rules.move(first, LATE, "", today=TODAY, by=BOB, now=NOW)
    assert "moved once" in rows.text(ListedItem(evolve(first, moved[0])), TODAY)  # type: ignore[index]  # not refused
    done = rules.finish(first, "see <https://example.com>", by=BOB, now=NOW)
    text = rows.text(ListedItem(evolve(first, done[0])), LATE)  # type: ignore[index]  # not refused
    assert ":white_check_mark:" in text
    assert "due" not in text
    assert "see <https://example.com>" in text


def test_importance_and_the_message_are_shown_if_there_is_something_to_show() -> None:
    decision = rules.add(
        3, declared(), "Mend it", owner=BOB, due_on=DUE, today=TODAY, by=BOB, now=NOW,
        kind=Kind.LEARN, priority=Priority.HIGH, link="https://slack/p1",
    )  # fmt: skip
    text = rows.text(ListedItem(evolve(None, decision[0])), TODAY)  # type: ignore[index]  # not refused
    assert "high priority" in text
    assert "from <https://slack/p1|this message>" in text
    assert "learn · INC-42" in text


def test_who_left_without_a_name_is_told_of_all_the_same() -> None:
    nameless = ListedItem(item(), has_owner=False)
    message = messages.without_owner(nameless, None, is_gone=False, today=TODAY)
    assert "Its owner can no longer see the incident" in said(message)


def test_every_kind_says_what_it_is_for() -> None:
    assert all(each.meaning in said(modals.add(declared())) for each in Kind)
