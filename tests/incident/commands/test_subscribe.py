"""`/incident subscribe`, `unsubscribe` and `digest`."""

from dataclasses import replace
from typing import Any

import pytest

from bot.core.people import Profile
from bot.incident.commands import registry
from bot.incident.commands.request import Follow, Outcome, Reply
from bot.incident.domain.incident import Incident
from bot.incident.domain.shortlist import ListedIncident, Shortlist
from bot.incident.domain.subscriptions import Following, Follows
from bot.incident.domain.vocabulary import Severity
from tests.incident.commands.factory import PEOPLE, refusal, reply, request
from tests.incident.domain.situations import CAROL, declared, resolved
from tests.incident.views.reading import buttons, said

INC = declared()


def ask(
    word: str, text: str = "", incident: Incident | None = None, follows: Follows | None = None, **more: Any
) -> Outcome:
    asked = replace(request(text, incident=incident), follows=follows or Follows(), **more)
    return registry.COMMANDS[word].action.handle(asked)


def press(action_id: str, number: int | None = None, **more: Any) -> Outcome:
    return registry.BUTTONS[action_id].handle(replace(request(), number=number, **more))


def followed(outcome: Outcome) -> tuple[Following, ...]:
    assert isinstance(outcome, Follow), outcome
    return outcome.changes


def told(outcome: Outcome) -> str:
    assert isinstance(outcome, Follow), outcome
    return said(outcome.done)


@pytest.mark.parametrize(
    ("word", "follows"), [("subscribe", True), ("unsubscribe", False)], ids=["subscribe", "unsubscribe"]
)
def test_alone_in_a_war_room_it_is_about_its_incident(word: str, *, follows: bool) -> None:
    before = Follows() if follows else Follows(incidents=frozenset({42}))
    outcome = ask(word, incident=INC, follows=before)
    assert followed(outcome) == (Following(number=42, follows=follows),)
    assert "INC-42" in told(outcome)


@pytest.mark.parametrize("word", ["subscribe", "unsubscribe"])
def test_alone_elsewhere_it_shows_what_is_followed(word: str) -> None:
    listed = [ListedIncident(INC, "C0ROOM")]
    outcome = ask(word, follows=Follows(Severity.SEV1, frozenset({42})), followed=listed)
    assert isinstance(outcome, Reply)
    assert "All incidents of SEV1* that are not private" in said(outcome.message)
    assert set(buttons(outcome.message)) == {"stop_severity", "stop_listed"}
    assert "You follow no open incident" in reply(ask(word))


def test_an_incident_is_followed_by_its_reference() -> None:
    outcome = ask("subscribe", "inc-42", other=ListedIncident(INC, None))
    assert followed(outcome) == (Following(number=42),)
    assert "its severity or status changes" in told(outcome)
    over = ask("subscribe", "INC-42", other=ListedIncident(resolved(), None))
    assert "It is over at the moment" in told(over)
    assert "already" in reply(ask("subscribe", incident=INC, follows=Follows(None, frozenset({42}))))
    assert "There is no INC-7" in refusal(ask("subscribe", "INC-7")).message


@pytest.mark.parametrize(
    ("text", "severity", "words"),
    [
        ("sev1", Severity.SEV1, "*all incidents of SEV1*"),
        ("SEV-2", Severity.SEV2, "*all incidents of SEV2 or worse*"),
        ("all", Severity.SEV4, "*all incidents*"),
        ("sev4", Severity.SEV4, "*all incidents*"),
    ],
)
def test_a_severity_means_that_one_or_worse(text: str, severity: Severity, words: str) -> None:
    outcome = ask("subscribe", text)
    assert followed(outcome) == (Following(severity=severity),)
    assert words in told(outcome)
    assert "no private ones" in told(outcome)


def test_another_severity_takes_the_place_of_the_one_before() -> None:
    assert "instead of all incidents of SEV1" in told(
        ask("subscribe", "sev3", follows=Follows(Severity.SEV1))
    )
    assert "already" in reply(ask("subscribe", "sev1", follows=Follows(Severity.SEV1)))


def test_what_cannot_be_followed_is_answered_with_what_can() -> None:
    assert "`/incident subscribe INC-12`" in refusal(ask("subscribe", "checkout")).message
    assert "`/incident unsubscribe INC-12`" in refusal(ask("unsubscribe", "checkout")).message


@pytest.mark.parametrize("people", [{}, PEOPLE | {CAROL: Profile(CAROL, "Carol", is_guest=True)}])
def test_guests_follow_single_incidents_only(people: dict[str, Profile]) -> None:
    assert "As a guest" in refusal(ask("subscribe", "sev1", people=people)).message


def test_unsubscribing_from_a_severity_names_the_one_that_is_followed() -> None:
    assert followed(ask("unsubscribe", "sev2", follows=Follows(Severity.SEV2))) == (Following(),)
    assert "You follow no severity" in refusal(ask("unsubscribe", "sev2")).message
    wrong = refusal(ask("unsubscribe", "sev1", follows=Follows(Severity.SEV2))).message
    assert "`/incident unsubscribe sev2` ends that" in wrong
    widest = refusal(ask("unsubscribe", "sev1", follows=Follows(Severity.SEV4))).message
    assert "`/incident unsubscribe all` ends that" in widest


def test_unsubscribing_from_all_ends_everything() -> None:
    outcome = ask("unsubscribe", "all", follows=Follows(Severity.SEV2, frozenset({7, 3})))
    assert followed(outcome) == (
        Following(),
        Following(number=3, follows=False),
        Following(number=7, follows=False),
    )


def test_one_incident_is_no_longer_followed() -> None:
    by_name = ask("unsubscribe", "INC-7", follows=Follows(incidents=frozenset({7})))
    assert followed(by_name) == (Following(number=7, follows=False),)
    by_severity = ask(
        "unsubscribe", "INC-42", other=ListedIncident(INC, None), follows=Follows(Severity.SEV4)
    )
    assert followed(by_severity) == (Following(number=42, follows=False),)


@pytest.mark.parametrize("seen", [None, ListedIncident(INC, None)], ids=["not seen or not there", "seen"])
def test_who_does_not_follow_an_incident_is_told_so_whether_or_not_it_exists(
    seen: ListedIncident | None,
) -> None:
    for follows in (Follows(), Follows(Severity.SEV4, stopped=frozenset({42}))):
        told_so = refusal(ask("unsubscribe", "INC-42", other=seen, follows=follows)).message
        assert told_so == "You do not follow INC-42. `/incident subscribe` shows what you follow."


def test_the_buttons_begin_and_end_it() -> None:
    assert followed(press("follow", incident=INC)) == (Following(number=42),)
    assert followed(press("stop_following", 42)) == (Following(number=42, follows=False),)
    assert "`/incident subscribe" in refusal(press("stop_following")).message
    assert "`/incident subscribe" in refusal(press("stop_listed")).message


def test_the_buttons_of_the_list_show_what_is_left() -> None:
    follows = Follows(Severity.SEV2, frozenset({42}))
    listed = [ListedIncident(INC, "C0ROOM")]
    one = press("stop_listed", 42, follows=follows, followed=listed)
    assert isinstance(one, Follow)
    assert one.in_place
    assert set(buttons(one.done)) == {"stop_severity"}
    severity = press("stop_severity", 2, follows=follows, followed=listed)
    assert isinstance(severity, Follow)
    assert set(buttons(severity.done)) == {"stop_listed"}
    assert "You no longer follow all incidents of SEV2 or worse." in said(severity.done)
    assert "You no longer follow them." in told(press("stop_severity", 2))


def test_the_digest_is_shown_to_one_person() -> None:
    listed = Shortlist([ListedIncident(INC, "C0ROOM")], 1)
    assert "1 incident is open" in reply(ask("digest", open_incidents=listed))
    assert "No incident is open" in reply(ask("digest"))
