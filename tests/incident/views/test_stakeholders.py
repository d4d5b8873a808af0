"""The direct messages to subscribers, their lists, and the digest: their words, whatever people have typed."""

from dataclasses import replace

from hypothesis import example, given

from bot.core.resources import shipped
from bot.core.templates import Templates
from bot.incident.domain import facts, rules
from bot.incident.domain.incident import Incident
from bot.incident.domain.rules import TEXT_MAX, TITLE_MAX
from bot.incident.domain.services import NO_SERVICES
from bot.incident.domain.shortlist import ListedIncident, Shortlist
from bot.incident.domain.subscriptions import Follows
from bot.incident.domain.vocabulary import Severity, Status
from bot.incident.views import digest, subscriptions
from bot.incident.views.lists import LISTED_MAX
from bot.incident.views.subscribers import SubscriberText
from tests.incident.commands.factory import POLICY
from tests.incident.domain.situations import (
    ALICE,
    BOB,
    NOW,
    after,
    declared,
    later,
    minutes,
    resolved,
    updated,
    with_role,
)
from tests.incident.views.hostile_texts import TEXTS, everything, happenings, taken, texts, titles
from tests.incident.views.limits import fits
from tests.incident.views.reading import buttons, said
from tests.services import MANY

TEMPLATES = Templates(shipped("templates"))
LINK = "https://acme.slack.com/archives/C1/p1700000000000100"
ONE, SEVERITY = Follows(None, frozenset({42})), Follows(Severity.SEV2)


def text(
    incident: Incident, *act: facts.Fact, room: str | None = "C0ROOM", link: str = LINK
) -> SubscriberText:
    return SubscriberText(act, incident, POLICY, TEMPLATES, room, link)


def posted(**more: object) -> facts.UpdatePosted:
    return facts.UpdatePosted(at=NOW, by=BOB, conditions="Half fail", **more)  # type: ignore[arg-type]


def test_an_update_says_what_is_known_where_and_why_one_reads_it() -> None:
    incident = updated(declared(), "Half fail")
    message = text(incident, posted(actions="Rolling back", needs="A DBA")).message(ONE)
    told = said(message)
    assert told.startswith(":red_circle: *INC-42* Checkout is failing · SEV1 · triage · <#C0ROOM>")
    assert "Half fail" in told
    assert "Rolling back" in told
    assert "A DBA" not in told
    assert "Next update by <!date^" in told
    assert "You follow INC-42." in told
    assert f"<{LINK}|link>" in told
    assert buttons(message)["stop_following"]["value"] == "42"


def test_a_later_update_leaves_the_promise_of_the_earlier_one_out() -> None:
    assert "Next update" not in said(text(updated(declared(), at=later(5)), posted()).message(ONE))
    assert "Next update" not in said(text(resolved(), posted()).message(ONE))


def test_no_change_is_told_in_one_line() -> None:
    told = said(text(updated(declared()), posted(unchanged=True)).message(SEVERITY))
    assert "*No change*" in told
    assert "Half fail" not in told
    assert "You follow all incidents of SEV2 or worse." in told


def test_changes_and_the_end_are_told_in_sentences() -> None:
    raised = facts.SeverityChanged(at=NOW, by=BOB, old=Severity.SEV2, new=Severity.SEV1, reason="All fail")
    ended = facts.StatusChanged(at=NOW, by=BOB, old=Status.TRIAGE, new=Status.RESOLVED)
    told = said(text(resolved(), raised, ended, room=None, link="").message(Follows()))
    assert "from SEV2 to SEV1" in told
    assert "All fail" in told
    assert ":white_check_mark: *INC-42*" in told
    assert "<#" not in told
    assert "announcement" not in told
    assert "You follow INC-42." in told


@TEXTS
@given(title=titles, typed=texts)
@example(title="&" * TITLE_MAX, typed=taken("&" * TEXT_MAX))
@example(title="<@U1>" * 30, typed=taken("<@U1>" * 500))
@example(title="x", typed="x\n" * (TEXT_MAX // 2))
def test_whatever_is_typed_the_messages_fit(title: str, typed: str) -> None:
    incident = everything(title, typed)
    for happened in happenings(incident, typed):
        fits(text(incident, happened).message(ONE))
    many = [ListedIncident(replace(incident, number=number), "C0ROOM") for number in range(60)]
    every = [each.key for each in MANY.all]
    fits(subscriptions.following(Follows(Severity.SEV3, services=frozenset(every)), many, MANY))
    fits(digest.digest(Shortlist(many[:LISTED_MAX], 60), POLICY, later(90), {BOB: title}))


def test_a_long_list_says_how_many_are_left_out() -> None:
    many = [ListedIncident(declared(number=number), None) for number in range(1, 50)]
    assert "and 9 more" in said(subscriptions.following(Follows(), many, NO_SERVICES))


def test_who_follows_nothing_reads_how_to_begin() -> None:
    message = subscriptions.following(Follows(), [], NO_SERVICES)
    fits(message)
    assert "You follow no open incident." in said(message)
    assert "subscribe sev2" in said(message)
    assert "service" not in said(message)


def test_the_digest_says_of_each_incident_how_it_stands_and_what_is_overdue() -> None:
    calm = updated(with_role(declared(severity=Severity.SEV3, number=2), "commander", ALICE), at=later(58))
    listed = Shortlist([ListedIncident(declared(number=1), None), ListedIncident(calm, "C0ROOM")], 2)
    first, one, how_one, two, how_two = said(digest.digest(listed, POLICY, later(60))).split("\n")
    assert first == ":newspaper: *2 incidents are open*, *1 with an update overdue*"
    assert one == ":red_circle: *INC-1* Checkout is failing"
    assert how_one.startswith(
        "SEV1 · triage · no commander yet · no update yet, declared 1 h ago · *:warning: overdue since"
    )
    assert two.endswith("*INC-2* Checkout is failing · <#C0ROOM>")
    assert how_two.startswith(f"SEV3 · triage · IC <@{ALICE}> · last update 2 min ago · next by <!date^")


def test_the_digest_counts_what_does_not_fit_and_says_if_there_is_nothing() -> None:
    listed = Shortlist([ListedIncident(declared(number=each), None) for each in range(1, 31)], 30)
    assert "and 10 more: `/incident list`" in said(digest.digest(listed, POLICY, NOW))
    assert said(digest.digest(Shortlist(), POLICY, NOW)) == ":sunny: No incident is open."


def test_snoozing_and_promises_move_what_the_digest_calls_overdue() -> None:
    incident = declared()
    snoozed = after(incident, rules.snooze(incident, minutes(30), by=BOB, now=later(14), reason="Busy"))
    listed = Shortlist([ListedIncident(snoozed, None)], 1)
    assert "overdue" not in said(digest.digest(listed, POLICY, later(20)))
