"""Which bookmarks a war room should have, and where the video bridge is shown."""

from dataclasses import replace

from bot.incident.domain import facts
from bot.incident.domain.bridge import PolicyBookmark
from bot.incident.domain.incident import evolve
from bot.incident.domain.policy import Policy
from bot.incident.views import card, newcomer
from bot.incident.views.bookmarks import bookmarks
from tests.incident.domain.situations import ALICE, NOW, declared, resolved
from tests.incident.views.reading import buttons, said

ADDRESS = "https://meet.example.com/room?a=1&b=2"
OPEN = evolve(declared(), facts.BridgeSet(at=NOW, by=ALICE, address=ADDRESS))
OVER = replace(resolved(), bridge=ADDRESS)
LONG = replace(OPEN, bridge="https://teams.example.com/" + "a" * 300, title="x" * 150)


def names(*args: object, **kwargs: object) -> list[str]:
    return [each.name for each in bookmarks(*args, **kwargs)]  # type: ignore[arg-type]


def test_what_is_not_known_or_not_there_any_more_is_left_out(policy: Policy) -> None:
    assert names(declared(), policy, card="", draft="") == []
    assert names(OPEN, policy, card="https://c", draft="https://d") == ["bridge", "card", "draft"]
    assert names(OVER, policy, card="https://c", draft="") == ["card"]


def test_those_of_the_policy_have_the_incidents_number_and_reference(policy: Policy) -> None:
    wanted = PolicyBookmark("Tickets", "https://t.example/{reference}?n={number}", "ticket")
    (found,) = bookmarks(declared(), replace(policy, bookmarks=(wanted,)), card="", draft="")
    assert (found.name, found.title, found.link, found.emoji) == (
        "policy:1",
        "Tickets",
        "https://t.example/INC-42?n=42",
        "ticket",
    )


def test_the_card_leads_to_the_bridge_in_the_war_room_only(policy: Policy) -> None:
    assert buttons(card.card(OPEN, policy))["join_bridge"]["url"] == ADDRESS
    assert "join_bridge" not in buttons(card.shown(OPEN, policy, "C1"))
    assert "join_bridge" not in buttons(card.card(OVER, policy))
    announced = card.announcement(OPEN, policy, "C1", slack_url="https://acme.slack.com/")
    assert "meet.example.com" not in f"{announced}"


def test_the_topic_has_the_bridge_while_the_incident_is_open() -> None:
    assert " · bridge https://meet.example.com/room?a=1&amp;b=2 · " in card.topic(OPEN)
    assert "bridge: see the card" in card.topic(LONG)
    assert "bridge" not in card.topic(OVER)
    for each in (
        OPEN,
        LONG,
        replace(OPEN, bridge="https://a.example/" + "b" * 132, title="x" * 150, private=True),
    ):
        assert len(card.topic(each)) <= card.TOPIC_MAX


def test_who_joins_is_told_of_the_bridge_and_who_asks_from_outside_is_not(policy: Policy) -> None:
    assert "*Video bridge* <https://meet.example.com/room?a=1&amp;b=2>" in said(
        newcomer.catchup(OPEN, policy, NOW)
    )
    assert "Video bridge" not in said(newcomer.catchup(OPEN, policy, NOW, outside=True))
    assert "Video bridge" not in said(newcomer.catchup(OVER, policy, NOW))
