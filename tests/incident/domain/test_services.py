"""The services that an incident affects: how they are named, what is recorded, and what follows."""

from dataclasses import replace

import pytest

from bot.incident.domain import facts, rules
from bot.incident.domain.announcing import AnnounceChannel, channels_for
from bot.incident.domain.effects import Announce, AnnounceIn, ShowCard, TellSubscribers
from bot.incident.domain.incident import Incident, evolve
from bot.incident.domain.react import react, react_all
from bot.incident.domain.services import NO_SERVICES, Services, cannot_name, with_service_titles
from bot.incident.domain.stakeholders import with_stakeholders
from bot.incident.domain.subscriptions import Following, Follows, is_news
from bot.incident.domain.timeline import Entry
from bot.incident.domain.vocabulary import Severity
from bot.incident.views.facts import sentence
from tests.incident.domain.situations import ALICE, BOB, NOW, after, declared, fact, refused, resolved
from tests.services import CHECKOUT, PAYMENTS, SEARCH, SERVICES


def affecting(*services: str, incident: Incident | None = None) -> Incident:
    return after(
        incident or declared(), rules.set_services(incident or declared(), services, by=BOB, now=NOW)
    )


@pytest.mark.parametrize("typed", ["checkout", "Checkout", "SHOP", "web-shop", " Web Shop "])
def test_a_service_is_found_by_its_key_title_and_short_forms(typed: str) -> None:
    assert SERVICES.find(typed) == CHECKOUT
    assert SERVICES.find("billing") is None


@pytest.mark.parametrize(
    ("word", "keys"),
    [
        ("check", {CHECKOUT}),
        ("shop", {CHECKOUT}),
        ("bill", {PAYMENTS}),
        ("s", {CHECKOUT, SEARCH}),
        ("heck", set()),
        ("&", set()),
        ("", {CHECKOUT, PAYMENTS, SEARCH}),
    ],
)
def test_services_are_looked_for_by_the_beginning_of_any_of_their_words(word: str, keys: set[str]) -> None:
    assert SERVICES.beginning_with(word) == keys
    assert NO_SERVICES.beginning_with(word) == set()


def test_a_service_that_the_policy_no_longer_has_is_called_by_its_key() -> None:
    assert SERVICES.titles((PAYMENTS, "gone")) == ("Payments & Billing", "gone")
    assert PAYMENTS in SERVICES
    assert "gone" not in SERVICES
    assert (bool(SERVICES), bool(NO_SERVICES)) == (True, False)


@pytest.mark.parametrize(
    ("typed", "keys", "unknown"),
    [
        ("checkout, payments", (CHECKOUT, PAYMENTS), ()),
        ("payments & billing,web shop", (PAYMENTS, CHECKOUT), ()),
        ("search checkout shop", (SEARCH, CHECKOUT), ()),
        ("checkout, mail, fax machine", (CHECKOUT,), ("mail", "fax machine")),
        ("checkout fax", (CHECKOUT,), ("checkout fax",)),
        (" , ", (), ()),
    ],
)
def test_several_services_are_named_with_commas_or_as_single_words(
    typed: str, keys: tuple[str, ...], unknown: tuple[str, ...]
) -> None:
    named = SERVICES.named(typed)
    assert (named.keys, named.unknown) == (keys, unknown)


@pytest.mark.parametrize("word", ["all", "none", "sev1", "inc 7", "7", "", "@bob", "a, b"])
def test_words_with_another_meaning_cannot_name_a_service(word: str) -> None:
    assert cannot_name(word)
    assert not cannot_name("checkout")


def test_the_services_of_an_incident_are_replaced_as_a_whole() -> None:
    incident = affecting(CHECKOUT, PAYMENTS)
    assert incident.services == (CHECKOUT, PAYMENTS)
    changed = fact(rules.set_services(incident, (SEARCH,), by=BOB, now=NOW))
    assert changed == facts.ServicesChanged(at=NOW, by=BOB, services=(SEARCH,), old=(CHECKOUT, PAYMENTS))
    moved = affecting(SEARCH, incident=incident)
    assert (moved.services, moved.services_so_far) == ((SEARCH,), (CHECKOUT, PAYMENTS, SEARCH))
    assert affecting(incident=incident).services == ()


def test_what_changes_nothing_or_does_not_fit_is_refused() -> None:
    assert "says already" in refused(rules.set_services(declared(), (), by=BOB, now=NOW)).message
    many = [f"service-{number}" for number in range(21)]
    assert "at most 20 services" in refused(rules.set_services(declared(), many, by=BOB, now=NOW)).message
    decision = rules.declare(number=1, title="Down", severity=Severity.SEV1, services=many, by=BOB, now=NOW)
    assert refused(decision).field == "services"


def test_a_correction_after_the_end_concerns_the_record_only_until_it_is_open_again() -> None:
    over = affecting(CHECKOUT, incident=resolved())
    assert (over.services, over.services_so_far) == ((CHECKOUT,), ())
    again = after(over, rules.reopen(over, "it is back", by=BOB, now=NOW))
    assert again.services_so_far == (CHECKOUT,)


def test_the_titles_of_then_are_recorded_and_told() -> None:
    changed = facts.ServicesChanged(at=NOW, by=BOB, services=(PAYMENTS,), old=(CHECKOUT,))
    titled = with_service_titles(changed, SERVICES)
    assert sentence(titled) == (
        f"Affected services changed from Checkout to Payments & Billing (by <@{BOB}>)"
    )
    assert sentence(changed) == f"Affected services changed from checkout to payments (by <@{BOB}>)"
    ended = facts.ServicesChanged(at=NOW, by=BOB, services=())
    assert sentence(ended) == f"Affected services changed from none to none (by <@{BOB}>)"
    began = facts.Declared(at=NOW, by=ALICE, number=1, title="Down", severity=Severity.SEV1)
    assert with_service_titles(began, SERVICES) == began
    with_them = with_service_titles(replace(began, services=(CHECKOUT,)), SERVICES)
    assert sentence(with_them) == f"<@{ALICE}> declared SEV1: Down — affects Checkout"
    noted = facts.Noted(at=NOW, by=BOB, author=BOB, text="x")
    assert with_service_titles(noted, SERVICES) is noted
    assert facts.people_in(titled) == ()


def test_the_card_and_the_announcement_are_edited_and_the_room_gets_no_message() -> None:
    changed = facts.ServicesChanged(at=NOW, by=BOB, services=(CHECKOUT,))
    assert react(Entry(2, changed), affecting(CHECKOUT)) == (ShowCard(), Announce())
    private = evolve(declared(private=True), changed)
    assert react_all([Entry(2, changed)], private) == (ShowCard(),)


CHANNELS = [
    AnnounceChannel("C1", services=frozenset({CHECKOUT, SEARCH})),
    AnnounceChannel("C2", frozenset({Severity.SEV2}), frozenset({CHECKOUT})),
    AnnounceChannel("C3", frozenset({Severity.SEV1}), frozenset({CHECKOUT})),
]


def test_an_incident_is_announced_where_its_service_and_its_severity_belong() -> None:
    assert channels_for(declared(), CHANNELS) == []
    assert channels_for(affecting(PAYMENTS, CHECKOUT), CHANNELS) == ["C1", "C3"]
    assert channels_for(affecting(PAYMENTS, incident=affecting(CHECKOUT)), CHANNELS) == ["C1", "C3"]
    assert channels_for(affecting(CHECKOUT, incident=declared(private=True)), CHANNELS) == []


def test_an_incident_that_gets_a_service_is_announced_and_is_news_for_those_who_follow_it() -> None:
    changed = facts.ServicesChanged(at=NOW, by=BOB, services=(CHECKOUT,))
    incident, entries = affecting(CHECKOUT), [Entry(2, changed)]
    assert with_stakeholders(entries, react_all(entries, incident), incident, CHANNELS) == [
        ShowCard(),
        Announce(),
        AnnounceIn("C1"),
        AnnounceIn("C3"),
        TellSubscribers(2),
    ]
    left = facts.ServicesChanged(at=NOW, by=BOB, services=(), old=(CHECKOUT,))
    assert not is_news(left, incident)
    assert not is_news(changed, resolved())


def test_whoever_follows_a_service_hears_of_what_affects_it_but_of_nothing_private() -> None:
    follows = Follows().after(Following(service=CHECKOUT))
    assert follows.services == {CHECKOUT}
    assert follows.hears_of(affecting(CHECKOUT))
    assert follows.hears_of(affecting(incident=affecting(CHECKOUT)))
    assert not follows.hears_of(affecting(PAYMENTS))
    assert not follows.hears_of(affecting(CHECKOUT, incident=declared(private=True)))
    assert not follows.after(Following(number=42, follows=False)).hears_of(affecting(CHECKOUT))
    assert follows.after(Following(service=CHECKOUT, follows=False)) == Follows()


def test_without_services_nothing_is_found() -> None:
    assert Services().find("checkout") is None
