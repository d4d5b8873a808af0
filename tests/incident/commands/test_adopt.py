"""`/incident adopt`: the channel where one stands becomes the war room of a new incident."""

from dataclasses import replace
from typing import Any

import pytest

from bot.core.channels import ChannelProfile
from bot.incident.commands import registry
from bot.incident.commands.request import DeclareIncident, Outcome, Reply
from bot.incident.domain.announcing import AnnounceChannel
from bot.incident.domain.effects import Announce, OpenRoom, RenameRoom, SetTopic, ShowCard
from bot.incident.domain.facts import Declared
from bot.incident.domain.incident import fold
from bot.incident.domain.kinds import Kind
from bot.incident.domain.react import react_all
from bot.incident.domain.rules import rename
from bot.incident.domain.timeline import Entry
from bot.incident.domain.vocabulary import Severity
from tests.incident.commands.factory import APP, declared, form, refusal, request
from tests.incident.domain.situations import BOB, CAROL, NOW, decided
from tests.incident.views.reading import fields, said

PUBLIC = ChannelProfile(id="C1")
PRIVATE = ChannelProfile(id="C1", is_private=True, members=[CAROL])


def adopt(words: str = "", channel: ChannelProfile | None = PUBLIC) -> Outcome:
    return registry.COMMANDS["adopt"].action.handle(replace(request(words), adopting=channel))


def submit(channel: ChannelProfile | None = PUBLIC, **given: Any) -> Outcome:
    return registry.FORMS["adopt"].handle(replace(request(fields=given), adopting=channel))


def test_the_form_says_what_becomes_of_the_channel() -> None:
    view = form(adopt("sev1 Checkout is failing".replace("sev1 ", "")))
    assert fields(view)["title"]["element"]["initial_value"] == "Checkout is failing"
    assert "the incident is announced" in said(view)
    assert "only members of this channel" in said(form(adopt("", PRIVATE)))


def test_severity_and_title_need_no_form() -> None:
    first, rest = declared(adopt("sev1 Checkout is failing"))
    assert first == Declared(
        at=NOW,
        by=CAROL,
        number=7,
        title="Checkout is failing",
        severity=Severity.SEV1,
        room="C1",
        kind=Kind.INCIDENT,
    )
    assert rest == []
    private, _ = declared(adopt("sev1 Checkout is failing", PRIVATE))
    assert private.private


def test_the_form_declares_with_a_commander() -> None:
    first, rest = declared(submit(title="Checkout", severity="2", summary="Since noon", commander=BOB))
    assert (first.summary, len(rest)) == ("Since noon", 1)
    assert refusal(submit(title="Checkout", commander=APP)).field == "commander"
    assert refusal(submit(title=" ")).field == "title"


@pytest.mark.parametrize(
    ("channel", "why"),
    [
        (None, "Please try again"),
        (ChannelProfile(id="C1", is_visible=False), "`/invite @warroom`"),
        (ChannelProfile(id="C1", is_direct=True), "direct message cannot be"),
        (ChannelProfile(id="C1", is_taken=True), "a war room already"),
        (ChannelProfile(id="C1", is_common=True), "Incidents are announced here"),
        (ChannelProfile(id="C1", is_archived=True), "unarchive it first"),
        (ChannelProfile(id="C1", is_private=True, members=[BOB]), "`/invite @warroom`"),
    ],
)
def test_a_channel_that_cannot_be_a_war_room_is_refused(channel: ChannelProfile | None, why: str) -> None:
    assert why in refusal(adopt("sev1 Checkout is failing", channel)).message
    no = refusal(submit(channel, title="Checkout"))
    assert (why in no.message, no.field) == (True, "title")


def test_a_further_channel_of_announcements_is_refused_too() -> None:
    asked = replace(request("sev1 Checkout is failing"), adopting=PUBLIC)
    announce = (AnnounceChannel("C1", frozenset(Severity)),)
    asked = replace(asked, policy=replace(asked.policy, announce=announce))
    no = refusal(registry.COMMANDS["adopt"].action.handle(asked))
    assert "Incidents are announced here" in no.message


def test_whoever_is_a_moment_too_late_is_told_of_the_first() -> None:
    outcome = adopt("sev1 Checkout is failing")
    assert isinstance(outcome, DeclareIncident)
    assert outcome.ask
    asked = outcome.ask(fold(decided(outcome.decide(7))), "C1")
    assert isinstance(asked, Reply)
    assert said(asked.message) == "This channel is the war room of *INC-7* Checkout is failing already."


def test_the_channel_keeps_its_name_and_topic() -> None:
    first, _ = declared(adopt("sev1 Checkout is failing"))
    incident = fold([first])
    assert incident.adopted
    effects = react_all([Entry(1, first)], incident)
    assert {ShowCard(), Announce()} <= set(effects)
    assert not {OpenRoom(), SetTopic()} & set(effects)
    (renamed,) = decided(rename(incident, "Payments fail", by=BOB, now=NOW))
    assert RenameRoom(2) not in react_all([Entry(2, renamed)], fold([first, renamed]))
