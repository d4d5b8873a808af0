"""The parts of the policy about action items and near misses."""

from datetime import time
from pathlib import Path

import pytest

from bot import policy_file
from bot.followup.domain.action_item import SUBJECT
from bot.followup.domain.near_miss import SUBJECT as NEAR_MISS
from bot.followup.domain.policy import ActionPolicy, NearMissPolicy, near_miss_policy_of, policy_of
from bot.followup.domain.working_hours import WorkingHours
from bot.policy_file import PolicyFileError

OWN = 'action_items:\n  working_hours: "09:00-17:00"\n  working_days: [monday, tuesday, wednesday, thursday, friday]\n'
SHIPPED = policy_file.DEFAULT.read_text(encoding="utf-8")


def read(tmp_path: Path, section: str) -> ActionPolicy:
    assert OWN in SHIPPED
    path = tmp_path / "policy.yml"
    path.write_text(SHIPPED.replace(OWN, section), encoding="utf-8")
    return policy_of(policy_file.read(path).sections)


def test_the_shipped_hours_are_the_default(tmp_path: Path) -> None:
    assert read(tmp_path, OWN) == read(tmp_path, "") == policy_of({}) == ActionPolicy()
    assert policy_file.read().sections == {SUBJECT: ActionPolicy(), NEAR_MISS: NearMissPolicy()}


def test_a_team_chooses_its_own_hours_and_days(tmp_path: Path) -> None:
    chosen = read(
        tmp_path, 'action_items:\n  working_hours: "8:30-12:00"\n  working_days: [Sunday, monday]\n'
    )
    assert chosen.working_hours == WorkingHours(time(8, 30), time(12), frozenset({0, 6}))


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('working_hours: "17:00-09:00"', "are no hours of a day"),
        ('working_hours: "25:00-26:00"', "are no hours of a day"),
        ("working_hours: always", "are no hours of a day"),
        ("working_days: [someday]", "'someday' is no day"),
        ("working_days: []", "working_days"),
        ("holidays: none", "holidays"),
    ],
)
def test_a_mistake_is_told_with_its_line(tmp_path: Path, line: str, told: str) -> None:
    with pytest.raises(PolicyFileError) as caught:
        read(tmp_path, f"action_items:\n  {line}\n")
    (mistake,) = caught.value.mistakes
    at = SHIPPED[: SHIPPED.index(OWN)].count("\n") + 2
    assert mistake.startswith(
        f"{tmp_path / 'policy.yml'}:{at}: action_items.{line.split(':', maxsplit=1)[0]}"
    )
    assert told in mistake


def test_a_reaction_does_one_thing_only(tmp_path: Path) -> None:
    path = tmp_path / "policy.yml"
    path.write_text(SHIPPED.replace("action_item: [dart]", "action_item: [clipboard]"), encoding="utf-8")
    with pytest.raises(PolicyFileError, match="clipboard cannot both make a task and make an action item"):
        policy_file.read(path)


def test_a_team_chooses_within_how_many_days_near_misses_are_answered(tmp_path: Path) -> None:
    path = tmp_path / "policy.yml"
    path.write_text(SHIPPED.replace("answer_within: 5", "answer_within: 3"), encoding="utf-8")
    assert near_miss_policy_of(policy_file.read(path).sections) == NearMissPolicy(3)


@pytest.mark.parametrize("wrong", ["0", "61", "soon"])
def test_a_wrong_number_of_days_is_told_with_its_line(tmp_path: Path, wrong: str) -> None:
    path = tmp_path / "policy.yml"
    path.write_text(SHIPPED.replace("answer_within: 5", f"answer_within: {wrong}"), encoding="utf-8")
    with pytest.raises(PolicyFileError, match=r":\d+: near_misses\.answer_within: "):
        policy_file.read(path)
