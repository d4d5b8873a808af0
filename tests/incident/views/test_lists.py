"""The open incidents: the worst first, and a count of what is not shown."""

import json

from bot.incident.commands import registry
from bot.incident.domain.listing import Listing, parse_listing
from bot.incident.domain.shortlist import ListedIncident, Shortlist
from bot.incident.views.help import only_in_room
from bot.incident.views.lists import LISTED_MAX, incidents, room_links
from bot.incident.views.unreadable import unreadable
from tests.incident.domain.situations import BOB, declared
from tests.incident.views.limits import fits
from tests.incident.views.reading import said

registry.discover()

OPEN = Listing()


def test_each_line_says_who_has_command() -> None:
    listed = [ListedIncident(declared(commander=BOB), "C0ROOM"), ListedIncident(declared(number=43), None)]
    text = said(incidents(Shortlist(listed, 2), OPEN))
    assert f"*INC-42* Checkout is failing · <#C0ROOM>\nSEV1 · triage · <@{BOB}>" in text
    assert "*INC-43* Checkout is failing · opening …\nSEV1 · triage · no commander yet" in text


def test_the_number_of_incidents_is_correct_english() -> None:
    listed = ListedIncident(declared(), "C1")
    assert incidents(Shortlist([listed], 1), OPEN).text.startswith("1 incident is open\n")
    assert incidents(Shortlist([listed] * 2, 2), OPEN).text.startswith("2 incidents are open\n")
    assert "No incident is open" in incidents(Shortlist(), OPEN).text


def test_incidents_that_do_not_fit_are_counted() -> None:
    listed = [ListedIncident(declared(number=number), "C1") for number in range(1, LISTED_MAX + 4)]
    assert "1 to 20 of 10000" in said(incidents(Shortlist(listed, 10_000), OPEN))
    assert "of 20" not in said(incidents(Shortlist(listed[:LISTED_MAX], LISTED_MAX), OPEN))


def test_an_incident_that_cannot_be_read_is_named_beside_the_others() -> None:
    listed = [ListedIncident(declared(), "C1")]
    beside = incidents(Shortlist(listed, 2, [7]), OPEN)
    assert str(beside.text).startswith("2 incidents are open\n:warning: INC-7 cannot be read.")
    assert "Checkout is failing" in said(beside)
    assert "`warroom doctor`" in said(beside)
    assert " of 2" not in said(beside), "all are on this page"
    alone = said(incidents(Shortlist((), 1, [7]), OPEN))
    assert "INC-7 cannot be read" in alone
    assert "No incident is open" not in alone
    assert "1 to 2 of 30" in said(incidents(Shortlist(listed, 30, [7]), OPEN))


def test_many_incidents_that_cannot_be_read_are_counted() -> None:
    assert unreadable([]) == ""
    assert "INC-7 and INC-9 cannot be read" in unreadable([7, 9])
    assert "INC-9, INC-10 and 2 more cannot be read" in unreadable(range(1, 13))
    fits(incidents(Shortlist((), 20, range(10**9, 10**9 + 20)), OPEN))


def test_only_rooms_that_are_open_are_linked() -> None:
    listed = [
        ListedIncident(declared(), "C1"),
        ListedIncident(declared(), None),
        ListedIncident(declared(), "C2"),
    ]
    assert room_links(Shortlist(listed, 3)) == "<#C1>, <#C2>"
    assert room_links(Shortlist(listed, 10)) == "<#C1>, <#C2>, and 7 more"
    assert room_links(Shortlist(listed[1:2], 10)) == ""


def test_a_word_that_needs_a_war_room_lists_them_or_says_how_to_open_one() -> None:
    word = registry.COMMANDS["update"]
    assert "works in a war room" in said(only_in_room(word, Shortlist()))
    assert "To open one: `/incident declare" in said(only_in_room(word, Shortlist()))
    assert "open war rooms (<#C1>)" in said(
        only_in_room(word, Shortlist([ListedIncident(declared(), "C1")], 1))
    )


def pages(wanted: Listing, total: int) -> list[tuple[str, object]]:
    """Label and value of each button for another page."""
    found = incidents(Shortlist([ListedIncident(declared(), "C1")] * LISTED_MAX, total), wanted)
    last = found.blocks[-1]
    elements = last["elements"] if last["type"] == "actions" else []
    return [(each["text"]["text"], json.loads(each["value"])["page"]) for each in elements]


def test_a_page_has_buttons_for_the_pages_beside_it() -> None:
    assert pages(OPEN, LISTED_MAX) == []
    assert pages(OPEN, 50) == [("More", 1)]
    assert pages(Listing(page=1), 50) == [("Back", 0), ("More", 2)]
    assert pages(Listing(page=2), 50) == [("Back", 1)]


def test_an_empty_list_says_what_was_looked_for_and_what_to_do() -> None:
    none = Shortlist()
    assert "`/incident list all sev1 checkout`" in said(incidents(none, parse_listing("sev1 checkout")))
    assert "No incident that you may see matches “all checkout”" in said(
        incidents(none, parse_listing("all checkout"))
    )
    assert "No open incident matches “sev1 mail”" in said(incidents(none, parse_listing("sev1 mail")))
    assert "You have no role and no task in an open" in said(incidents(none, parse_listing("mine")))
    assert "begins again" in said(incidents(Shortlist((), 5), Listing(page=3)))


def test_a_list_of_some_incidents_says_which() -> None:
    listed = [ListedIncident(declared(), "C1")]
    assert "1 incident matches “mine”" in incidents(Shortlist(listed, 1), parse_listing("mine")).text
    assert "2 incidents match “sev1”" in incidents(Shortlist(listed * 2, 2), parse_listing("sev1")).text
