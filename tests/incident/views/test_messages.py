"""The messages in the war room: each fact as people read it."""

import re

import pytest

from bot.core.text import when
from bot.incident.domain import facts
from bot.incident.domain.timeline import Entry
from bot.incident.domain.vocabulary import Milestone, Role, Severity, Status
from bot.incident.views import messages
from bot.incident.views.facts import sentence
from bot.incident.views.postmortem_messages import draft_comment
from tests.incident.domain.situations import ALICE, BOB, CAROL, NOW, declared, entries, later
from tests.incident.views.reading import said

INCIDENT = declared(commander=BOB)


def told(happened: facts.Fact) -> str:
    return said(messages.fact_message(Entry(7, happened), INCIDENT, {}))


@pytest.mark.parametrize(
    ("happened", "words"),
    [
        (
            facts.SeverityChanged(at=NOW, by=BOB, old=Severity.SEV2, new=Severity.SEV1, reason="EU too"),
            f"Severity raised from SEV2 to SEV1: EU too (by <@{BOB}>)",
        ),
        (
            facts.SeverityChanged(at=NOW, by=BOB, old=Severity.SEV2, new=Severity.SEV3),
            f"Severity lowered from SEV2 to SEV3 (by <@{BOB}>) *Good news, thank you.*",
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
def test_a_fact_is_told_in_one_line_with_the_old_and_the_new_value(happened: facts.Fact, words: str) -> None:
    icon, _, text = told(happened).partition(" ")
    assert text == words
    assert re.fullmatch(r":[a-z0-9_-]+:", icon)


def test_command_and_the_end_have_icons_of_their_own() -> None:
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
            facts.Snoozed(at=NOW, by=BOB, until=later(10), reason="rolling back"),
            f"Update reminder snoozed until {when(later(10))}: rolling back (by <@{BOB}>)",
        ),
        (
            facts.MilestoneSet(at=NOW, by=BOB, milestone=Milestone.STARTED, when=later(-10)),
            f"Impact started {when(later(-10))} (recorded by <@{BOB}>)",
        ),
        (
            facts.MilestoneSet(at=NOW, by=BOB, milestone=Milestone.DETECTED, when=later(-10)),
            f"Impact was detected {when(later(-10))} (recorded by <@{BOB}>)",
        ),
    ],
)
def test_facts_that_are_only_on_the_timeline_have_a_sentence(happened: facts.Fact, words: str) -> None:
    assert sentence(happened) == words


def test_the_sentence_of_an_update_has_conditions_actions_and_needs() -> None:
    happened = facts.UpdatePosted(at=NOW, by=BOB, conditions="Half fail", actions="Rollback", needs="A DBA")
    assert sentence(happened) == f"Update: Half fail — Actions: Rollback — Needs: A DBA (posted by <@{BOB}>)"


def test_several_facts_of_one_act_are_one_message() -> None:
    act = entries(
        facts.SeverityChanged(at=NOW, by=BOB, old=Severity.SEV2, new=Severity.SEV1),
        facts.StatusChanged(at=NOW, by=BOB, old=Status.TRIAGE, new=Status.MITIGATING),
    )
    message = messages.act_message(act, INCIDENT, {})
    both = ["Severity raised from SEV2 to SEV1", "Status changed from triage to mitigating"]
    assert [words in said(message) for words in both] == [True, True]
    assert [words in message.text for words in both] == [True, True]


def test_a_note_is_shown_with_its_time_and_its_author() -> None:
    text = told(facts.Noted(at=later(-10), by=BOB, author=ALICE, text="Errors began"))
    assert ">Errors began" in text
    assert f"said by @{ALICE}, noted by <@{BOB}>" in text, "nobody is notified of having been recorded"
    assert when(later(-10)) in text
    assert "said by" not in told(facts.Noted(at=NOW, by=BOB, author=BOB, text="Errors began"))


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
def test_nobody_is_mentioned_for_their_own_act(happened: facts.Fact) -> None:
    message = messages.fact_message(Entry(7, happened), INCIDENT, {BOB: "Bob <Brown>"})
    shown = said(message) + message.text
    assert f"<@{BOB}>" not in shown
    assert "Bob &lt;Brown&gt;" in said(message)


def test_an_apps_message_is_shown_with_the_apps_name() -> None:
    noted = facts.Noted(at=NOW, by=BOB, author="", app="Grafana *x*", text="disk is full")
    assert f"said by Grafana *x*, noted by <@{BOB}>" in told(noted)
    assert sentence(noted) == f"disk is full (said by Grafana *x*, noted by <@{BOB}>)"


def test_an_app_whose_name_looks_like_a_mention_mentions_nobody() -> None:
    noted = facts.Noted(at=NOW, by=BOB, author="", app=f"<@{ALICE}>", text="disk is full")
    assert f"<@{ALICE}>" not in told(noted)
    assert f"<@{ALICE}>" not in sentence(noted)


def test_every_line_of_a_note_is_quoted() -> None:
    text = told(
        facts.Noted(at=NOW, by=BOB, author=BOB, text="first\n:white_check_mark: Incident resolved (by Bob)")
    )
    assert "\n>first\n>:white_check_mark: Incident resolved" in text


def test_code_in_a_note_stays_code_and_an_open_code_block_is_closed() -> None:
    text = told(facts.Noted(at=NOW, by=BOB, author=BOB, text="see\n```\nKeyError\n1 < 2"))
    assert ">see\n```\nKeyError\n1 &lt; 2```" in text


def test_long_code_is_shown_in_full_in_several_blocks() -> None:
    code = "if (a < b && c) {}\n" * 120
    message = messages.fact_message(
        Entry(7, facts.UpdatePosted(at=NOW, by=BOB, conditions=f"```\n{code}```")), INCIDENT, {}
    )
    parts = [block["text"]["text"].replace("\n", " ") for block in message.blocks]
    assert sum(part.count("if (a &lt; b &amp;&amp; c)") for part in parts) == 120
    assert all(len(part) <= 3000 and part.count("```") % 2 == 0 for part in parts)


def test_the_reply_to_the_message_it_was_declared_from_links_to_the_war_room() -> None:
    text = said(messages.at_source(INCIDENT, "C0ROOM"))
    assert text == (":red_circle: *INC-42* (SEV1) was declared from this message. Its war room is <#C0ROOM>")


def test_the_comment_above_the_draft_names_the_incident() -> None:
    assert "postmortem draft of INC-42" in said(draft_comment(INCIDENT))


def test_the_author_follows_after_an_open_code_block_is_closed() -> None:
    words = sentence(facts.Noted(at=NOW, by=BOB, author=BOB, text="see ```KeyError"))
    assert words == f"see ```KeyError``` (noted by <@{BOB}>)"
