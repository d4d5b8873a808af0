"""The part of the policy about trackers, which is off by default."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot import policy_file
from bot.followup.domain.policy import policy_of
from bot.followup.domain.tracking import TrackerPolicy
from bot.followup.domain.vocabulary import Kind, Priority
from bot.policy_file import DEFAULT, PolicyFileError
from tests.followup.domain.items import item

SHIPPED = DEFAULT.read_text(encoding="utf-8")


def read(tmp_path: Path, section: str) -> TrackerPolicy:
    path = tmp_path / "policy.yml"
    path.write_text(f"{SHIPPED}\n{section}", encoding="utf-8")
    return policy_of(policy_file.read(path).sections).tracker


def test_by_default_there_is_none(tmp_path: Path) -> None:
    assert read(tmp_path, "") == TrackerPolicy()
    assert not TrackerPolicy().is_on


def test_a_repository_with_all_that_can_be_said(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        "trackers:\n  github:\n    repository: Acme/Checkout\n    labels: [incident, incident]\n"
        "    people: {U0123ABC: octocat}\n  send: all\n  private: yes\n  poll: 2 min\n",
    )
    assert found == TrackerPolicy(
        tracker="github",
        place="acme/checkout",
        labels=("incident",),
        sends_all=True,
        private=True,
        people={"U0123ABC": "octocat"},
        poll=timedelta(minutes=2),
    )
    assert found.name == "GitHub"


def test_a_project_of_jira_and_what_is_sent(tmp_path: Path) -> None:
    found = read(tmp_path, "trackers:\n  jira: {project: OPS}\n  send: [prevent, medium]\n")
    assert (found.tracker, found.place, found.issue_type) == ("jira", "OPS", "Task")
    assert (found.kinds, found.priorities) == (frozenset({Kind.PREVENT}), frozenset({Priority.MEDIUM}))
    assert found.sends(item())
    assert not read(tmp_path, "trackers:\n  jira: {project: OPS}\n  send: [detect]\n").sends(item())
    assert not read(tmp_path, "trackers:\n  jira: {project: OPS}\n  send: [high]\n").sends(item())
    assert read(tmp_path, "trackers:\n  jira: {project: OPS}\n  send: [medium]\n").sends(item())
    assert not read(tmp_path, "trackers:\n  jira: {project: OPS}\n").sends(item())


@pytest.mark.parametrize(
    ("section", "line", "place", "told"),
    [
        ("  github: {repository: checkout}", 1, "trackers.github.repository", "its owner and name"),
        ("  github: {repository: a/b, labels: ['  ']}", 1, "trackers.github.labels", "must be a word"),
        ("  github: {repository: a/b}\n  jira: {project: OPS}", 2, "trackers.jira", "has one issue"),
        ("  jira: {project: ops}", 1, "trackers.jira.project", "no key of a project"),
        ("  jira: {project: OPS, labels: [a b]}", 1, "trackers.jira.labels", "has a space"),
        ("  github: {repository: a/b, people: {bob: bob}}", 1, "trackers.github.people", "no member id"),
        ("  github: {repository: a/b}\n  send: some", 2, "trackers.send", "write `all`, `button`"),
        ("  github: {repository: a/b}\n  send: [some]", 2, "trackers.send", "write `all`, `button`"),
        ("  github: {repository: a/b}\n  poll: 5 s", 2, "trackers.poll", "at least 15 seconds"),
        ("  send: all", 0, "trackers", "names no tracker"),
        ("  gitlab: {}", 1, "trackers.gitlab", "did you mean `github`"),
    ],
)
def test_a_mistake_is_told_with_its_line(
    tmp_path: Path, section: str, line: int, place: str, told: str
) -> None:
    with pytest.raises(PolicyFileError) as caught:
        read(tmp_path, f"trackers:\n{section}\n")
    number = SHIPPED.count("\n") + 2 + line
    (mistake,) = caught.value.mistakes
    assert mistake.startswith(f"{tmp_path / 'policy.yml'}:{number}: {place}")
    assert told in mistake
