"""The part of the policy about the review board."""

from datetime import time
from pathlib import Path

import pytest

from bot import policy_file
from bot.policy_file import PolicyFileError
from bot.review.domain.board_policy import BoardPolicy, board_policy

SHIPPED = policy_file.DEFAULT.read_text(encoding="utf-8")
FIRST = SHIPPED.count("\n") + 1  # the line of the section's name


def read(tmp_path: Path, section: str) -> BoardPolicy | None:
    path = tmp_path / "policy.yml"
    path.write_text(SHIPPED + section, encoding="utf-8")
    return board_policy(policy_file.read(path).sections)


def test_by_default_there_is_no_board(tmp_path: Path) -> None:
    assert read(tmp_path, "") is None


def test_a_team_chooses_day_time_zone_and_channel(tmp_path: Path) -> None:
    assert read(tmp_path, "review:\n  time_zone: Europe/Berlin\n") == BoardPolicy(0, time(9), "Europe/Berlin")
    chosen = 'review:\n  day: Tuesday\n  at: "10:30"\n  channel: C0123456789\ntime_zone: Asia/Kathmandu\n'
    assert read(tmp_path, chosen) == BoardPolicy(1, time(10, 30), "Asia/Kathmandu", "C0123456789")


@pytest.mark.parametrize(
    ("section", "line", "told"),
    [
        (
            "review:\n  day: mondy\n  time_zone: UTC\n",
            1,
            "review.day: 'mondy' is no day: write monday, tuesday",
        ),
        ("review:\n  at: 10\n  time_zone: UTC\n", 1, "review.at: 10 is no time of day"),
        ("review:\n  time_zone: Mars/Base\n", 1, "review.time_zone: 'Mars/Base' is no time zone"),
        ("review:\n  channel: board\n  time_zone: UTC\n", 1, "review.channel: 'board' is no channel id"),
        ("review:\n  dya: monday\n  time_zone: UTC\n", 1, "review.dya"),
        ("review:\n  day: monday\n", 0, "review: needs a time_zone, such as `Europe/Berlin`"),
    ],
)
def test_a_mistake_is_told_with_its_line(tmp_path: Path, section: str, line: int, told: str) -> None:
    with pytest.raises(PolicyFileError) as failed:
        read(tmp_path, section)
    (mistake,) = failed.value.mistakes
    assert f"policy.yml:{FIRST + line}: {told}" in mistake
