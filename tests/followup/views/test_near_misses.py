"""How near misses are shown: in the channel, in lists, alone, in forms and in direct messages."""

from bot.core.blocks import Message
from bot.followup.domain import near_miss_rules as rules
from bot.followup.domain.near_miss import fold
from bot.followup.domain.near_miss_facts import NearMissReported
from bot.followup.domain.near_miss_listing import Listing, Page, Which
from bot.followup.views import near_miss_messages as messages
from bot.followup.views import near_miss_modals as modals
from bot.followup.views import near_miss_rows as rows
from tests.followup.domain.near_misses import CAUGHT, TITLE, after, near_miss
from tests.incident.domain.situations import ALICE, BOB, CAROL, NOW
from tests.incident.views.reading import buttons, initial, said

BARE = fold([NearMissReported(at=NOW, by="", number=7, title="Luck", summary="")])
ANSWERED = after(near_miss(similar=[3, 5]), rules.answer, "We ask for the database now")
PROMOTED = after(near_miss(), rules.promote, 5)
GONE = after(near_miss(), rules.withdraw, by=BOB)


def test_the_announcement_offers_to_answer_and_to_promote_until_that_is_done() -> None:
    waiting = rows.announcement(near_miss())
    assert TITLE in said(waiting)
    assert f"Caught by: {CAUGHT}" in said(waiting)
    assert set(buttons(waiting)) == {rows.ANSWER, rows.PROMOTE}
    answered = rows.announcement(ANSWERED)
    assert "We ask for the database now" in said(answered)
    assert "similar to NM-3, NM-5" in said(answered)
    assert set(buttons(answered)) == {rows.PROMOTE}
    promoted = rows.announcement(PROMOTED)
    assert "became *INC-5*" in said(promoted)
    assert not buttons(promoted)
    assert "without a name" in said(rows.announcement(BARE))


def test_what_was_taken_back_is_announced_without_its_words() -> None:
    assert TITLE not in said(rows.announcement(GONE))


def test_what_people_type_is_escaped_wherever_it_is_shown() -> None:
    item = after(near_miss(title="<!channel> *x*"), rules.answer, "<!here>")
    page = Page([item], 1)
    for shown in (
        rows.announcement(item),
        rows.whole(item, CAROL),
        messages.listed(page, CAROL),
        messages.told_of_answer(item),
        messages.overdue(item),
        Message.of(modals.thanks_text(item, [item])),
    ):
        assert "<!channel>" not in said(shown)
        assert "<!here>" not in said(shown)


def test_the_reporter_alone_may_change_and_take_back_in_a_list() -> None:
    own = messages.listed(Page([near_miss()], 1), BOB)
    assert {rows.CHANGE, rows.WITHDRAW} <= set(buttons(own))
    assert rows.CHANGE not in buttons(messages.listed(Page([near_miss()], 1), CAROL))
    promoted = buttons(messages.listed(Page([PROMOTED], 1), BOB))
    assert rows.CHANGE in promoted
    assert rows.WITHDRAW not in promoted
    gone = messages.listed(Page([GONE], 1, Listing(Which.MINE)), BOB)
    assert "taken back" in said(gone)
    assert rows.RESTORE in buttons(gone)
    others = messages.listed(Page([PROMOTED], 1), CAROL)
    assert set(buttons(others)) == {messages.REPORT_BUTTON}


def test_alone_it_has_all_its_words_and_what_is_seldom_needed() -> None:
    whole = rows.whole(ANSWERED, CAROL)
    for words in (TITLE, CAUGHT, "We ask for the database now", "similar to NM-3"):
        assert words in said(whole)
    assert {rows.ANSWER, rows.WITHDRAW} <= set(buttons(whole))
    assert set(buttons(rows.whole(GONE, BOB))) == {rows.RESTORE}
    assert "nobody else sees it" in said(rows.whole(GONE, BOB))
    assert "What caught it" not in said(rows.whole(BARE, CAROL))
    assert "to be answered by" in said(rows.whole(near_miss(), BOB))
    promoted = rows.whole(PROMOTED, CAROL)
    assert set(buttons(promoted)) == {rows.ANSWER}
    assert buttons(promoted)[rows.ANSWER]["text"]["text"] == "Answer"


def test_lists_say_what_is_missing_and_have_pages() -> None:
    empty = {
        Listing(): "No near miss is reported yet",
        Listing(Which.OPEN): "waits for an answer",
        Listing(Which.MINE): "with your name",
        Listing(words=("unicorn",)): "about “unicorn”",
    }
    for wanted, words in empty.items():
        assert words in said(messages.listed(Page([], 0, wanted), BOB))
    assert "nothing more: 9 in all" in said(messages.listed(Page([], 9, Listing(page=4)), BOB))
    first = messages.listed(Page([near_miss()] * 8, 20), BOB)
    assert "20 near misses" in said(first)
    assert "1 to 8 of 20" in said(first)
    assert messages.MORE in buttons(first)
    assert messages.BACK not in buttons(first)
    last = messages.listed(Page([near_miss()] * 4, 20, Listing(Which.OPEN, (), 2)), BOB)
    assert "that wait for an answer" in said(last)
    assert messages.MORE not in buttons(last)
    assert messages.BACK in buttons(last)
    assert "1 near miss that waits" in said(messages.listed(Page([near_miss()], 1, Listing(Which.OPEN)), BOB))
    assert "1 near miss of yours" in said(messages.listed(Page([near_miss()], 1, Listing(Which.MINE)), BOB))


def test_the_forms_have_what_is_known() -> None:
    assert "do not name people" in said(modals.report())
    assert str(initial(modals.report("x" * 1200), "title")).endswith("…")
    assert initial(modals.change(near_miss()), "summary") == CAUGHT
    assert "told privately" in said(modals.answer(near_miss()))
    assert "nobody is told" in said(modals.answer(BARE))
    assert initial(modals.answer(ANSWERED), "answer") == "We ask for the database now"


def test_thanks_say_what_is_stored_and_what_becomes_of_it() -> None:
    named = said(modals.thanks(near_miss(similar=[3]), [near_miss(3, "Earlier")]))
    assert TITLE in named
    assert CAUGHT in named
    assert "you are told privately" in named
    assert "*Similar ones before it:*" in named
    assert "*NM-3* Earlier" in named
    by_name = said(modals.thanks(near_miss(similar=[3, 5]), []))
    assert "Similar ones before it: NM-3, NM-5" in by_name
    nameless = said(modals.thanks(BARE, []))
    assert "Nobody knows that it was you" in nameless
    assert "before it" not in nameless
    assert modals.UNDO in buttons(
        Message.of(modals.thanks_text(BARE, []), *modals.thanks(BARE, [])["blocks"])
    )


def test_the_answers_say_what_was_done() -> None:
    assert f"and <@{BOB}> is told" in said(messages.answered(near_miss()))
    assert "told" not in said(messages.answered(BARE))
    assert TITLE in said(messages.changed(near_miss()))
    assert "bring it back" in said(messages.withdrawn(GONE))
    assert "bring it back" not in said(messages.withdrawn(after(BARE, rules.withdraw, by="")))
    assert "counts again" in said(messages.restored(near_miss()))
    assert f"<@{ALICE}> answered your near miss" in said(messages.told_of_answer(ANSWERED))
    assert "*INC-5*" in said(messages.told_of_incident(PROMOTED, 5))
    assert "was to be answered by" in said(messages.overdue(near_miss()))
    assert "was to be answered, and nobody has" in said(messages.overdue(BARE))


def test_an_incident_gets_its_first_line_and_all_of_its_words() -> None:
    title, summary = rows.as_incident(near_miss(title="\n\nWrong flag\nmore of it"))
    assert title == "Near miss: Wrong flag"
    assert summary.endswith(f"more of it\n\nCaught by: {CAUGHT}")
    assert rows.as_incident(BARE) == ("Near miss: Luck", "Luck")
