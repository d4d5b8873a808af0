"""Severity and status as coloured words, long texts that are folded, and what forms warn of."""

from dataclasses import replace

import pytest

from bot import policy_file
from bot.core.newer import Tag
from bot.incident.domain import rules
from bot.incident.domain.decisions import DecisionState
from bot.incident.domain.incident import Incident
from bot.incident.domain.listing import Listing
from bot.incident.domain.shortlist import ListedIncident, Shortlist
from bot.incident.domain.vocabulary import Severity, Status
from bot.incident.views import card, lists, modals
from bot.incident.views.card import SEVERITY_MARKS
from bot.incident.views.lists import SORTED_FROM
from bot.incident.views.tags import FOLDED_FROM, long_text, severity_tag, status_pieces
from tests.incident.domain.situations import ALICE, BOB, NOW, after, declared, resolved
from tests.incident.views.hostile_texts import decided_and_objected
from tests.incident.views.reading import in_plain_form, objects, said

POLICY = policy_file.load()


@pytest.mark.parametrize("severity", Severity)
def test_a_severity_has_the_colour_of_its_mark_and_its_word(severity: Severity) -> None:
    tag = severity_tag(declared(severity=severity))
    assert tag.words == severity.label
    assert f":{tag.mark}:" == SEVERITY_MARKS[severity]
    assert tag.color in tag.mark


def test_what_is_over_has_no_alarming_colour() -> None:
    assert severity_tag(resolved()) == Tag("SEV1", "gray", "white_check_mark")
    assert status_pieces(resolved()) == [Tag("resolved", "green")]


def test_the_status_is_green_once_customers_notice_nothing() -> None:
    mitigated = replace(declared(), status=Status.MITIGATED)
    assert status_pieces(mitigated) == [Tag("mitigated", "green")]
    assert status_pieces(declared()) == [Tag("triage", "gray")]


def test_a_long_text_is_folded_with_its_first_words() -> None:
    text = "Half of all payments fail. " * 50
    (folded,) = long_text("Latest update", text, 2900)
    assert folded["type"] == "container"
    assert folded["subtitle"]["text"].startswith("Half of all payments fail.")
    assert text.strip() in said({"blocks": folded["child_blocks"]})
    (shown,) = long_text("Latest update", "x" * (FOLDED_FROM - 1), 2900)
    assert shown["type"] == "section"


def test_the_plain_form_of_the_card_says_the_same() -> None:
    incident = replace(declared(commander=BOB, summary="All fail. " * 100), update="Half fail. " * 100)
    shown = card.card(incident, POLICY)
    plain = said(in_plain_form(shown))
    assert ":red_circle: SEV1 · triage" in plain
    assert "*Summary*\nAll fail." in plain
    assert "*Latest update*\nHalf fail." in plain
    assert len(list(objects(in_plain_form(shown).blocks))) > len(shown.blocks)


def test_a_list_is_a_table_as_soon_as_sorting_helps() -> None:
    listed = [ListedIncident(declared(commander=BOB, number=number), "C1") for number in range(1, 8)]
    few = lists.incidents(Shortlist(listed[: SORTED_FROM - 1], SORTED_FROM - 1), Listing())
    assert {each["type"] for each in few.blocks} == {"section"}
    roomless = ListedIncident(declared(number=9), None)
    many = lists.incidents(Shortlist([*listed, roomless], 8), Listing())
    (table,) = many.blocks
    assert table["caption"] == "8 incidents are open"
    assert len(table["rows"]) == 9
    assert {len(row) for row in table["rows"]} == {len(lists.COLUMNS)}
    assert f"INC-1\nSEV1\nCheckout is failing · <#C1>\ntriage\n<@{BOB}>" in said(many)
    assert "INC-9\nSEV1\nCheckout is failing · opening …\ntriage\nnobody yet" in said(many)
    assert f"SEV1 · triage · <@{BOB}>" in said(in_plain_form(many))


def warned(incident: Incident) -> str:
    """What the form to resolve warns of."""
    alerts = [each for each in modals.resolve(incident)["blocks"] if each["type"] == "alert"]
    return said({"blocks": alerts})


def test_to_resolve_warns_of_what_is_not_finished() -> None:
    assert warned(declared()) == ""
    one = after(declared(), rules.add_task(declared(), "check lag", by=ALICE, now=NOW))
    assert warned(one) == "1 task is still open. You can resolve it all the same."
    two = after(one, rules.add_task(one, "call them", by=ALICE, now=NOW))
    open_question = decided_and_objected(two, "Roll back", 1)
    assert open_question.decisions[0].state is DecisionState.OBJECTED
    assert warned(open_question).startswith("2 tasks are still open and 1 decision is not taken.")
    assert warned(decided_and_objected(declared(), "Roll back", 1)).startswith("1 decision is not taken.")


def test_to_raise_the_severity_says_who_is_told_and_how_often_updates_are_due() -> None:
    shown = said(modals.severity(declared(severity=Severity.SEV3), POLICY))
    assert "the war room and the incidents channel are told. At SEV1 an update is due every 15 min." in shown
    private = said(modals.severity(declared(severity=Severity.SEV3, private=True), POLICY))
    assert "only the war room is told" in private
    assert "If you raise it" not in said(modals.severity(declared(), POLICY))
