"""Whatever people type, Slack accepts the bot's messages, and they notify nobody and hide no link."""

import re
from dataclasses import replace

from hypothesis import example, given

from bot import policy_file
from bot.core.resources import shipped
from bot.core.templates import Templates
from bot.core.text import escape
from bot.core.tokens import Kind, Token, split
from bot.incident.commands import registry
from bot.incident.commands.help import menu, unknown
from bot.incident.commands.request import Reply
from bot.incident.domain import facts, rules
from bot.incident.domain.audiences import Audience
from bot.incident.domain.cadence import EscalationStep, Promise, ScheduledReminder
from bot.incident.domain.decisions import DecisionState
from bot.incident.domain.incident import fold
from bot.incident.domain.listing import Listing
from bot.incident.domain.policy import ImpactQuestion
from bot.incident.domain.roles import DEFAULT_ROLES
from bot.incident.domain.rules import SLACK_LENGTH_MAX, TEXT_MAX, TITLE_MAX
from bot.incident.domain.shortlist import ListedIncident, Shortlist
from bot.incident.domain.timeline import Entry
from bot.incident.domain.vocabulary import Role, Severity
from bot.incident.views import (
    brief,
    card,
    decisions,
    lists,
    messages,
    milestones,
    modals,
    parking,
    previews,
    reminders,
    replies,
    warnings,
)
from bot.incident.views.facts import sentence
from bot.incident.views.lists import LISTED_MAX
from bot.incident.views.past_updates import UPDATES_MAX, past_updates
from bot.incident.views.postmortem import markdown
from bot.incident.views.updates import UpdateText
from bot.ports.slack.port import SLACK
from tests.incident.commands.factory import reply, request, say
from tests.incident.domain.situations import ALICE, BOB, NOW, after, decided, declared, later, resolved
from tests.incident.views.hostile_texts import (
    TEXTS,
    decided_and_objected,
    everything,
    happenings,
    set_aside,
    taken,
    texts,
    titles,
    typed,
)
from tests.incident.views.limits import fits, harmless

POLICY = policy_file.load()
TAKEN = facts.RoleAssigned(at=NOW, by=BOB, role=Role.COMMANDER, person=BOB, previous=ALICE)
LONG = replace(
    POLICY,
    questions=tuple(
        ImpactQuestion("<!channel> " * 6 + "?", [("&" * 75, Severity.SEV1)] * 20) for _ in range(8)
    ),
)
TEMPLATES = Templates(shipped("templates"))


@TEXTS
@given(title=titles, text=texts)
@example(title="&" * TITLE_MAX, text=taken("&" * TEXT_MAX))
@example(title="<@U1>" * 30, text=taken("<@U1>" * 500))
@example(title="&", text="&" * (SLACK_LENGTH_MAX // 5))
@example(title="&", text="```" + "<" * 700)
def test_card_and_announcement_fit(title: str, text: str) -> None:
    incident = everything(title, text)
    many = replace(incident, duplicates=tuple(range(10**9 - 500, 10**9)))
    for each in (incident, resolved(incident), declared(title), *set_aside(incident, text), many):
        fits(card.card(each, POLICY))
        fits(card.announcement(each, POLICY, "C0ROOM", slack_url="https://acme.slack.com/"))
        fits(messages.at_source(each, "C0ROOM"))
        fits(brief.brief(each, TAKEN, POLICY, "C0ROOM", later(55)))


@TEXTS
@given(title=titles, text=texts)
@example(title="&" * TITLE_MAX, text=taken("&" * TEXT_MAX))
def test_messages_in_the_room_fit(title: str, text: str) -> None:
    incident = everything(title, text)
    for happened in happenings(incident, text):
        fits(messages.fact_message(Entry(7, happened), incident, {ALICE: title}))
        fits(messages.closed_offer(happened))
    fits(milestones.overview(incident))
    fits(replies.opening(title))
    fits(replies.opened(incident, None))
    fits(replies.another_one(incident, "C0ROOM", f"SEV1 {title}", "UREADER"))


@TEXTS
@given(title=titles, text=texts)
@example(title="&" * TITLE_MAX, text=taken("&" * TEXT_MAX))
@example(title="x", text="x\n" * (TEXT_MAX // 2))
@example(title="x", text="x" * TEXT_MAX)
def test_decisions_and_parked_thoughts_fit(title: str, text: str) -> None:
    incident = everything(title, text)
    for _ in range(decisions.LISTED_MAX):
        incident = decided_and_objected(incident, text, len(incident.decisions) + 1)
        incident = after(incident, rules.park(incident, text, by=ALICE, now=NOW, app=text))
    for state in DecisionState:
        each = replace(incident.decisions[-1], state=state)
        fits(decisions.decision(each, incident, {ALICE: title}))
        fits(decisions.not_objected(incident, each, text[:200]))
        fits(modals.decision(incident, POLICY, each))
        fits(modals.objection(incident, each))
    for shown in (incident, declared(title)):
        fits(decisions.decisions(shown))
        fits(parking.parking_lot(shown))
        fits(brief.brief(shown, TAKEN, POLICY, "C0ROOM", later(55)))
    fits(parking.taken_out(incident, 100))
    fits(parking.put_back(100))


@TEXTS
@given(title=titles, text=texts)
@example(title="&" * TITLE_MAX, text=taken("&" * TEXT_MAX))
@example(title="&", text=taken("\n" * TEXT_MAX + "x"))
@example(title="&", text=taken("x\n" * (TEXT_MAX // 2)))
@example(title="&", text=taken("```" + "<" * 700))
def test_updates_fit_wherever_they_are_shown(title: str, text: str) -> None:
    incident = declared(title)
    everybody = tuple(Audience)
    report = rules.Report(
        conditions=text,
        actions=text,
        needs=text,
        severity=Severity.SEV4,
        audiences=everybody,
        next_by=later(5),
    )
    act = decided(rules.post_report(incident, report, POLICY, by=ALICE, now=NOW))
    after_it = after(incident, act)
    (posted,) = (each for each in act if isinstance(each, facts.UpdatePosted))
    written = UpdateText(posted, act, after_it, POLICY, TEMPLATES, {ALICE: title})
    fits(written.message(Audience.ROOM))
    fits(written.message(Audience.STAKEHOLDERS))
    fits(modals.public_draft(after_it, written.public()))
    preview = previews.update(incident, act, POLICY, TEMPLATES, {ALICE: title})
    fits(modals.preview(preview))
    fits(past_updates(after_it, [Entry(seq, posted) for seq in range(UPDATES_MAX + 1, 0, -1)]))


@TEXTS
@given(title=titles, text=typed)
def test_reminders_fit(title: str, text: str) -> None:
    incident = everything(title, taken((text or "x")[:TEXT_MAX]).strip() or "x")
    for promise in Promise:
        nudge = ScheduledReminder(promise, later(15), EscalationStep.ROOM)
        for rung in EscalationStep:
            written = reminders.ReminderText(incident, POLICY, TEMPLATES, later(55))
            fits(reminders.reminder(written, ScheduledReminder(promise, later(15), rung)))
            fits(reminders.broadcast(written, "C0ROOM"))
        for happened in happenings(incident, "x"):
            fits(reminders.answered(incident, nudge, happened))
            fits(reminders.answered_broadcast(incident, nudge, happened, "C0ROOM"))
    fits(reminders.replaced(incident))


@TEXTS
@given(title=titles, text=typed)
@example(title="&" * TITLE_MAX, text="&" * 4000)
def test_forms_fit(title: str, text: str) -> None:
    incident = declared(title)
    for view in (
        modals.declare(POLICY, title=text, summary=text, source="https://example.com/p1", channel="C1"),
        modals.declare_again(
            modals.declare(POLICY, title=text, summary=text, source="https://example.com/p1"),
            replies.declared_already(incident, "C0ROOM", "UREADER"),
            {"source": "https://example.com/p1", "message": "C1:1700000000.000100"},
        ),
        modals.opening(replies.opening(text).text),
        modals.notice(replies.refusal(text).text),
        modals.severity(incident, POLICY),
        modals.status(incident),
        modals.update(incident, POLICY),
        modals.update(incident, POLICY, typed=dict.fromkeys(("conditions", "actions", "needs"), text)),
        modals.public_draft(incident, text or "x"),
        modals.snooze(incident, POLICY),
        modals.note(incident),
        modals.handoff(incident),
        modals.roles(incident, DEFAULT_ROLES),
        modals.resolve(incident),
        modals.reopen(incident),
        modals.cancel(incident, text),
        modals.duplicate(incident, Shortlist([ListedIncident(declared(title, number=9), "C9")] * 120, 120)),
        modals.milestone(incident, reason=text, doubt=text),
        modals.severity(incident, LONG, dict.fromkeys(range(8), 0)),
    ):
        fits(view)


@TEXTS
@given(text=typed)
@example(text="<!channel>")
def test_answers_that_repeat_typed_text_fit(text: str) -> None:
    answer = unknown(text)
    assert isinstance(answer, Reply)
    fits(answer.message)
    fits(replies.refusal(f"“{text}” is not a role."))
    fits(replies.refusal(replies.no_such_severity(text)))
    fits(warnings.warning(SLACK, "pin the card", text))


@TEXTS
@given(title=titles)
def test_lists_fit_however_many_are_open(title: str) -> None:
    listed = [
        ListedIncident(declared(title, number=number, commander=BOB), "C0ROOM")
        for number in range(1, LISTED_MAX + 6)
    ]
    fits(lists.incidents(Shortlist(listed, 10_000), Listing()))
    answer = menu(request(open_incidents=Shortlist(listed, 10_000)))
    assert isinstance(answer, Reply)
    fits(answer.message)


def test_help_fits_and_is_not_cut() -> None:
    for word in ("help", *(f"help {name}" for name in registry.COMMANDS)):
        answer = say(word)
        assert isinstance(answer, Reply)
        fits(answer.message)
        assert not reply(answer).rstrip().endswith("…")


@TEXTS
@given(title=titles)
@example(title="&" * TITLE_MAX)
@example(title="<@U1>" * 30)
def test_the_topic_fits_and_notifies_nobody(title: str) -> None:
    """At most 250 characters (Slack docs, conversations.setTopic)."""
    for incident in (
        declared(title),
        declared(title, private=True),
        resolved(declared(title)),
        *set_aside(declared(title), title),
    ):
        topic = card.topic(incident)
        assert len(topic) <= 250
        assert topic.startswith("INC-42 · ")
        harmless(topic)


@TEXTS
@given(text=typed)
def test_typed_text_notifies_nobody_and_hides_no_link(text: str) -> None:
    harmless(escape(text))
    assert escape(escape(text)) == escape(text)


@TEXTS
@given(text=texts)
@example(text="<#C1> # <#C2|checkout>")
def test_typed_text_in_the_draft_stays_on_its_line_and_is_not_markup(text: str) -> None:
    for happened in happenings(declared(), text):
        line = markdown(sentence(happened), {})
        assert "\n" not in line
        unescaped = re.findall(r"(?<!\\)(?:\\\\)*([*_`|#])", re.sub(r"<https?://[^>\s]*>", "", line))
        channels = [
            each
            for each in split(sentence(happened))
            if isinstance(each, Token) and each.kind is Kind.CHANNEL
        ]
        assert unescaped == ["#"] * len(channels)  # the bot's own, before the channel's name


@TEXTS
@given(title=titles, text=texts)
def test_the_state_keeps_typed_text_unchanged(title: str, text: str) -> None:
    decision = rules.declare(number=1, title=title, severity=Severity.SEV1, summary=text, by=ALICE, now=NOW)
    incident = fold(decided(decision))
    assert incident.title == " ".join(title.split())
    assert incident.summary == text.strip()
