"""Whatever people type, Slack accepts the timeline, the form and the answers to corrections, and nobody is notified."""

from datetime import timedelta

from hypothesis import example, given
from hypothesis import strategies as st

from bot.incident.domain import facts
from bot.incident.domain.corrections import Shown, find, timeline
from bot.incident.domain.rules import TEXT_MAX
from bot.incident.domain.selection import Selection
from bot.incident.domain.timeline import Entry
from bot.incident.domain.vocabulary import Severity
from bot.incident.views import corrections, modals, retelling
from bot.incident.views import timeline as views
from bot.incident.views.facts import sentence
from bot.incident.views.messages import fact_message
from tests.incident.domain.situations import ALICE, BOB, NOW, declared, later
from tests.incident.views.hostile_texts import TEXTS, everything, happenings, taken, texts, titles
from tests.incident.views.limits import fits, harmless

MENTION = "<@"


@TEXTS
@given(text=texts, count=st.integers(1, views.PAGE + 5), page=st.integers(0, 3), hours=st.integers(0, 30))
@example(text="x" * TEXT_MAX, count=views.PAGE, page=0, hours=24)
@example(text=taken("&" * TEXT_MAX), count=views.PAGE, page=0, hours=24)
def test_a_page_fits_whatever_was_noted(text: str, count: int, page: int, hours: int) -> None:
    noted = [
        Entry(
            seq,
            facts.Noted(at=NOW + timedelta(hours=hours * seq), by=BOB, author=ALICE, text=text, link=LINK),
        )
        for seq in range(1, count + 1)
    ]
    struck = [
        Entry(count + seq, facts.EntryStruck(at=later(9), by=BOB, entry=seq, why=text))
        for seq in range(1, count)
    ]
    for wanted in (Selection(), Selection(struck=True), Selection(person=BOB, topic="notes")):
        fits(views.page(declared(), [*noted, *struck], wanted, page, None))


LINK = "https://example.slack.com/archives/C0ROOM/p1700000000000100?thread_ts=1700000000.000100&cid=C0ROOM"


@TEXTS
@given(text=texts)
@example(text=taken("&" * TEXT_MAX))
@example(text="\n" * 2000 + "x")
def test_a_timeline_with_every_fact_fits_and_so_does_each_entry(text: str) -> None:
    incident = everything("Checkout is failing", text)
    entries = [Entry(seq, fact) for seq, fact in enumerate(happenings(incident, text), start=1)]
    fits(views.page(incident, entries, Selection(), 0, None))
    corrected = [
        Entry(100 + seq, facts.EntryCorrected(at=later(seq), by=BOB, entry=3, text=text, when=NOW))
        for seq in range(20)
    ]
    for each in timeline([*entries, *corrected]):
        fits(views.entry(incident, each))


@TEXTS
@given(text=texts, title=titles)
@example(text=taken("&" * TEXT_MAX), title="&")
@example(text="<@U1>" * 400, title="<@U1>")
def test_a_message_that_is_edited_fits_and_mentions_nobody_of_the_note(text: str, title: str) -> None:
    incident, note = declared(title), facts.Noted(at=NOW, by=ALICE, author=ALICE, text=text)
    correction = facts.EntryCorrected(at=NOW, by=BOB, entry=1, text=text)
    strike = facts.EntryStruck(at=NOW, by=BOB, entry=1, why=text)
    names = {ALICE: title, BOB: title}
    for more in ((), (correction,), (correction, strike)):
        found = find([Entry(seq, each) for seq, each in enumerate((note, *more), start=1)], 1)
        assert found
        message = retelling.again(fact_message(found.entry, incident, names), [found], names)
        fits(message)
        fits(retelling.together([found, found], incident, names))
        if strike not in more:
            assert MENTION not in message.text
    for happened in (correction, strike, facts.EntryRestored(at=NOW, by=BOB, entry=1)):
        assert "#1" in sentence(happened)


def named(text: str) -> Shown:
    """A declaration with this summary."""
    fact = facts.Declared(
        at=NOW, by=BOB, number=1, title="t", severity=Severity.SEV1, summary=text, source=LINK
    )
    return Shown(Entry(1, fact), Entry(1, fact))


@TEXTS
@given(text=texts, title=titles)
def test_form_and_answers_fit(text: str, title: str) -> None:
    incident = declared(title)
    fits(modals.correct(incident, 99_999, text=text, at=NOW, doubt=text))
    for message in (
        corrections.corrected(99_999),
        corrections.struck(incident, 99_999),
        corrections.restored(99_999),
        corrections.unmarked(99_999),
        corrections.removed(named(text), declared("Another title"), is_known=True),
    ):
        fits(message)
        harmless(message.text)
