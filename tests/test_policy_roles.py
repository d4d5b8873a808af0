"""The section `roles` of a policy file."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.incident.domain.roles import DEFAULT_ROLES
from bot.policy_file import DEFAULT, PolicyFileError, load

COMMANDER = {"title": "Incident Manager", "short": ["im"]}


def _load(folder: Path, roles: Any) -> Any:
    document = yaml.safe_load(DEFAULT.read_text(encoding="utf-8"))
    document.pop("roles")
    if roles is not None:
        document["roles"] = roles
    path = folder / "policy.yml"
    path.write_text(yaml.safe_dump(document, sort_keys=False), encoding="utf-8")
    return load(path).roles


def _mistakes(folder: Path, roles: Any) -> str:
    with pytest.raises(PolicyFileError) as error:
        _load(folder, roles)
    return str(error.value)


def test_the_shipped_file_has_the_default_roles_and_without_the_section_they_are_the_same(
    tmp_path: Path,
) -> None:
    assert load().roles == DEFAULT_ROLES
    assert _load(tmp_path, None) == DEFAULT_ROLES


def test_a_team_names_its_own_roles_in_its_own_order(tmp_path: Path) -> None:
    given = {
        "database": {"title": " Database Lead ", "several": True, "duties": "Keep it."},
        "commander": COMMANDER,
    }
    roles = _load(tmp_path, given)
    assert roles.keys == ("database", "commander")
    assert (roles.title("database"), roles.several("database"), roles.duties("database")) == (
        "Database Lead",
        True,
        "Keep it.",
    )
    assert roles.find("IM") == "commander"


@pytest.mark.parametrize(
    ("roles", "told"),
    [
        ({}, "roles: must have commander"),
        ({"scribe": {"title": "Scribe"}}, "roles: must have commander"),
        ({"commander": COMMANDER | {"several": True}}, "which only one person at a time can hold"),
        ({"commander": COMMANDER, "second": {"title": "IM"}}, "roles.second: 'im' names commander already"),
        ({"commander": COMMANDER | {"short": ["me"]}}, "roles.commander: 'me' cannot name a role"),
        ({"commander": COMMANDER | {"title": "@boss"}}, "'@boss' cannot name a role"),
        ({"commander": COMMANDER | {"short": ["-"]}}, "'' cannot name a role"),
        ({"commander": COMMANDER, "Big Boss": {"title": "Boss"}}, "roles.Big Boss"),
        ({"commander": COMMANDER | {"titel": "Boss"}}, "roles.commander.titel"),
        ({"commander": {"title": "x" * 76}}, "roles.commander.title"),
        ({"commander": COMMANDER} | {f"r{n}": {"title": f"R{n}"} for n in range(20)}, "roles: "),
        ([], "roles: "),
    ],
)
def test_roles_that_nobody_could_use_are_reported(tmp_path: Path, roles: Any, told: str) -> None:
    assert told in _mistakes(tmp_path, roles)
