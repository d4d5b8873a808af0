"""The parking lot: what is parked, numbered, taken out and put back."""

import pytest

from bot.incident.domain import facts, rules
from bot.incident.domain.effects import TellRoom
from bot.incident.domain.incident import Incident
from bot.incident.domain.parking import still_parked
from bot.incident.domain.react import react
from bot.incident.domain.rules import TEXT_MAX
from bot.incident.domain.rules.parking import PARKED_MAX
from bot.incident.domain.timeline import Entry
from bot.incident.domain.vocabulary import Status
from bot.incident.views.facts import link, sentence
from tests.incident.domain.situations import ALICE, BOB, NOW, after, declared, fact, later, refused, resolved


def parked(*thoughts: str) -> Incident:
    incident = declared()
    for each in thoughts:
        incident = after(incident, rules.park(incident, each, by=BOB, now=later(1)))
    return incident


def numbers(incident: Incident) -> list[int]:
    return [each.number for each in still_parked(incident.parked)]


def test_thoughts_are_numbered_and_keep_who_parked_them_and_when() -> None:
    incident = parked(" Is it the DNS? ", "The deploy?")
    first = incident.parked[0]
    assert (first.number, first.text, first.author, first.by, first.at) == (
        1,
        "Is it the DNS?",
        BOB,
        BOB,
        later(1),
    )
    assert numbers(incident) == [1, 2]


def test_a_message_is_parked_with_its_author_and_link() -> None:
    happened = fact(
        rules.park(declared(), "DNS?", by=BOB, now=NOW, author=ALICE, link="https://example.com/p1")
    )
    assert sentence(happened) == f"Parked as P1: DNS? (said by <@{ALICE}>, parked by <@{BOB}>)"
    assert link(happened) == "https://example.com/p1"
    assert facts.people_in(happened) == (ALICE,)


def test_an_app_is_the_author_of_its_message() -> None:
    incident = after(declared(), rules.park(declared(), "CPU 100 %", by=BOB, now=NOW, app="Grafana"))
    assert (incident.parked[0].author, incident.parked[0].app) == ("", "Grafana")


def test_the_war_room_reads_of_a_parked_thought_and_not_of_one_that_is_taken_out() -> None:
    incident = parked("DNS?")
    taken = fact(rules.unpark(incident, 1, by=ALICE, now=NOW))
    put_back = fact(rules.repark(after(incident, (taken,)), 1, by=ALICE, now=NOW))
    assert react(Entry(2, fact(rules.park(incident, "x", by=BOB, now=NOW))), incident) == (TellRoom(2),)
    assert [react(Entry(3, each), incident) for each in (taken, put_back)] == [(), ()]


def test_a_number_is_not_used_again_when_its_thought_is_taken_out() -> None:
    incident = parked("DNS?", "The deploy?")
    incident = after(incident, rules.unpark(incident, 2, by=ALICE, now=NOW))
    incident = after(incident, rules.park(incident, "The cache?", by=ALICE, now=NOW))
    assert numbers(incident) == [1, 3]


def test_a_thought_that_was_taken_out_can_be_put_back() -> None:
    incident = parked("DNS?")
    taken = rules.unpark(incident, 1, by=ALICE, now=NOW)
    assert sentence(fact(taken)) == f"P1 taken out of the parking lot: DNS? (by <@{ALICE}>)"
    assert "is in the parking lot already" in refused(rules.repark(incident, 1, by=ALICE, now=NOW)).message
    incident = after(incident, taken)
    assert numbers(incident) == []
    assert "not in the parking lot any more" in refused(rules.unpark(incident, 1, by=BOB, now=NOW)).message
    put_back = rules.repark(incident, 1, by=ALICE, now=NOW)
    assert sentence(fact(put_back)) == f"P1 put back into the parking lot: DNS? (by <@{ALICE}>)"
    assert numbers(after(incident, put_back)) == [1]


@pytest.mark.parametrize("rule", [rules.unpark, rules.repark])
def test_an_unknown_number_is_refused(rule: type) -> None:
    assert "There is no P7" in refused(rule(declared(), 7, by=ALICE, now=NOW)).message


@pytest.mark.parametrize("status", list(Status))
def test_parking_is_allowed_at_any_time(status: Status) -> None:
    incident = resolved() if status.is_closed else declared()
    assert isinstance(fact(rules.park(incident, "DNS?", by=ALICE, now=NOW)), facts.Parked)


def test_an_empty_or_endless_thought_is_refused() -> None:
    assert "in a sentence" in refused(rules.park(declared(), "  ", by=ALICE, now=NOW)).message
    assert (
        "2501 characters" in refused(rules.park(declared(), "x" * (TEXT_MAX + 1), by=ALICE, now=NOW)).message
    )


def test_the_parking_lot_has_an_end() -> None:
    full = parked(*["x"] * PARKED_MAX)
    assert "is full" in refused(rules.park(full, "DNS?", by=ALICE, now=NOW)).message
