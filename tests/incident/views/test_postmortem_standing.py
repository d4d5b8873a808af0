"""Where a postmortem stands, wherever it is shown, and the messages about its way."""

from dataclasses import replace

import pytest

from bot import policy_file
from bot.core.blocks import Message
from bot.core.text import Mrkdwn
from bot.incident.domain import facts, rules
from bot.incident.domain.incident import Incident, evolve
from bot.incident.domain.listing import Listing, Which
from bot.incident.domain.postmortem_sections import PostmortemSection
from bot.incident.domain.shortlist import ListedIncident, Shortlist
from bot.incident.domain.timeline import Entry
from bot.incident.domain.vocabulary import Severity
from bot.incident.views.card import card
from bot.incident.views.closing import closing
from bot.incident.views.facts import sentence
from bot.incident.views.home import OWED_MAX, Tab, home
from bot.incident.views.lists import incidents
from bot.incident.views.messages import fact_message
from bot.incident.views.modals.postmortem import postmortem_section, postmortem_versions
from bot.incident.views.postmortem_messages import announcement, draft_comment
from bot.incident.views.postmortem_words import standing
from tests.incident.domain.postmortems import DUE, SUMMARY, approved, in_review, over, published, written
from tests.incident.domain.situations import BOB, CAROL, DAVE, NOW, after, declared, later, resolved
from tests.incident.views.hostile_texts import HOSTILE
from tests.incident.views.limits import fits
from tests.incident.views.reading import buttons, said

POLICY = policy_file.load()
DAY = "<!date^1796058000^{date_long_pretty}|2026-11-30>"
NOT_WANTED = after(over(), rules.close_without_postmortem(over(), "INC-7 covers it", by=BOB, now=NOW))


def changes_wanted() -> Incident:
    return after(in_review(), rules.want_changes(in_review(), "Say who was hit", by=DAVE, now=NOW))


@pytest.mark.parametrize(
    ("incident", "words"),
    [
        (over(), f"not begun · due {DAY}"),
        (written(over()), f"draft · due {DAY}"),
        (in_review(), f"in review, 0 of 1 approval · due {DAY}"),
        (in_review(0), f"in review · due {DAY}"),
        (approved(in_review(2), CAROL), f"in review, 1 of 2 approvals · due {DAY}"),
        (changes_wanted(), f"changes wanted · due {DAY}"),
        (published(), "published"),
        (written(published(), "Less"), "published, changed since"),
        (published(written(published(), "Less")), "published (version 2)"),
        (NOT_WANTED, "not wanted: INC-7 covers it"),
    ],
)
def test_it_is_said_in_a_few_words(incident: Incident, words: str) -> None:
    assert str(standing(incident)) == words
    assert words in said(card(incident, POLICY))


@pytest.mark.parametrize(
    ("incident", "steps"),
    [
        (over(), ["postmortem_edit", "postmortem_canvas"]),
        (written(over()), ["postmortem_edit", "postmortem_canvas", "postmortem_send"]),
        (
            in_review(),
            ["postmortem_approve", "postmortem_changes", "postmortem_edit", "postmortem_canvas"],
        ),
        (approved(in_review(), CAROL), ["postmortem_publish", "postmortem_edit", "postmortem_canvas"]),
        (published(), ["postmortem_edit"]),
        (written(published(), "Less"), ["postmortem_publish", "postmortem_edit"]),
        (NOT_WANTED, []),
        (declared(), []),
        (resolved(declared(severity=Severity.SEV4)), []),
    ],
)
def test_the_card_has_the_next_steps(incident: Incident, steps: list[str]) -> None:
    found = [each for each in buttons(card(incident, POLICY)) if each.startswith("postmortem_")]
    assert found == steps


@pytest.mark.parametrize("incident", [in_review(), published()])
def test_new_entries_are_offered_on_the_card(incident: Incident) -> None:
    noted = after(incident, rules.note(incident, "The log was full", by=CAROL, now=NOW))
    assert "postmortem_take_over" in buttons(card(noted, POLICY))


def test_without_a_commander_nobody_writes_it_yet() -> None:
    assert "*Postmortem* nobody writes it yet · not begun" in said(card(over(declared()), POLICY))
    assert "*Postmortem*" not in said(card(resolved(declared(severity=Severity.SEV4)), POLICY))


def test_the_message_of_the_end_says_by_when() -> None:
    blocks = closing(over(), POLICY, {})
    assert f"unless somebody else does. It is due {DAY}." in said(Message(Mrkdwn(""), blocks))
    assert f"Who writes the postmortem? It is due {DAY}." in said(
        Message(Mrkdwn(""), closing(over(declared()), POLICY, {}))
    )
    assert "Who writes" not in said(Message(Mrkdwn(""), closing(NOT_WANTED, POLICY, {})))


def message(before: Incident, fact: facts.Fact, names: dict[str, str] | None = None) -> Message:
    incident = evolve(before, fact)
    return fact_message(Entry(incident.version, fact), incident, names or {BOB: "Bob", CAROL: "Carol"})


def test_the_message_that_it_is_in_review_asks_for_approval() -> None:
    sent = facts.PostmortemSentToReview(at=NOW, by=BOB, up_to=7, reviewers=2)
    shown = message(written(over()), sent)
    assert "Postmortem sent to review (by Bob)." in said(shown)
    assert "2 people approve it before it is published." in said(shown)
    assert list(buttons(shown)) == [
        "postmortem_approve",
        "postmortem_changes",
        "postmortem_edit",
        "postmortem_canvas",
        "postmortem",
    ]
    assert "postmortem_approve" not in buttons(fact_message(Entry(9, sent), published(), {}))


def test_the_message_of_an_approval_says_what_is_missing() -> None:
    one = message(in_review(2), facts.PostmortemApproved(at=NOW, by=CAROL))
    assert "One more person approves it before it is published." in said(one)
    assert "Postmortem approved (by Carol)." in said(one)
    last = message(in_review(1), facts.PostmortemApproved(at=NOW, by=CAROL))
    assert "It can be published now." in said(last)
    assert "postmortem_publish" in buttons(last)


def test_the_owner_is_told_what_is_to_be_changed() -> None:
    shown = message(in_review(), facts.PostmortemChangesWanted(at=NOW, by=CAROL, text="Say who was hit"))
    assert f"Carol asks for changes to the postmortem, <@{BOB}>:\n>Say who was hit" in str(shown.text)
    assert "postmortem_edit" in buttons(shown)
    own = message(in_review(), facts.PostmortemChangesWanted(at=NOW, by=BOB, text="Mine"))
    assert "Bob asks for changes to the postmortem:" in str(own.text)


def test_the_message_in_review_says_what_has_become_new() -> None:
    incident = in_review()
    noted = after(incident, rules.note(incident, "The log was full", by=CAROL, now=NOW))
    shown = message(noted, facts.PostmortemApproved(at=NOW, by=CAROL))
    assert "The timeline has 1 entry that the postmortem lacks." in said(shown)
    assert "postmortem_take_over" in buttons(shown)


def test_publication_and_refusal_are_told_without_buttons() -> None:
    out = message(approved(in_review(), CAROL), facts.PostmortemPublished(at=NOW, by=BOB, version=1, up_to=7))
    assert "Postmortem published (by Bob)." in said(out)
    assert not buttons(out)
    none = message(over(), facts.PostmortemNotWanted(at=NOW, by=BOB, reason="INC-7 covers it"), {"U": "x"})
    assert f"No postmortem will be written: INC-7 covers it (by <@{BOB}>)." in said(none)


def test_each_fact_has_a_sentence() -> None:
    def words(**given: object) -> str:
        usual = {"section": SUMMARY, "text": "x", "version": 1}
        return sentence(facts.PostmortemSectionWritten(at=NOW, by=BOB, **(usual | given)))  # type: ignore[arg-type]

    assert words() == f"Postmortem: “Summary” written (by <@{BOB}>)"
    assert words(version=2) == f"Postmortem: “Summary” changed (version 2) (by <@{BOB}>)"
    assert words(text="", version=2) == f"Postmortem: “Summary” taken out (by <@{BOB}>)"
    assert (
        words(version=3, restores=1) == f"Postmortem: “Summary” put back as it was in version 1 (by <@{BOB}>)"
    )
    owed = facts.PostmortemOwed(at=NOW, by=BOB, due_at=DUE)
    assert sentence(owed).startswith("Postmortem owed by <!date^1796058000^")
    wanted = facts.PostmortemChangesWanted(at=NOW, by=BOB, text="Say who")
    assert sentence(wanted) == f"Changes to the postmortem wanted: Say who (by <@{BOB}>)"
    for count, said_of in ((1, "1 new entry"), (3, "3 new entries")):
        taken = facts.PostmortemEntriesTakenOver(at=NOW, by=BOB, up_to=9, count=count)
        assert sentence(taken).startswith(f"{said_of} of the timeline taken over")
    again = facts.PostmortemPublished(at=NOW, by=BOB, version=2, up_to=9)
    assert sentence(again) == f"Postmortem published (version 2) (by <@{BOB}>)"


def test_lists_say_what_is_owed() -> None:
    every = Listing(Which.ALL)

    def listed(*found: Incident) -> str:
        return said(incidents(Shortlist([ListedIncident(each, "C1") for each in found], len(found)), every))

    assert f" · postmortem due {DAY}" in listed(over())
    assert " · postmortem due 2026-11-30" in listed(*[over()] * 6)
    assert "postmortem" not in listed(published())
    assert "postmortem" not in listed(*[declared()] * 6)


def tab(*owed: Incident, recent: tuple[Incident, ...] = (), at: float = 100) -> str:
    return said(
        home(
            Tab(
                person=BOB,
                listed=Shortlist(),
                wanted=Listing(),
                duties=(),
                recent=[ListedIncident(each, "C1") for each in recent],
                unreadable=(),
                problems=(),
                policy=POLICY,
                now=later(at),
                owed=[ListedIncident(each, "C1") for each in owed],
            )
        )
    )


def test_home_shows_the_postmortems_that_a_person_writes() -> None:
    assert (
        f"*Postmortems that you write*\n:white_check_mark: *INC-42* Checkout is failing · <#C1>\npostmortem due {DAY}\nEdit"
        in tab(over())
    )
    assert f"*postmortem overdue since {DAY}*" in tab(over(), at=60 * 24 * 9)
    assert "draft" in tab(written(over()))
    assert "and 2 more" in tab(*[over()] * (OWED_MAX + 2))
    assert "Postmortems that you write" not in tab()


def test_home_says_what_became_of_the_postmortems_of_closed_incidents() -> None:
    assert f"Postmortem: <@{BOB}> · published" in tab(recent=(published(),))
    assert "Postmortem:" not in tab(recent=(resolved(declared(severity=Severity.SEV4)),))


def test_the_announcement_says_whose_it_is_and_where_to_ask() -> None:
    assert str(announcement(published(), "C1").text) == (
        f":books: *The postmortem of INC-42* Checkout is failing is published, written by <@{BOB}> · <#C1>"
    )
    again = replace(published().postmortem, published=2)
    nobody = replace(published(), postmortem=again, roles={})
    assert str(announcement(nobody, None).text).endswith("is published, version 2")


@pytest.mark.parametrize("text", HOSTILE)
def test_slack_takes_everything_whatever_was_written(text: str) -> None:
    incident = written(over(), "x" + (text * 3000)[:2900])
    fits(card(incident, POLICY))
    late = written(incident, "y", by=CAROL)
    for view in (
        postmortem_section(incident, SUMMARY),
        postmortem_section(late, PostmortemSection.LUCKY),
    ):
        fits(view)
    section = incident.postmortem.sections[SUMMARY]
    version = facts.PostmortemSectionWritten(at=NOW, by=BOB, section=SUMMARY, text=section.text, version=1)
    fits(postmortem_versions(incident, SUMMARY, [replace(version, version=at) for at in range(1, 15)]))
    wanted = facts.PostmortemChangesWanted(at=NOW, by=CAROL, text="x" + text[:2000])
    fits(message(in_review(), wanted))


def test_the_comment_above_the_file_says_what_it_is_and_what_it_lacks() -> None:
    assert "A postmortem draft of INC-42. Write its sections together" in str(draft_comment(over()).text)
    assert "as it is published" in str(draft_comment(published()).text)
    incident = in_review()
    noted = after(incident, rules.note(incident, "The log was full", by=CAROL, now=NOW))
    text = str(draft_comment(noted).text)
    assert "as it is in review" in text
    assert "has 1 entry that the postmortem lacks. To take them in: `/incident postmortem take-over`" in text
