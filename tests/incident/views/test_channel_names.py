"""The names of war rooms, by the policy's template."""

import re
import unicodedata
from dataclasses import replace
from datetime import UTC, datetime
from itertools import combinations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot import policy_file
from bot.incident.domain.channel_template import PLACEHOLDERS, mistake_in
from bot.incident.domain.vocabulary import Severity
from bot.incident.views.channel_names import channel_names, former_names
from tests.incident.domain.situations import declared
from tests.incident.views.hostile_texts import TEXTS, titles

POLICY = policy_file.load()
TEMPLATES = [
    *(
        "-".join(f"{{{name}}}" for name in names)
        for count in range(1, 6)
        for names in combinations(PLACEHOLDERS, count)
        if {"number", "words"} & set(names)
    ),
    "a_{words}_b",
    "{words}--",
]


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Checkout is failing", "inc-42-checkout-is-failing"),
        ("Checkout: 50% of EU payments fail!", "inc-42-checkout-50-of-eu-payments-fail"),
        ("決済が失敗する", "inc-42-決済が失敗する"),
        ("Überlauf in Köln", "inc-42-überlauf-in-köln"),
        ("\uff26\uff35\uff2c\uff2c\u3000\uff37\uff29\uff24\uff34\uff28", "inc-42-full-width"),
        ("snake_case__name", "inc-42-snake-case-name"),
        ("checkout _eu_ `api` down", "inc-42-checkout-eu-api-down"),
        ("चेकआउट बंद है", "inc-42-चेकआउट-बंद-है"),
        ("ระบบชำระเงินล่ม", "inc-42-ระบบชำระเงินล่ม".replace("\u0e33", "\u0e4d\u0e32")),
        ("கட்டணம் தோல்வி", "inc-42-கட்டணம்-தோல்வி"),
        ("🔥🔥", "inc-42"),
        ("<!channel>", "inc-42-channel"),
        ("x" * 150, "inc-42-" + "x" * 73),
    ],
)
def test_the_war_room_is_named_by_number_and_title(title: str, name: str) -> None:
    assert channel_names(declared(title), POLICY)[0] == name


def test_a_name_that_is_in_use_gets_a_suffix_and_still_fits() -> None:
    assert channel_names(declared(), POLICY)[1] == "inc-42-checkout-is-failing-2"
    assert channel_names(declared("🔥"), POLICY) == ["inc-42", "inc-42-2", "inc-42-3", "inc-42-4"]
    assert channel_names(declared("x" * 150), POLICY)[3] == "inc-42-" + "x" * 71 + "-4"


def test_a_name_that_slack_refuses_is_replaced_by_the_number() -> None:
    assert channel_names(declared(), POLICY)[4:] == ["inc-42", "inc-42-2", "inc-42-3", "inc-42-4"]


def test_a_name_that_is_cut_between_words_ends_with_a_word() -> None:
    assert channel_names(declared("x" * 72 + " y"), POLICY)[0] == "inc-42-" + "x" * 72
    assert channel_names(declared("checkout " + "is failing in many regions " * 5), POLICY)[0].endswith(
        "-regions-is-failing"
    )


@pytest.mark.parametrize(
    ("template", "name"),
    [
        ("{prefix}-{number}-{severity}-{words}", "inc-42-sev1-checkout-is-failing"),
        ("{date}-{words}", "2026-12-01-checkout-is-failing"),
        ("{words}-{number}", "checkout-is-failing-42"),
        ("ops_{number}", "ops_42"),
    ],
)
def test_a_team_has_its_own_names(template: str, name: str) -> None:
    policy = replace(POLICY, channel_name=template, time_zone="Asia/Tokyo")
    incident = replace(declared(), declared_at=datetime(2026, 11, 30, 16, 0, tzinfo=UTC))
    assert channel_names(incident, policy)[0] == name


def test_without_a_time_zone_the_date_is_that_of_utc() -> None:
    incident = replace(declared(), declared_at=datetime(2026, 11, 30, 23, 59, tzinfo=UTC))
    assert channel_names(incident, replace(POLICY, channel_name="{date}-{words}"))[0].startswith("2026-11-30")


def test_a_template_without_the_number_ends_with_it_if_there_are_no_words() -> None:
    policy = replace(POLICY, channel_name="{date}-{words}")
    assert channel_names(declared("🔥"), policy)[0] == "2026-11-23-42"
    assert channel_names(declared(), policy)[4:] == [f"2026-11-23-42{end}" for end in ("", "-2", "-3", "-4")]


def test_a_room_is_known_by_the_names_that_it_had_at_every_severity() -> None:
    policy = replace(POLICY, channel_name="{severity}-{words}")
    known = former_names(declared("New title", Severity.SEV3), policy, "Old title")
    assert {"sev1-old-title", "sev3-old-title-2"} <= set(known)
    assert "sev1-new-title" not in known
    assert "inc-42-old-title" in former_names(declared("New title"), POLICY, "Old title")


@TEXTS
@given(title=titles, number=st.integers(1, 10**9), template=st.sampled_from(TEMPLATES))
@example(title="İstanbul", number=1, template="inc-{number}-{words}")
@example(title="ǅ Ⓐ 𝐁 ﬀ ₨", number=1, template="{words}")  # noqa: RUF001  # capital letters that look unusual
@example(title="x" * 150, number=10**9, template="{prefix}-{number}-{date}-{words}-{severity}")
def test_slack_accepts_the_name_of_any_war_room(title: str, number: int, template: str) -> None:
    """Lower case, at most 80 characters, no spaces (Slack docs, conversations.create)."""
    assert mistake_in(template) == ""
    names = channel_names(declared(title, number=number), replace(POLICY, channel_name=template))
    assert len(set(names)) == len(names) >= 4
    for name in names:
        assert re.fullmatch(r"[^A-Z\s]{1,80}", name)
        assert all(each in "-_" or unicodedata.category(each)[0] in "LNM" for each in name), "no other signs"
        assert "--" not in name
        assert name == name.lower()
    assert all(str(number) in name for name in names[-4:])


@pytest.mark.parametrize(
    ("template", "mistake"),
    [
        ("inc-{number", "has a brace without its other half"),
        ("inc-{team}-{number}", "{team} is not known: write {prefix}, {number}"),
        ("inc-{}", "{} is not known"),
        ("inc-{number.real}", "{number.real} is not known"),
        ("inc-{number:>5}", "write only a name between the braces"),
        ("inc-{number!r}", "write only a name between the braces"),
        ("{number}{number}", "each name may stand there only once"),
        ("Inc-{number}", "Slack accepts only lower case letters"),
        ("#inc {number}", "Slack accepts only lower case letters"),
        ("x" * 31 + "{number}", "at most 30 characters"),
        ("inc-{date}", "it needs {number} or {words}"),
        ("", "it needs {number} or {words}"),
    ],
)
def test_a_bad_template_is_refused_with_the_reason(template: str, mistake: str) -> None:
    assert mistake in mistake_in(template)
