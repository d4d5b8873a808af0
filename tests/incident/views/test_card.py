"""The card, the announcement and the topic."""

import pytest

from bot.core.text import countdown, when
from bot.incident.domain import rules
from bot.incident.domain.policy import Policy
from bot.incident.domain.vocabulary import Role, Severity
from bot.incident.views.card import announcement, card, headline, mark, topic
from tests.incident.domain.situations import (
    ALICE,
    BOB,
    CAROL,
    NOW,
    after,
    declared,
    later,
    minutes,
    resolved,
    updated,
    with_role,
)
from tests.incident.views.reading import buttons, in_plain_form, said

ROOM = "C0ROOM"


def test_the_card_shows_title_severity_and_commander(policy: Policy) -> None:
    text = said(card(declared(commander=BOB), policy))
    assert "INC-42 · Checkout is failing" in text
    assert "\nSEV1 triage\n" in text
    assert f"*Commander* <@{BOB}>" in text
    assert f"by <@{ALICE}>" in text


def test_without_a_commander_the_first_button_is_take_command(policy: Policy) -> None:
    message = card(declared(), policy)
    assert "*Commander* nobody yet" in said(message)
    assert next(iter(buttons(message))) == "take_command"
    assert buttons(message)["take_command"]["style"] == "primary"


def test_with_a_commander_the_first_button_is_post_update(policy: Policy) -> None:
    shown = buttons(card(declared(commander=BOB), policy))
    assert "take_command" not in shown
    assert shown["handoff"]["text"]["text"] == "Offer command"
    assert [name for name, button in shown.items() if button.get("style") == "primary"] == ["update"]


@pytest.mark.parametrize("commander", [None, BOB])
def test_roles_can_be_given_from_the_card_with_or_without_a_commander(
    policy: Policy, commander: str | None
) -> None:
    assert "roles" in buttons(card(declared(commander=commander), policy))


def test_the_card_of_a_closed_incident_offers_review_and_reopen(policy: Policy) -> None:
    message = card(resolved(), policy)
    assert set(buttons(message)) == {"postmortem", "reopen", "note", "rename"}
    assert "Next update" not in said(message)


def test_card_and_announcement_of_a_resolved_incident_say_what_fixed_it(policy: Policy) -> None:
    incident = after(
        updated(declared()), rules.resolve(declared(), summary="Rolled back to 41", by=ALICE, now=later(5))
    )
    assert "*What fixed it*\nRolled back to 41" in said(card(incident, policy))
    assert "*What fixed it* Rolled back to 41" in said(announcement(incident, policy, ROOM))
    again = after(incident, rules.reopen(incident, reason="It is back", by=BOB, now=later(9)))
    assert "What fixed it" not in said(card(again, policy)) + said(announcement(again, policy, ROOM))


def test_the_card_shows_the_last_and_the_next_update(policy: Policy) -> None:
    assert f"*Last update* none yet\n*Next update by* {countdown(later(15))}" in said(
        card(declared(), policy)
    )
    incident = after(declared(), rules.post_update(declared(), "Half fail", by=BOB, now=later(10)))
    text = said(card(incident, policy))
    assert f"*Last update* {when(later(10))}\n*Next update by* {countdown(later(25))}" in text
    assert "*Latest update*\nHalf fail" in text


def test_a_snooze_is_shown_on_the_card(policy: Policy) -> None:
    incident = after(
        declared(), rules.snooze(declared(), minutes(10), by=BOB, now=later(16), reason="rolling back")
    )
    assert f"*Next update by* {countdown(later(26))}" in said(card(incident, policy))


def test_the_card_shows_summary_roles_and_origin_if_there_are_any(policy: Policy) -> None:
    bare = said(card(declared(), policy))
    assert not [word for word in ("*Summary*", "*Roles*", "Declared from", "*Latest") if word in bare]
    incident = declared(summary="Half of all payments fail", source="https://example.com/p1")
    incident = with_role(with_role(incident, Role.SCRIBE, CAROL), Role.EXPERT, BOB)
    text = said(card(incident, policy))
    assert "*Summary*\nHalf of all payments fail" in text
    assert f"*Roles*\nScribe: <@{CAROL}>\nSubject-Matter Expert: <@{BOB}>" in text
    assert "Declared from <https://example.com/p1|this message>" in text


def test_a_notification_shows_the_incident_in_one_line(policy: Policy) -> None:
    assert card(declared(), policy).text == ":red_circle: INC-42 SEV1: Checkout is failing (triage)"
    assert headline(resolved()) == ":white_check_mark: INC-42 SEV1: Checkout is failing (resolved)"


def test_each_severity_has_its_own_colour_and_a_closed_incident_has_a_tick() -> None:
    marks = {mark(declared(severity=severity)) for severity in Severity}
    assert len(marks) == len(Severity)
    assert mark(resolved()) == ":white_check_mark:"
    assert mark(resolved()) not in marks


def test_the_announcement_shows_what_others_need_and_a_link(policy: Policy) -> None:
    incident = declared(summary="40 % of all payments fail")
    text = said(announcement(incident, policy, ROOM))
    assert "SEV1 triage INC-42 · Checkout is failing · <#C0ROOM>" in text
    assert f"No commander yet · declared {when(NOW)} by <@{ALICE}>" in text
    assert "40 % of all payments fail" in text
    assert f"No update yet\n*Next update by* {when(later(15))}" in text


def test_the_announcement_says_only_what_people_have_said(policy: Policy) -> None:
    """The general definition of a severity need not be true today."""
    assert policy.impact(Severity.SEV1) not in said(announcement(declared(), policy, ROOM))


def test_the_announcement_shows_the_present_state(policy: Policy) -> None:
    incident = updated(declared(commander=BOB), "Half fail")
    text = said(announcement(incident, policy, ROOM))
    assert f"IC <@{BOB}>" in text
    assert f"*Last update* {when(NOW)}: Half fail" in text


def test_the_announcement_has_buttons_to_join_and_take_command(policy: Policy) -> None:
    shown = buttons(announcement(declared(), policy, ROOM, slack_url="https://acme.slack.com/"))
    assert list(shown) == ["join", "take_command", "follow"]
    assert shown["join"]["url"] == "https://acme.slack.com/archives/C0ROOM"
    assert shown["take_command"]["value"] == shown["follow"]["value"] == "42"


def test_the_announcement_has_only_buttons_that_apply(policy: Policy) -> None:
    url = "https://acme.slack.com/"
    assert list(buttons(announcement(declared(commander=BOB), policy, ROOM, slack_url=url))) == [
        "join",
        "follow",
    ]
    assert list(buttons(announcement(declared(), policy, None, slack_url=url))) == ["take_command", "follow"]
    assert list(buttons(announcement(declared(), policy, ROOM))) == ["take_command", "follow"]
    assert buttons(announcement(resolved(), policy, ROOM)) == {}


def test_an_announcement_of_a_closed_incident_promises_nothing(policy: Policy) -> None:
    shown = announcement(resolved(declared(summary="All fail")), policy, ROOM)
    text = said(shown)
    assert "SEV1 resolved" in text
    assert ":white_check_mark: SEV1 · resolved" in said(in_plain_form(shown))
    assert "Next update" not in text
    assert "All fail" not in text


def test_a_private_incident_has_no_announcement(policy: Policy) -> None:
    with pytest.raises(ValueError, match="must not be announced"):
        announcement(declared(private=True), policy, ROOM)


def test_the_topic_changes_only_at_the_end() -> None:
    assert topic(declared()) == "INC-42 · see the pinned card for the details · Checkout is failing"
    changed = with_role(declared(severity=Severity.SEV3), Role.COMMANDER, BOB)
    assert topic(changed) == topic(declared())
    assert topic(resolved()) == "INC-42 · resolved · Checkout is failing"


def test_a_private_incident_says_so_and_how_to_invite_somebody(policy: Policy) -> None:
    private = declared(private=True)
    assert topic(private) == "INC-42 · private: invite somebody with /invite @person · Checkout is failing"
    text = said(card(private, policy))
    assert ":lock: Private" in text
    assert "`/invite @person`" in text
    assert "`/incident assign @person expert`" in text
    assert ":lock:" not in said(card(declared(), policy))


def test_a_topic_of_ampersands_is_cut_where_slack_would_refuse_it() -> None:
    text = topic(declared("&" * 150))
    assert len(text) <= 250
    assert text.endswith("&amp;…")


def test_a_title_that_leaves_no_space_for_the_reference_is_shown_whole(policy: Policy) -> None:
    shown = card(declared("x" * 148), policy)
    assert shown.blocks[0]["text"]["text"] == "x" * 148
    assert "*INC-42*" in said(shown)
