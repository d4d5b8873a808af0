"""A false alarm and a duplicate look like what they are, wherever they are shown."""

import pytest

from bot import policy_file
from bot.core.resources import shipped
from bot.core.templates import Templates
from bot.incident.domain import facts, rules
from bot.incident.domain.incident import Incident, fold
from bot.incident.domain.postmortem import draft
from bot.incident.domain.timeline import Entry
from bot.incident.domain.vocabulary import Severity, Status
from bot.incident.views import card, messages, replies
from bot.incident.views.facts import sentence
from bot.incident.views.postmortem import postmortem
from tests.incident.domain.situations import (
    ALICE,
    BOB,
    NOW,
    after,
    decided,
    declared,
    entries,
    later,
    resolved,
)
from tests.incident.views.reading import buttons, in_plain_form, objects, said

POLICY, TEMPLATES = policy_file.load(), Templates(shipped("templates"))
OPEN = declared(commander=BOB)
CANCELLED = facts.Cancelled(at=NOW, by=BOB, old=Status.TRIAGE, reason="Monitor was wrong")
MARKED = facts.MarkedDuplicate(at=NOW, by=BOB, old=Status.TRIAGE, of=7, room="C7", reason="Same error")
MERGED = facts.DuplicateMerged(at=NOW, by=BOB, number=42, title="Checkout is failing")
FALSE_ALARM, DUPLICATE = after(OPEN, (CANCELLED,)), after(OPEN, (MARKED,))
ROOMLESS = after(OPEN, (facts.MarkedDuplicate(at=NOW, by=BOB, old=Status.TRIAGE, of=7),))


def told(fact: facts.Fact, incident: Incident = OPEN) -> str:
    return said(messages.fact_message(Entry(7, fact), incident, {BOB: "Bob"}))


@pytest.mark.parametrize(
    ("incident", "words"),
    [
        (FALSE_ALARM, "cancelled: false alarm"),
        (DUPLICATE, "duplicate of INC-7 · <#C7>"),
        (ROOMLESS, "duplicate of INC-7"),
    ],
)
def test_card_announcement_and_headline_say_what_it_was(incident: Incident, words: str) -> None:
    for shown in (card.card(incident, POLICY), card.announcement(incident, POLICY, "C42")):
        assert words in said(shown)
        assert "resolved" not in said(shown)
        assert ":white_circle:" in said(in_plain_form(shown))
    assert card.headline(incident).endswith(f"({words})")


def test_the_card_offers_no_draft_of_what_nobody_reviews() -> None:
    for incident in (FALSE_ALARM, DUPLICATE):
        assert set(buttons(card.card(incident, POLICY))) == {"reopen", "note", "rename"}
    assert "postmortem" in buttons(card.card(resolved(), POLICY))


def test_the_topic_says_what_it_was() -> None:
    assert card.topic(FALSE_ALARM).startswith("INC-42 · cancelled: false alarm · ")
    assert card.topic(DUPLICATE).startswith("INC-42 · duplicate of INC-7 · ")
    assert card.topic(resolved()).startswith("INC-42 · resolved · ")


def test_the_announcement_of_a_duplicate_leads_to_the_war_room_where_the_work_goes_on() -> None:
    def joined(incident: Incident) -> list[str]:
        shown = card.announcement(incident, POLICY, "C42", slack_url="https://acme.slack.com/")
        return [each["url"] for each in objects(shown.blocks) if "url" in each]

    assert joined(DUPLICATE) == ["https://acme.slack.com/archives/C7"]
    assert joined(ROOMLESS) == joined(FALSE_ALARM) == ["https://acme.slack.com/archives/C42"]


def test_the_card_names_what_was_merged() -> None:
    assert "Merged into it: INC-42, INC-50" in said(
        card.card(
            after(declared(number=7), (MERGED, facts.DuplicateMerged(at=NOW, by=BOB, number=50, title="x"))),
            POLICY,
        )
    )


def test_the_card_names_ten_of_many_that_were_merged() -> None:
    every = tuple(facts.DuplicateMerged(at=NOW, by=BOB, number=number, title="x") for number in range(50, 62))
    shown = said(card.card(after(declared(number=7), every), POLICY))
    assert "INC-58, INC-59 and 2 more" in shown


def test_the_room_of_a_false_alarm_is_told_that_it_is_cancelled() -> None:
    assert told(CANCELLED) == (
        ":white_circle: Incident cancelled as a false alarm (triage → cancelled): Monitor was wrong (by Bob)"
    )


def test_the_room_of_a_duplicate_leads_to_the_other_one() -> None:
    assert told(MARKED) == (
        ":white_circle: Incident closed as a duplicate of INC-7 (triage → duplicate): Same error (by Bob)\n"
        "*Everything else goes on in <#C7>*"
    )
    roomless = facts.MarkedDuplicate(at=NOW, by=BOB, old=Status.TRIAGE, of=7)
    assert told(roomless).endswith("*Everything else goes on in INC-7*")


def test_the_other_room_is_told_what_was_merged_and_what_left_again() -> None:
    assert told(MERGED) == (
        ":link: INC-42 was merged into this incident as a duplicate: Checkout is failing (by Bob)"
    )
    parted = facts.DuplicateReopened(at=NOW, by=BOB, number=42, reason="Another error")
    assert told(parted) == (
        ":arrows_counterclockwise: INC-42 is open again, and is no longer a duplicate of this incident: "
        "Another error (by Bob)"
    )


def test_a_reopened_false_alarm_is_told_as_reopened() -> None:
    again = decided(rules.reopen(FALSE_ALARM, "It is real", by=BOB, now=NOW))
    assert "Incident reopened (cancelled → triage): It is real" in told(again[0])


def test_an_incident_that_is_declared_again_is_named_with_its_end() -> None:
    assert "(cancelled)" in replies.declared_already(FALSE_ALARM, "C42", BOB)


def written(*happened: facts.Fact, duplicates: list[tuple[int, list[Entry]]] | None = None) -> str:
    begun = facts.Declared(at=NOW, by=ALICE, number=42, title="Checkout", severity=Severity.SEV1)
    history = (begun, *happened)
    found = draft(fold(history), entries(*history), POLICY, later(90), duplicates or [])
    return postmortem(found, {BOB: "Bob", ALICE: "Alice"}, TEMPLATES)


def test_the_draft_of_a_false_alarm_says_so_and_that_nobody_owes_a_review() -> None:
    text = written(CANCELLED)
    assert "> **False alarm: this incident was cancelled, and nobody owes a review.**" in text
    assert "| SEV1 | SEV1 | cancelled | Alice |" in text
    assert "False alarm" not in written()


def test_the_draft_of_a_duplicate_names_the_other_incident() -> None:
    assert "> **Duplicate of INC-7: nobody owes a review of this one.** The draft of INC-7" in written(MARKED)


def test_the_draft_has_the_timelines_of_the_duplicates_in_the_order_of_time() -> None:
    noted = facts.Noted(
        at=later(-10), by=BOB, author=BOB, text="*First* error", link="https://example.com/p1"
    )
    late = facts.Noted(at=later(9), by=BOB, author=BOB, text="Last error")
    text = written(MERGED, duplicates=[(50, entries(noted)), (51, entries(late))])
    first = "- 13:50 — INC-50: \\*First\\* error (noted by Bob) ([message](<https://example.com/p1>))"
    assert first in text
    assert text.index(first) < text.index("declared SEV1") < text.index("INC-51: Last error (noted by Bob)")


@pytest.mark.parametrize("title", ["<!channel>", "```", "line\nline"])
def test_a_title_in_a_sentence_stays_a_title(title: str) -> None:
    merged = facts.DuplicateMerged(at=NOW, by=BOB, number=42, title=title)
    assert "<!channel>" not in told(merged)
    assert sentence(merged).count("```") % 2 == 0


def test_a_thought_about_what_was_set_aside_says_what_it_was() -> None:
    thought = facts.Parked(at=NOW, by=BOB, number=1, text="Why did the monitor fire", author=BOB)
    assert "the incident is cancelled, so you may also look into it now" in told(thought, FALSE_ALARM)
    assert "the incident is a duplicate of INC-7 · <#C7>" in told(thought, DUPLICATE)
