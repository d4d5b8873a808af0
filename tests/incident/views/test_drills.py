"""A drill says that it is one, wherever it is shown."""

from bot.incident.domain.kinds import Kind
from bot.incident.domain.listing import Listing, Which
from bot.incident.domain.policy import Policy
from bot.incident.domain.shortlist import ListedIncident, Shortlist
from bot.incident.views import lists
from bot.incident.views.card import announcement, card, headline, topic
from tests.incident.domain.situations import declared
from tests.incident.views.reading import in_plain_form, said

DRILL = declared("Drill: a region fails")


def test_card_announcement_and_topic_say_it_in_words(policy: Policy) -> None:
    assert DRILL.kind is Kind.DRILL
    for shown in (card(DRILL, policy), announcement(DRILL, policy, "C1")):
        for text, mark in ((said(shown), "SEV1 DRILL"), (said(in_plain_form(shown)), "DRILL")):
            assert mark in text
            assert (
                "*This is a drill.* People practise: nothing is failing, and no customer is affected." in text
            )
    assert topic(DRILL).startswith("INC-42 · DRILL, nothing is failing · ")
    assert "Drill: a region fails" in headline(DRILL)


def test_a_real_incident_says_nothing_of_drills(policy: Policy) -> None:
    for text in (
        said(card(declared(), policy)),
        said(announcement(declared(), policy, "C1")),
        topic(declared()),
    ):
        assert "drill" not in text.lower()


def test_lists_say_it_and_an_empty_list_of_drills_says_how_to_declare_one() -> None:
    few = Shortlist([ListedIncident(DRILL, "C1")], 1)
    assert "Drill: a region fails" in said(lists.incidents(few, Listing(Which.DRILLS)))
    many = Shortlist([ListedIncident(DRILL, "C1")] * 6, 6)
    assert "SEV1 DRILL" in said(lists.incidents(many, Listing()))
    assert "declare drill sev2" in said(lists.incidents(Shortlist(), Listing(Which.DRILLS)))
    assert "matches “drills sev1”" in said(
        lists.incidents(Shortlist(), Listing(Which.DRILLS, DRILL.severity))
    )
