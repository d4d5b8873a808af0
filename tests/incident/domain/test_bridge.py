"""The video bridge: which address the policy gives, who changes it, and what follows."""

import pytest

from bot.incident.domain import facts, rules
from bot.incident.domain.bridge import (
    NO_BRIDGES,
    Bridges,
    bridge_of_policy,
    fits_topic,
    is_address,
    unknown_placeholders,
)
from bot.incident.domain.corrections import redacted
from bot.incident.domain.effects import SetBookmarks, SetTopic, ShowCanvas, ShowCard, TellRoom
from bot.incident.domain.header import head_of_room
from bot.incident.domain.incident import evolve
from bot.incident.domain.policy import Policy
from bot.incident.domain.react import react
from bot.incident.domain.timeline import Entry
from bot.incident.domain.vocabulary import Severity, Status
from bot.incident.views.facts import sentence
from tests.incident.domain.situations import ALICE, NOW, after, declared, fact, refused, resolved

ADDRESS = "https://meet.example.com/room"
LONG = "https://teams.example.com/" + "a" * 300
SECRET = Bridges(dict.fromkeys(Severity, "https://meet.example.com/{reference}/{number}?k={secret}"))
SET = facts.BridgeSet(at=NOW, by=ALICE, address=ADDRESS)
DECLARED = facts.Declared(at=NOW, by=ALICE, number=7, title="Down", severity=Severity.SEV2)
RAISED = facts.SeverityChanged(at=NOW, by=ALICE, old=Severity.SEV3, new=Severity.SEV1)


def drawn() -> str:
    return "s3cret"


def never() -> str:
    raise AssertionError("no secret is needed")


def test_a_declared_incident_gets_the_address_of_its_severity_with_a_secret_of_its_own() -> None:
    (given,) = bridge_of_policy(None, [DECLARED], SECRET, drawn)
    assert given == facts.BridgeSet(
        at=NOW, by=ALICE, address="https://meet.example.com/INC-7/7?k=s3cret", by_policy=True
    )


def test_no_secret_is_drawn_that_no_address_has() -> None:
    (given,) = bridge_of_policy(None, [DECLARED], Bridges({Severity.SEV2: ADDRESS}), never)
    assert given.address == ADDRESS


@pytest.mark.parametrize("bridges", [NO_BRIDGES, Bridges({Severity.SEV1: ADDRESS})])
def test_a_severity_without_an_address_has_no_bridge(bridges: Bridges) -> None:
    assert bridge_of_policy(None, [DECLARED], bridges, never) == ()


def test_an_incident_without_a_bridge_gets_one_when_its_severity_has_one() -> None:
    (given,) = bridge_of_policy(declared(), [RAISED], Bridges({Severity.SEV1: ADDRESS}), never)
    assert (given.address, given.by_policy) == (ADDRESS, True)


def test_a_bridge_that_the_incident_has_or_that_was_removed_stays_as_it_is() -> None:
    has = evolve(declared(), SET)
    had = evolve(has, facts.BridgeRemoved(at=NOW, by=ALICE))
    assert (has.bridge, had.bridge) == (ADDRESS, "")
    for incident in (has, had):
        assert bridge_of_policy(incident, [RAISED], SECRET, never) == ()
    assert bridge_of_policy(declared(), [SET], SECRET, never) == ()
    assert bridge_of_policy(declared(), [], SECRET, never) == ()


def test_a_bridge_is_set_changed_and_removed() -> None:
    decision = rules.set_bridge(declared(), ADDRESS, by=ALICE, now=NOW)
    assert fact(decision) == SET
    incident = after(declared(), decision)
    assert "already" in refused(rules.set_bridge(incident, ADDRESS, by=ALICE, now=NOW)).message
    gone = rules.remove_bridge(incident, by=ALICE, now=NOW)
    assert fact(gone) == facts.BridgeRemoved(at=NOW, by=ALICE)
    assert "no video bridge" in refused(rules.remove_bridge(declared(), by=ALICE, now=NOW)).message
    for rule in (
        rules.set_bridge(resolved(), ADDRESS, by=ALICE, now=NOW),
        rules.remove_bridge(resolved(), by=ALICE, now=NOW),
    ):
        assert "resolved" in refused(rule).message
    assert "whole link" in refused(rules.set_bridge(declared(), "zoom", by=ALICE, now=NOW)).message


@pytest.mark.parametrize(
    "text",
    [
        "",
        "zoom",
        "http://meet.example.com",
        "https://",
        "https:///room",
        "https://me@evil.example",
        "https://meet.example.com/a b",
        "https://meet.example.com/<x>",
        "https://meet.example.com/a|b",
        "https://meet.example.com:99999/",
        "https://meet.example.com:0/",
        "https://[::1/",
        "https://-.example/",
        "https://meet.example.com/" + "a" * 500,
        "javascript:alert(1)",
        "https://meet.example.com/\u202egpj",
    ],
)
def test_what_is_no_safe_web_address_is_no_bridge(text: str) -> None:
    assert not is_address(text)


def test_placeholders_that_are_unknown_or_broken_are_named() -> None:
    assert unknown_placeholders("https://a/{number}-{reference}-{secret}") == []
    assert unknown_placeholders("https://a/{who}/{/}") == ["{who}", "{/}"]
    assert unknown_placeholders("https://a/}{number}") == ["}"]


def test_slacks_own_line_about_the_topic_tells_the_room_unless_the_address_is_too_long_for_it() -> None:
    short = evolve(declared(), SET)
    assert react(Entry(2, SET), short) == (SetTopic(), ShowCard())
    long = facts.BridgeSet(at=NOW, by=ALICE, address=LONG)
    assert react(Entry(2, long), evolve(declared(), long)) == (TellRoom(2), SetTopic(), ShowCard())
    assert fits_topic(ADDRESS)
    assert not fits_topic("https://a.example/?" + "&" * 40)


def test_no_sentence_about_a_bridge_has_its_address() -> None:
    assert sentence(SET) == f"Video bridge set (by <@{ALICE}>)"
    by_policy = facts.BridgeSet(at=NOW, by=ALICE, address=ADDRESS, by_policy=True)
    assert sentence(by_policy) == "Video bridge opened"
    assert sentence(facts.BridgeRemoved(at=NOW, by=ALICE)) == f"Video bridge removed (by <@{ALICE}>)"


def test_an_address_that_was_struck_as_a_secret_is_no_bridge_any_more() -> None:
    assert evolve(declared(), redacted(SET)).bridge == ""


def test_the_head_of_the_room_changes_with_the_bridge_the_end_and_struck_secrets(policy: Policy) -> None:
    ended = facts.StatusChanged(at=NOW, by=ALICE, old=Status.TRIAGE, new=Status.RESOLVED)
    struck = facts.EntryStruck(at=NOW, by=ALICE, entry=1, secret=True)
    removed = facts.BridgeRemoved(at=NOW, by=ALICE)
    for changed in (DECLARED, SET, removed, ended, struck):
        assert head_of_room([Entry(1, changed)], policy) == (SetBookmarks(), ShowCanvas())
    mitigated = facts.StatusChanged(at=NOW, by=ALICE, old=Status.TRIAGE, new=Status.MITIGATED)
    for other in (mitigated, RAISED, facts.EntryStruck(at=NOW, by=ALICE, entry=1)):
        assert head_of_room([Entry(1, other)], policy) == (ShowCanvas(),)
