"""Each fact as the war room reads it, and the short answers to the person who asked."""

import re

import pytest

from bot.core.text import when
from bot.incident.domain import facts, rules
from bot.incident.domain.rules import TEXT_MAX
from bot.incident.domain.timeline import Entry
from bot.incident.domain.vocabulary import Milestone, Role, Severity, Status
from bot.incident.views import messages, replies, warnings
from bot.incident.views.facts import sentence
from bot.ports.slack.port import SLACK
from tests.incident.domain.situations import ALICE, BOB, CAROL, NOW, declared, fact, later, updated
from tests.incident.views.reading import buttons, said

INCIDENT = declared(commander=BOB)


def test_a_form_that_was_sent_before_says_what_counts() -> None:
    assert "has declared INC-42, “Checkout is failing”" in replies.sent_before(INCIDENT)


def test_what_is_declared_already_names_the_room_or_says_that_it_is_being_opened() -> None:
    assert "<#C0ROOM>" in replies.declared_already(INCIDENT, "C0ROOM")
    assert "is being opened" in replies.declared_already(INCIDENT, None)
    (again,) = buttons(replies.another_one(INCIDENT, None, "SEV1 Checkout is failing"))
    assert again == "declare_again"


def told(happened: facts.Fact) -> str:
    return said(messages.told(Entry(7, happened), INCIDENT, {}))


@pytest.mark.parametrize(
    ("happened", "words"),
    [
        (
            facts.SeverityChanged(at=NOW, by=BOB, old=Severity.SEV2, new=Severity.SEV1, reason="EU too"),
            f"Severity changed from SEV2 to SEV1: EU too (by <@{BOB}>)",
        ),
        (
            facts.SeverityChanged(at=NOW, by=BOB, old=Severity.SEV2, new=Severity.SEV3),
            f"Severity changed from SEV2 to SEV3 (by <@{BOB}>)",
        ),
        (
            facts.StatusChanged(at=NOW, by=BOB, old=Status.TRIAGE, new=Status.MITIGATING),
            f"Status changed from triage to mitigating (by <@{BOB}>)",
        ),
        (
            facts.StatusChanged(at=NOW, by=BOB, old=Status.TRIAGE, new=Status.RESOLVED, reason="Rolled back"),
            f"Incident resolved (triage → resolved): Rolled back (by <@{BOB}>)",
        ),
        (
            facts.StatusChanged(
                at=NOW, by=BOB, old=Status.RESOLVED, new=Status.MITIGATING, reason="It is back"
            ),
            f"Incident reopened (resolved → mitigating): It is back (by <@{BOB}>)",
        ),
        (
            facts.RoleAssigned(at=NOW, by=BOB, role=Role.COMMANDER, person=BOB),
            f"<@{BOB}> became Incident Commander",
        ),
        (
            facts.RoleAssigned(at=NOW, by=CAROL, role=Role.COMMANDER, person=CAROL, previous=BOB),
            f"<@{CAROL}> took over as Incident Commander, from <@{BOB}>",
        ),
        (
            facts.RoleAssigned(
                at=NOW, by=ALICE, role=Role.COMMANDER, person=CAROL, previous=BOB, forced=True
            ),
            f"<@{CAROL}> took over as Incident Commander, from <@{BOB}> (forced by <@{ALICE}>)",
        ),
        (
            facts.RoleAssigned(at=NOW, by=BOB, role=Role.SCRIBE, person=CAROL, previous=ALICE),
            f"<@{CAROL}> became Scribe, from <@{ALICE}> (assigned by <@{BOB}>)",
        ),
        (
            facts.RoleAssigned(at=NOW, by=BOB, role=Role.COMMANDER, person=CAROL),
            f"<@{CAROL}> became Incident Commander (assigned by <@{BOB}>)",
        ),
        (
            facts.HandoffDeclined(at=NOW, by=CAROL, to=CAROL),
            f"<@{CAROL}> declined command",
        ),
        (
            facts.HandoffDeclined(at=NOW, by=BOB, to=CAROL),
            f"<@{BOB}> took back the offer of command to <@{CAROL}>",
        ),
    ],
)
def test_a_fact_is_told_in_one_line_with_old_and_new(happened: facts.Fact, words: str) -> None:
    icon, _, text = told(happened).partition(" ")
    assert text == words
    assert re.fullmatch(r":[a-z0-9_-]+:", icon)


def test_command_and_the_end_stand_out() -> None:
    happened: list[facts.Fact] = [
        facts.RoleAssigned(at=NOW, by=BOB, role=Role.COMMANDER, person=BOB),
        facts.RoleAssigned(at=NOW, by=BOB, role=Role.SCRIBE, person=BOB),
        facts.StatusChanged(at=NOW, by=BOB, old=Status.TRIAGE, new=Status.MITIGATED),
        facts.StatusChanged(at=NOW, by=BOB, old=Status.TRIAGE, new=Status.RESOLVED),
    ]
    assert len({told(each).split()[0] for each in happened}) == len(happened)


@pytest.mark.parametrize(
    ("happened", "words"),
    [
        (
            facts.Declared(at=NOW, by=ALICE, number=42, title="Checkout is failing", severity=Severity.SEV1),
            f"<@{ALICE}> declared SEV1: Checkout is failing",
        ),
        (
            facts.Snoozed(at=NOW, by=BOB, until=later(10)),
            f"Update reminder snoozed until {when(later(10))} (by <@{BOB}>)",
        ),
        (
            facts.MilestoneSet(at=NOW, by=BOB, milestone=Milestone.STARTED, when=later(-10)),
            f"Impact started at {when(later(-10))} (recorded by <@{BOB}>)",
        ),
        (
            facts.MilestoneSet(at=NOW, by=BOB, milestone=Milestone.DETECTED, when=later(-10)),
            f"Impact was detected at {when(later(-10))} (recorded by <@{BOB}>)",
        ),
    ],
)
def test_what_the_room_need_not_hear_stands_on_the_timeline(happened: facts.Fact, words: str) -> None:
    assert sentence(happened) == words


def test_an_update_is_told_with_conditions_actions_and_needs() -> None:
    happened = facts.UpdatePosted(at=NOW, by=BOB, conditions="Half fail", actions="Rollback", needs="A DBA")
    assert told(happened).endswith(
        f" *Status update* by <@{BOB}> · SEV1 · triage\n"
        "*Conditions*\n>Half fail\n*Actions*\n>Rollback\n*Needs*\n>A DBA"
    )
    assert sentence(happened) == f"Update: Half fail — Actions: Rollback — Needs: A DBA (posted by <@{BOB}>)"


def test_an_update_of_conditions_alone_has_no_empty_lines() -> None:
    assert "\n\n" not in told(facts.UpdatePosted(at=NOW, by=BOB, conditions="Half fail"))


def test_an_update_of_full_length_is_told_whole() -> None:
    conditions, actions, needs = "c" * TEXT_MAX, "a" * TEXT_MAX, "n" * TEXT_MAX
    happened = fact(rules.post_update(INCIDENT, conditions, actions=actions, needs=needs, by=BOB, now=NOW))
    text = told(happened)
    assert [part in text for part in (conditions, actions, needs)] == [True, True, True]


def test_no_change_is_told_as_such() -> None:
    text = told(fact(rules.no_change(updated(INCIDENT), by=BOB, now=NOW)))
    assert text.endswith(f" *No change* — <@{BOB}> confirms that nothing is new.")


def test_a_note_is_told_with_its_own_time_and_author() -> None:
    text = told(facts.Noted(at=later(-10), by=BOB, author=ALICE, text="Errors began"))
    assert ">Errors began" in text
    assert f"said by <@{ALICE}>, noted by <@{BOB}>" in text
    assert when(later(-10)) in text
    assert "said by" not in told(facts.Noted(at=NOW, by=BOB, author=BOB, text="Errors began"))


def test_an_offer_of_command_can_be_answered_with_a_press() -> None:
    happened = facts.HandoffOffered(at=NOW, by=BOB, to=CAROL)
    message = messages.told(Entry(7, happened), INCIDENT, {})
    assert f"<@{BOB}> asks <@{CAROL}> to take over command" in said(message)
    assert f"<@{BOB}> stays in command" in said(message)
    assert set(buttons(message)) == {"handoff_accept", "handoff_decline"}
    assert sentence(happened) == f"<@{BOB}> offered command to <@{CAROL}>"


@pytest.mark.parametrize(
    "happened",
    [
        facts.Noted(at=NOW, by=BOB, author=BOB, text="Errors began"),
        facts.UpdatePosted(at=NOW, by=BOB, conditions="Half fail"),
        facts.UpdatePosted(at=NOW, by=BOB, conditions="No change.", unchanged=True),
        facts.StatusChanged(at=NOW, by=BOB, old=Status.TRIAGE, new=Status.MITIGATING),
        facts.HandoffOffered(at=NOW, by=BOB, to=CAROL),
    ],
)
def test_nobody_is_called_by_their_own_act(happened: facts.Fact) -> None:
    message = messages.told(Entry(7, happened), INCIDENT, {BOB: "Bob <Brown>"})
    shown = said(message) + message.text
    assert f"<@{BOB}>" not in shown
    assert "Bob &lt;Brown&gt;" in said(message)


def test_what_an_app_said_is_told_by_the_apps_name() -> None:
    noted = facts.Noted(at=NOW, by=BOB, author="", app="Grafana *x*", text="disk is full")
    assert f"said by Grafana *x*, noted by <@{BOB}>" in told(noted)
    assert sentence(noted) == f"disk is full (said by Grafana *x*, noted by <@{BOB}>)"


def test_an_app_that_is_named_like_a_mention_calls_nobody_and_passes_for_nobody() -> None:
    noted = facts.Noted(at=NOW, by=BOB, author="", app=f"<@{ALICE}>", text="disk is full")
    assert f"<@{ALICE}>" not in told(noted)
    assert f"<@{ALICE}>" not in sentence(noted)


def test_no_line_of_a_note_passes_for_one_of_ours() -> None:
    text = told(
        facts.Noted(at=NOW, by=BOB, author=BOB, text="first\n:white_check_mark: Incident resolved (by Bob)")
    )
    assert "\n>first\n>:white_check_mark: Incident resolved" in text


def test_code_in_a_note_stays_code_and_what_is_left_open_is_closed() -> None:
    text = told(facts.Noted(at=NOW, by=BOB, author=BOB, text="see\n```\nKeyError\n1 < 2"))
    assert ">see\n```\nKeyError\n1 &lt; 2```" in text


def test_a_long_code_is_told_whole_in_several_blocks() -> None:
    code = "if (a < b && c) {}\n" * 120
    message = messages.told(
        Entry(7, facts.UpdatePosted(at=NOW, by=BOB, conditions=f"```\n{code}```")), INCIDENT, {}
    )
    parts = [block["text"]["text"].replace("\n", " ") for block in message.blocks]
    assert sum(part.count("if (a &lt; b &amp;&amp; c)") for part in parts) == 120
    assert all(len(part) <= 3000 and part.count("```") % 2 == 0 for part in parts)


def test_an_offer_that_replaces_another_says_so_to_whoever_was_asked_before() -> None:
    happened = facts.HandoffOffered(at=NOW, by=BOB, to=CAROL, instead_of=ALICE)
    assert f"to take over command, instead of <@{ALICE}>." in told(happened)
    assert sentence(happened).endswith(f"offered command to <@{CAROL}> instead of <@{ALICE}>")


@pytest.mark.parametrize(
    ("happened", "words"),
    [
        (
            facts.RoleAssigned(at=NOW, by=CAROL, role=Role.COMMANDER, person=CAROL, previous=BOB),
            f"accepted by <@{CAROL}>",
        ),
        (
            facts.RoleAssigned(
                at=NOW, by=ALICE, role=Role.COMMANDER, person=ALICE, previous=BOB, forced=True
            ),
            f"not open any more: <@{ALICE}> has command",
        ),
        (facts.HandoffDeclined(at=NOW, by=CAROL, to=CAROL), f"declined by <@{CAROL}>"),
        (facts.HandoffDeclined(at=NOW, by=BOB, to=CAROL), f"taken back by <@{BOB}>"),
        (facts.HandoffOffered(at=NOW, by=BOB, to=ALICE, instead_of=CAROL), f"<@{ALICE}> is asked instead"),
        (facts.Noted(at=NOW, by=BOB, author=BOB, text="Errors began"), "not open any more"),
    ],
)
def test_an_offer_that_is_over_says_what_came_of_it_and_has_no_buttons(
    happened: facts.Fact, words: str
) -> None:
    message = messages.closed_offer(happened)
    assert said(message) == f":handshake: Offer of command: {words} ({when(NOW)})"
    assert buttons(message) == {}


def test_where_it_was_declared_from_people_find_the_way_to_the_war_room() -> None:
    text = said(messages.at_source(INCIDENT, "C0ROOM"))
    assert text == (":red_circle: *INC-42* (SEV1) was declared from this message. Its war room is <#C0ROOM>")


def test_the_declarer_reads_that_it_opens_and_then_where() -> None:
    assert "Opening a war room for *Checkout*" in said(replies.opening("Checkout"))
    assert "Its war room is <#C0ROOM>" in said(replies.opened(INCIDENT, "C0ROOM"))


def test_where_slack_refused_to_open_a_room_the_incident_stands_and_says_how_to_go_on() -> None:
    text = said(replies.opened(INCIDENT, None))
    assert "*INC-42* is declared, but" in text
    assert "Continue from any channel" in text
    assert "(`restricted_action`)" in said(replies.opened(INCIDENT, None, "restricted_action"))
    assert "an admin can allow it" in said(replies.opened(INCIDENT, None, "restricted_action"))


def test_outside_of_the_war_room_a_warning_says_which_incident_and_never_its_title() -> None:
    text = said(warnings.warning(SLACK, "post in the war room", "is_archived", "INC-42"))
    assert "*INC-42*: I could not post in the war room" in text
    text = said(warnings.not_shown("INC-42", "is_archived"))
    assert "It is recorded" in text
    assert "Unarchive the channel" in text


@pytest.mark.parametrize(
    ("reason", "remedy"),
    [
        (
            "missing_scope",
            "reinstall the app with the current manifest.yml. Then an operator runs `warroom outbox",
        ),
        ("not_in_channel", "Invite me"),
        ("is_archived", "Unarchive the channel. Then I catch up by myself."),
        ("some_new_error", "warroom doctor"),
    ],
)
def test_what_slack_refuses_is_told_with_what_to_do(reason: str, remedy: str) -> None:
    text = said(warnings.warning(SLACK, "pin the card", reason))
    assert f"I could not pin the card: Slack says `{reason}`" in text
    assert remedy in text


def test_answers_and_refusals_page_nobody() -> None:
    assert said(replies.answer("<!channel>")) == "@\u2060channel"
    assert said(replies.refusal("<!channel>")) == ":no_entry_sign: @\u2060channel"


def test_the_draft_is_posted_with_what_to_do_with_it() -> None:
    assert "postmortem draft of INC-42" in said(messages.draft_comment(INCIDENT))


def test_whoever_is_not_in_the_war_room_reads_where_it_went() -> None:
    told = said(replies.recorded(declared(number=7), "C0ROOM"))
    assert told == "Recorded on *INC-7* Checkout is failing: see <#C0ROOM>"
    added = said(replies.elsewhere(replies.answer("Added."), declared(number=7), "C0ROOM"))
    assert added.splitlines() == ["Added.", "*INC-7* Checkout is failing: see <#C0ROOM>"]


def test_where_there_is_no_war_room_the_timeline_is_named() -> None:
    assert "`/incident timeline INC-7` shows it" in said(replies.recorded(declared(number=7), ""))


def test_whose_a_text_is_stands_outside_of_the_code_that_it_leaves_open() -> None:
    words = sentence(facts.Noted(at=NOW, by=BOB, author=BOB, text="see ```KeyError"))
    assert words == f"see ```KeyError``` (noted by <@{BOB}>)"
