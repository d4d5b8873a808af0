"""The draft as a document: names instead of ids, everything that is known, space for what people must add."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from bot import policy_file
from bot.core.actor import machine
from bot.core.resources import shipped
from bot.core.templates import Templates
from bot.incident.domain import blame, facts, rules
from bot.incident.domain.incident import fold
from bot.incident.domain.postmortem import draft
from bot.incident.domain.postmortem_policy import DraftTemplate, PostmortemPolicy
from bot.incident.domain.postmortem_sections import PostmortemSection
from bot.incident.domain.rules import Decision
from bot.incident.domain.vocabulary import Milestone, Role, RoleEndReason, Severity, Status
from bot.incident.views.postmortem import markdown, paragraphs, postmortem
from tests.incident.domain.situations import ALICE, BOB, CAROL, NOW, after, decided, entries, later

NAMES = {ALICE: "Alice Adams", BOB: "Bob *Star* Brown", "U0COPY": "copy;"}
POLICY = policy_file.load()
TEMPLATES = Templates(shipped("templates"))


def written(*happened: facts.Fact) -> str:
    return postmortem(draft(fold(happened), entries(*happened), POLICY, later(90)), NAMES, TEMPLATES)


def history(*, private: bool = False) -> list[facts.Fact]:
    """Declared with Bob in command, updated, and resolved after an hour."""
    happened = [
        *decided(
            rules.declare(
                number=42,
                title="Checkout & <mail> fail",
                severity=Severity.SEV1,
                summary="Half of all\npayments fail",
                private=private,
                commander=BOB,
                by=ALICE,
                now=NOW,
            )
        ),
        facts.Noted(at=later(-10), by=BOB, author=CAROL, text="Errors began", link="https://example.com/p1"),
    ]
    incident = fold(happened)
    more = decided(rules.post_update(incident, "Rolled back", by=BOB, now=later(40)))
    end = decided(rules.resolve(after(incident, more), by=BOB, now=later(60), started=later(-20)))
    return [*happened, *more, *end]


def test_the_draft_begins_with_what_failed_and_the_present_state() -> None:
    text = written(*history())
    assert text.startswith(
        "# INC-42: Checkout & \\<mail\\> fail\n\n> Draft, as of 2026-11-23 15:30 UTC. Written by Bob \\*Star\\* Brown."
    )
    assert "| SEV1 | SEV1 | resolved | Alice Adams |" in text
    assert "Half of all payments fail\n\nLast update: Rolled back\n" in text


def test_tasks_that_are_left_open_are_listed_with_their_people_and_messages() -> None:
    tasks: list[facts.Fact] = [
        facts.TaskAdded(
            at=NOW, by=BOB, number=1, text="Check lag", assignee=ALICE, link="https://example.com/p2"
        ),
        facts.TaskAdded(at=NOW, by=BOB, number=2, text="Fail *over*"),
        facts.TaskAdded(at=NOW, by=BOB, number=3, text="Call the vendor"),
        facts.TaskDone(at=NOW, by=BOB, number=3, text="Call the vendor"),
    ]
    text = written(*history(), *tasks)
    _, _, rest = text.partition("## Tasks left open\n\n")
    left, _, timeline = rest.partition("## Timeline")
    assert left.split("\n") == [
        "- **T1**: Check lag (Alice Adams) ([message](<https://example.com/p2>))",
        "- **T2**: Fail \\*over\\*",
        "",
        "",
    ]
    assert "Task T3 done: Call the vendor (by Bob \\*Star\\* Brown)" in timeline
    assert "Tasks left open" not in written(*history())


def test_times_have_their_start_and_end_points() -> None:
    text = written(*history())
    assert "| Time to detect | started | declared | 20 min |" in text
    assert "| Time to acknowledge | declared | acknowledged | 0 s |" in text
    assert "| Time to resolve | started | resolved | 1 h 20 min |" in text
    assert "- **Started**: 2026-11-23 13:40 UTC" in text


def test_the_draft_says_how_many_updates_were_in_time_and_which_were_not() -> None:
    text = written(*history())
    assert "## Updates\n\n0 of 2 updates in time; the longest gap 40 min.\n\n| Update due | |\n" in text
    assert "| 2026-11-23 14:15 UTC | late by 25 min |\n| 2026-11-23 14:55 UTC | missed |\n\n## Roles" in text


def test_the_draft_says_that_all_updates_were_in_time_or_that_none_was_due() -> None:
    declared, *_ = history()
    assert "_No update was due._" in postmortem(
        draft(fold([declared]), entries(declared), POLICY, later(5)), NAMES, TEMPLATES
    )
    update = facts.UpdatePosted(at=later(10), by=BOB, conditions="Half fail")
    text = postmortem(
        draft(fold([declared, update]), entries(declared, update), POLICY, later(12)), NAMES, TEMPLATES
    )
    assert "1 of 1 updates in time; the longest gap 10 min.\n\n## Roles" in text


def test_the_timeline_is_in_order_with_names_and_links() -> None:
    text = written(*history())
    noted = f"- 13:50 — Errors began (said by {CAROL}, noted by Bob \\*Star\\* Brown)"
    assert f"{noted} ([message](<https://example.com/p1>))" in text
    assert text.index("Errors began") < text.index("declared SEV1") < text.index("Incident resolved")


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        "https://example.com/a>) <img src=x onerror=alert(1)>",
        "https://example.com/\n\n# head",
        "https://example.com|x",
    ],
)
def test_an_odd_permalink_is_left_out(link: str) -> None:
    noted = facts.Noted(at=later(1), by=BOB, author=BOB, text="Errors began", link=link)
    (line,) = [line for line in written(*history()[:1], noted).splitlines() if "Errors began" in line]
    assert line.endswith("(noted by Bob \\*Star\\* Brown)")


def test_who_noted_an_entry_comes_after_what_happened() -> None:
    text = written(*history())
    assert "15:40" not in text
    assert "14:40 — Update: Rolled back (posted by Bob \\*Star\\* Brown)\n" in text
    assert "15:00 — Incident resolved (triage → resolved) (by Bob \\*Star\\* Brown)\n" in text


def test_the_impact_is_in_peoples_words_and_never_the_policys_definition() -> None:
    happened = history()[:2]
    lowered = decided(
        rules.change_severity(fold(happened), Severity.SEV4, by=BOB, now=later(30), reason="nearly over")
    )
    said = decided(rules.post_update(fold(happened), "Half of the EU cannot pay", by=BOB, now=later(20)))
    text = written(*happened, *said, *lowered)
    assert "| Worst severity | Severity now |" in text
    assert "| SEV1 | SEV4 | triage |" in text
    assert "| SEV1 | 30 min |\n| SEV4 | 1 h 0 min |\n" in text
    assert "- 2026-11-23 14:00 UTC — Half of all payments fail\n" in text
    assert "- 2026-11-23 14:20 UTC — Half of the EU cannot pay\n" in text
    assert not any(level.impact in text for level in policy_file.load().levels.values())


def test_a_length_of_days_keeps_its_minutes() -> None:
    happened = history()[:2]
    end = decided(rules.resolve(fold(happened), by=BOB, now=later(24 * 60 + 11)))
    assert "| Time to resolve | declared | resolved | 1 d 0 h 11 min |" in written(*happened, *end)


def test_a_note_from_last_year_comes_first_with_its_date() -> None:
    at = NOW - timedelta(days=330)
    happened = history()
    noted = rules.note(fold(happened), "Certificate renewed by hand", by=BOB, now=later(70), at=at, sure=True)
    timeline = written(*happened, *decided(noted)).partition("## Timeline\n\n")[2]
    assert timeline.startswith("**2025-12-28** (UTC)\n\n- 14:00 — Certificate renewed by hand (noted by")


def test_roles_are_listed_by_name_and_missing_roles_are_said_so() -> None:
    assert "- **Incident Commander**: Bob \\*Star\\* Brown" in written(*history())
    assert "_Nobody took a role._" in written(*history()[:1])


def test_unknown_values_are_left_open() -> None:
    bare = decided(rules.declare(number=1, title="x", severity=Severity.SEV4, by=ALICE, now=NOW))
    text = written(*bare)
    assert "| Time to resolve | declared | resolved | not known |" in text
    assert "What happened, in two or three sentences" in text
    assert "Last update" not in text


def test_a_private_draft_warns_its_reader() -> None:
    warning = "**Private incident: share this only with people who may see it.**"
    assert warning in written(*history(private=True))
    assert warning not in written(*history())


def test_the_draft_has_space_for_what_the_review_must_discuss() -> None:
    text = written(*history())
    for heading in ("Contributing factors", "What went well", "Where we were lucky", "Action items"):
        assert f"\n## {heading}\n" in text
    assert "root cause" not in text.lower()


@pytest.mark.parametrize(
    ("house", "document"),
    [
        ("<@U0ALICE> and <@U0BOB|bob>", "Alice Adams and Bob \\*Star\\* Brown"),
        ("<@U0NOBODY>", "U0NOBODY"),
        ("see <#C0ROOM>", "see #C0ROOM"),
        ("see <#C0ROOM|inc-1_a>", "see #inc-1\\_a"),
        ("<https://example.com/a_b>", "<https://example.com/a_b>"),
        ("<https://example.com|the [graph]>", "[the \\[graph\\]](<https://example.com>)"),
        ("<https://evil.example|https://good.example>", "<https://evil.example>"),
        ("<https://evil.example|good.example>", "<https://evil.example>"),
        ("<https://evil.example|\u200b >", "<https://evil.example>"),
        (
            "<https://example.com/a\\?b=1&copy=2&copy;|graph>",
            "[graph](<https://example.com/a\\\\?b=1&copy=2\\&copy;>)",
        ),
        ("<https://a\x01*b*>", "\\<https://a\x01\\*b\\*\\>"),
        ("&<@U0COPY>", "\\&copy;"),
        ("<http://example.com|example.com>", "<http://example.com>"),
        ("<https://a<b>", "\\<https://a\\<b\\>"),
        ("<mailto:a@example.com|a@example.com>", "a@example.com"),
        ("<!subteam^S1|@checkout-team> <!date^1^{time}|noon>", "@checkout-team noon"),
        ("two\nlines  and\ttabs", "two lines and tabs"),
        ("*bold* _it_ `code` # head", "\\*bold\\* \\_it\\_ \\`code\\` \\# head"),
        ("| a | b |", "\\| a \\| b \\|"),
        ("<!channel> <script>", "@channel \\<script\\>"),
        ("back\\slash", "back\\\\slash"),
        ("", ""),
    ],
)
def test_people_and_links_are_readable_and_typed_text_does_not_become_markup(
    house: str, document: str
) -> None:
    assert markdown(house, NAMES) == document


@pytest.mark.parametrize(
    "typed", ["~~gone~~", "- a list", "+ a list", "1. a list", "---", "&lt;b&gt; &copy;"]
)
def test_typed_text_does_not_become_a_list_a_rule_a_strike_or_an_entity(typed: str) -> None:
    assert markdown(typed, NAMES) != typed


def test_an_incident_that_is_still_open_can_be_drafted() -> None:
    text = written(*history()[:3])
    assert f"| SEV1 | SEV1 | {Status.TRIAGE} | Alice Adams |" in text


def test_the_draft_opens_with_what_was_parked() -> None:
    happened = history()
    incident = fold(happened)
    parked = decided(
        rules.park(incident, "- DNS?", by=BOB, now=NOW, author=ALICE, link="https://example.com/p1")
    )
    text = written(*happened, *parked)
    line = r"- **P1** \- DNS? (said by Alice Adams, parked by Bob \*Star\* Brown) ([message](<https://example.com/p1>))"
    assert line in text
    assert text.index("## Questions that were parked") < text.index("## Summary")
    taken = decided(rules.unpark(after(incident, parked), 1, by=BOB, now=NOW))
    assert "Questions that were parked" not in written(*happened, *parked, *taken)


def test_the_draft_lists_decisions_and_what_became_of_them() -> None:
    happened = history()[:2]

    def then(rule: Callable[..., Decision], *given: object, at: float = 0, **more: object) -> None:
        happened.extend(decided(rule(fold(happened), *given, now=later(at), **more)))

    within = timedelta(minutes=5)
    then(rules.decide, "Fail over", by=BOB, within=within, risk="Stale", way_back="Fail back")
    then(rules.object_to_decision, 1, "It lags", by=ALICE, at=1)
    then(rules.decide, "Wait", by=BOB, within=within, instead_of=1)
    then(rules.let_decisions_stand, at=5)
    for _ in range(3):
        then(rules.decide, "Restart", by=BOB, within=within)
    then(rules.withdraw_decision, 3, by=BOB)
    then(rules.object_to_decision, 4, "No", by=ALICE)
    text = written(*happened)
    by_bob = r"(recorded by Bob \*Star\* Brown, 2026-11-23 14:00 UTC)"
    assert (
        f"- **D1** Fail over {by_bob}\n  - Replaced by D2\n  - Risk: Stale\n  - Way back: Fail back\n"
        "  - Strong objection by Alice Adams: It lags\n"
        f"- **D2** Wait {by_bob}\n  - Stands since 2026-11-23 14:05 UTC: nobody objected\n"
        f"- **D3** Restart {by_bob}\n  - Withdrawn\n"
        f"- **D4** Restart {by_bob}\n  - Open again, and not decided since\n"
        "  - Strong objection by Alice Adams: No\n"
        f"- **D5** Restart {by_bob}\n  - Waits for objections until 2026-11-23 14:05 UTC\n"
    ) in text
    assert text.index("## Decisions") < text.index("## Timeline")


def section(name: PostmortemSection, text: str) -> facts.PostmortemSectionWritten:
    return facts.PostmortemSectionWritten(at=later(70), by=CAROL, section=name, text=text, version=1)


def with_template(template: DraftTemplate, *happened: facts.Fact) -> str:
    made = draft(fold(happened), entries(*happened), POLICY, later(90))
    return postmortem(replace(made, template=template), NAMES, TEMPLATES)


def test_what_people_wrote_stands_in_its_place_and_the_question_goes() -> None:
    text = written(
        *history(), *(section(each, f"About {each.value}\n\n- one\n- two") for each in PostmortemSection)
    )
    for each in PostmortemSection:
        assert f"About {each.value.replace('_', chr(92) + '_')}\n\n- one\n- two" in text
        assert each.question not in text
    assert "Half of all payments fail\n\nLast update" not in text


def test_an_empty_section_asks_its_question() -> None:
    text = written(*history())
    for each in PostmortemSection:
        if each not in (PostmortemSection.SUMMARY, PostmortemSection.DETECTION, PostmortemSection.MORE):
            assert each.question in text


def test_line_breaks_stay_and_a_headline_is_none() -> None:
    assert paragraphs("one\ntwo\n===\n\n* three\n\u2022 four\nfive", {}) == (
        "one  \ntwo  \n\\===\n\n- three\n- four\nfive"
    )
    assert paragraphs(" \n ", {}) == ""


def test_the_impact_is_measured_in_words() -> None:
    assert (
        "Customers were affected for **1 h 20 min**, from the start of impact to the mitigation."
        in written(*history())
    )
    assert "Customers were affected" not in written(history()[0])
    declared, *_ = history()
    end = facts.StatusChanged(at=later(60), by=BOB, old=Status.TRIAGE, new=Status.RESOLVED)
    text = written(declared, end)
    assert "affected for at least **1 h**, from the declaration to the mitigation." in text
    detected = facts.MilestoneSet(at=NOW, by=BOB, milestone=Milestone.DETECTED, when=later(-15))
    assert "affected for at least **1 h 15 min**, from the detection" in written(declared, detected, end)
    broken = facts.MilestoneSet(at=later(61), by=BOB, milestone=Milestone.MITIGATED, when=later(-60))
    assert "Customers were affected" not in written(declared, end, broken)


def test_the_draft_asks_whether_it_could_have_been_known_sooner() -> None:
    text = written(*history()).partition("## Detection")[2].partition("## Updates")[0]
    assert "Alice Adams declared it; first known at 2026-11-23 14:00 UTC." in text
    assert "Impact began 20 min before anybody knew." in text
    assert "came 10 min before the declaration: Errors began" in text
    assert "No alert declared it." in text
    assert "Nobody has recorded it" not in text


def test_a_declaration_by_an_alert_and_a_late_one_are_told_apart() -> None:
    alert, *_ = history()
    assert isinstance(alert, facts.Declared)
    by_alert = replace(alert, by=machine("Alertmanager"), source="https://example.com/archives/C1/p1")
    text = written(
        by_alert, facts.MilestoneSet(at=NOW, by=BOB, milestone=Milestone.DETECTED, when=later(-15))
    )
    assert "It was declared by Alertmanager; first known at 2026-11-23 13:45 UTC." in text
    assert "It was declared 15 min after it was known." in text
    assert "No alert declared it." not in text
    assert "When did impact begin? Nobody has recorded it" in text
    from_message = written(replace(alert, source="https://example.com/archives/C1/p1"))
    assert "declared it from [a message](<https://example.com/archives/C1/p1>)" in from_message


def test_gaps_are_marked_until_the_end_and_days_are_apart() -> None:
    late = facts.Noted(at=later(60 * 30), by=BOB, author=BOB, text="All is well")
    text = written(*history(), late)
    assert "- _… nothing was recorded for 40 min …_\n- 14:40" in text
    assert text.count("nothing was recorded") == 1
    assert "**2026-11-23** (UTC)" in text
    assert "**2026-11-24** (UTC)\n\n- 20:00 — All is well" in text


def test_who_had_command_and_how_it_passed_on_is_told() -> None:
    happened = history()
    passed = facts.RoleAssigned(at=later(50), by=BOB, role=Role.COMMANDER, person=CAROL, previous=BOB)
    left = facts.RolesEnded(
        at=later(55), by=CAROL, person=CAROL, roles=(Role.COMMANDER,), why=RoleEndReason.LEFT
    )
    declined = facts.HandoffDeclined(at=later(45), by=CAROL, to=CAROL)
    text = written(*happened[:3], declined, passed, left).partition("Command:\n")[2].partition("##")[0]
    assert len(text.strip().splitlines()) == 4
    scribe = facts.RolesEnded(
        at=later(55), by=CAROL, person=CAROL, roles=(Role.SCRIBE,), why=RoleEndReason.LEFT
    )
    assert "Command:" not in written(happened[0], scribe)


def test_what_is_done_about_the_postmortem_is_not_in_it_and_later_entries_wait() -> None:
    happened = history()
    sent = facts.PostmortemSentToReview(at=later(75), by=BOB, up_to=len(happened) + 1, reviewers=1)
    late = facts.Noted(at=later(80), by=BOB, author=BOB, text="The log was full")
    base = (*happened, section(PostmortemSection.SUMMARY, "Half failed"), sent, late)
    text = written(*base)
    assert "> In review, as of" in text
    assert "written (by" not in text
    assert "The log was full" not in text
    assert "_The timeline has 1 entry more since this was sent to review._" in text
    taken = facts.PostmortemEntriesTakenOver(at=later(81), by=BOB, up_to=len(base), count=1)
    assert "The log was full" in written(*base, taken)
    assert "since this was sent" not in written(*base, taken)
    out = facts.PostmortemPublished(at=later(82), by=BOB, version=1, up_to=len(base))
    approved = facts.PostmortemApproved(at=later(81), by=CAROL)
    assert (
        f"> Published, as of 2026-11-23 15:30 UTC. Written by Bob \\*Star\\* Brown. Approved by {CAROL}."
        in written(*base, taken, approved, out)
    )


def test_the_short_template_leaves_out_what_nobody_wrote() -> None:
    text = with_template(
        DraftTemplate.SHORT, *history(), section(PostmortemSection.LESSONS, "Look at the logs")
    )
    assert "## What happened\n\nHalf of all payments fail" in text
    assert "## Lessons\n\nLook at the logs" in text
    assert "## Where we were lucky" not in text
    assert "Customers were affected for **1 h 20 min**" in text


def test_the_template_of_a_near_miss_asks_what_kept_it_small() -> None:
    text = with_template(DraftTemplate.NEAR_MISS, *history())
    assert text.startswith("# INC-42: Checkout & \\<mail\\> fail (near miss)")
    assert "Which of our safeguards worked" in text
    assert "## Where we were lucky" in text


@pytest.mark.parametrize("template", DraftTemplate)
@pytest.mark.parametrize(
    "told", [(), (facts.MilestoneSet(at=NOW, by=BOB, milestone=Milestone.DETECTED, when=later(-15)),)]
)
def test_no_template_judges_a_person_by_itself(template: DraftTemplate, told: tuple[facts.Fact, ...]) -> None:
    assert blame.read(with_template(template, *history(), *told)) == []
    assert blame.read(" ".join(each.question for each in PostmortemSection)) == []


def test_the_policy_names_the_template_of_the_worst_severity() -> None:
    policy = replace(POLICY, postmortem=PostmortemPolicy(templates={Severity.SEV1: DraftTemplate.SHORT}))
    assert draft(fold(history()), entries(*history()), policy, later(90)).template is DraftTemplate.SHORT
    assert draft(fold(history()), entries(*history()), POLICY, later(90)).template is DraftTemplate.FULL
