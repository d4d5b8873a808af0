"""The draft as a document: names instead of ids, all that is known, room for what people must think of."""

import pytest

from bot.domain import rules
from bot.domain.events import Fact, Noted
from bot.domain.incident import fold
from bot.domain.policy import Policy
from bot.domain.postmortem import draft
from bot.domain.vocabulary import Severity, Status
from bot.resources import shipped
from bot.views.postmortem import markdown, postmortem
from bot.views.templates import Templates
from tests.domain.situations import ALICE, BOB, CAROL, NOW, after, entries, facts, later

NAMES = {ALICE: "Alice Adams", BOB: "Bob *Star* Brown"}
TEMPLATES = Templates(shipped("templates"))


def written(*happened: Fact, policy: Policy) -> str:
    return postmortem(draft(fold(happened), entries(*happened), policy, later(90)), NAMES, TEMPLATES)


def history(*, private: bool = False) -> list[Fact]:
    """Declared with Bob in command, updated, and resolved after an hour."""
    happened = [
        *facts(
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
        Noted(at=later(-10), by=BOB, author=CAROL, text="Errors began", link="https://example.com/p1"),
    ]
    incident = fold(happened)
    more = facts(rules.post_update(incident, "Rolled back", by=BOB, now=later(40)))
    end = facts(rules.resolve(after(incident, more), by=BOB, now=later(60), started=later(-20)))
    return [*happened, *more, *end]


def test_the_draft_begins_with_what_failed_and_how_it_stands(policy: Policy) -> None:
    text = written(*history(), policy=policy)
    assert text.startswith("# INC-42: Checkout & \\<mail\\> fail\n\n> Draft of 2026-11-23 15:30 UTC.")
    assert "| SEV1 | resolved | Alice Adams |" in text
    assert "Half of all payments fail\n\nLast update: Rolled back\n" in text


def test_times_are_given_with_the_moments_between_which_they_ran(policy: Policy) -> None:
    text = written(*history(), policy=policy)
    assert "| Time to detect | started | declared | 20 min |" in text
    assert "| Time to acknowledge | declared | acknowledged | 0 s |" in text
    assert "| Time to resolve | started | resolved | 1 h 20 min |" in text
    assert "- **Started**: 2026-11-23 13:40 UTC" in text


def test_the_timeline_is_in_order_with_names_and_links(policy: Policy) -> None:
    text = written(*history(), policy=policy)
    noted = f"- 2026-11-23 13:50 UTC — Errors began (said by {CAROL}, noted by Bob \\*Star\\* Brown)"
    assert f"{noted} ([message](<https://example.com/p1>))" in text
    assert text.index("Errors began") < text.index("declared SEV1") < text.index("resolved the incident")


def test_roles_stand_by_name_and_without_any_it_says_so(policy: Policy) -> None:
    assert "- **Incident Commander**: Bob \\*Star\\* Brown" in written(*history(), policy=policy)
    assert "_Nobody took a role._" in written(*history()[:1], policy=policy)


def test_what_nobody_knows_yet_is_left_open(policy: Policy) -> None:
    bare = facts(rules.declare(number=1, title="x", severity=Severity.SEV4, by=ALICE, now=NOW))
    text = written(*bare, policy=policy)
    assert "| Time to resolve | declared | resolved | not known |" in text
    assert "What happened, in two or three sentences" in text
    assert "Last update" not in text


def test_a_private_draft_warns_whoever_holds_it(policy: Policy) -> None:
    warning = "**Private incident: share this only with its own people.**"
    assert warning in written(*history(private=True), policy=policy)
    assert warning not in written(*history(), policy=policy)


def test_the_review_finds_room_for_what_it_must_think_of(policy: Policy) -> None:
    text = written(*history(), policy=policy)
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
def test_people_and_links_are_readable_and_nothing_typed_becomes_markup(house: str, document: str) -> None:
    assert markdown(house, NAMES) == document


@pytest.mark.parametrize(
    "typed", ["~~gone~~", "- a list", "+ a list", "1. a list", "---", "&lt;b&gt; &copy;"]
)
def test_nothing_typed_becomes_a_list_a_rule_a_strike_or_an_entity(typed: str) -> None:
    assert markdown(typed, NAMES) != typed


def test_an_incident_that_is_still_open_can_be_drafted(policy: Policy) -> None:
    text = written(*history()[:3], policy=policy)
    assert f"| SEV1 | {Status.TRIAGE} | Alice Adams |" in text
