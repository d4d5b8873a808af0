"""The section `may` of a policy file."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.incident.domain.permissions import (
    ADMINS,
    EVERYONE,
    NOBODY,
    RESTRICTABLE,
    Capability,
    Permissions,
    Who,
)
from bot.policy_file import DEFAULT, PolicyFileError, load


def _load(folder: Path, may: Any) -> Permissions:
    document = yaml.safe_load(DEFAULT.read_text(encoding="utf-8"))
    document.pop("may")
    if may is not None:
        document["may"] = may
    path = folder / "policy.yml"
    path.write_text(yaml.safe_dump(document, sort_keys=False), encoding="utf-8")
    return load(path).may


def test_without_the_section_it_is_as_in_the_shipped_file(tmp_path: Path) -> None:
    shipped, without = load().may, _load(tmp_path, None)
    assert [shipped.of(each) for each in RESTRICTABLE] == [without.of(each) for each in RESTRICTABLE]
    assert shipped.of(Capability.CHANGE) == EVERYONE
    assert shipped.of(Capability.SEE_PRIVATE) == NOBODY
    assert shipped.of(Capability.ADMINISTER) == ADMINS
    assert shipped.of(Capability.SEE_LOAD) == NOBODY


def test_one_or_several_of_each_kind_can_be_named(tmp_path: Path) -> None:
    given = {
        "resolve": "roles",
        "change": ["members", "commander", "admins", " S0123ABC "],
        "command": ["roles", "S0123ABC"],
        "close": "nobody",
        "see_private": ["U0123ABC", "S0456DEF"],
    }
    found = _load(tmp_path, given)
    assert found.of(Capability.RESOLVE) == Who(holders=True)
    assert found.of(Capability.CHANGE) == Who(
        members=True, roles=("commander",), admins=True, groups=("S0123ABC",)
    )
    assert found.of(Capability.CLOSE) == NOBODY
    assert found.of(Capability.SEE_PRIVATE) == Who(groups=("S0456DEF",), people=("U0123ABC",))
    assert set(found.groups) == {"S0123ABC", "S0456DEF"}


@pytest.mark.parametrize(
    ("may", "told"),
    [
        ({"resolve": "Bob"}, "may.resolve: 'Bob' is nobody"),
        ({"resolve": ["@sre"]}, "or the id of a user group (S…) or a person (U…)"),
        ({"resolve": 3}, "write who may: one word or id, or a list of them"),
        ({"resolve": [3]}, "write who may"),
        ({"declare": "members"}, "may.declare: members, roles and the names of roles mean nobody here"),
        (
            {"administer": "commander"},
            "may.administer: members, roles and the names of roles mean nobody here",
        ),
        ({"see_private": "everyone"}, "there would be no private incidents"),
        ({"see_load": "everyone"}, "how much each person has worked is not for everyone"),
        ({"declare": "nobody"}, "may.declare: somebody must be able to do it"),
        ({"command": []}, "may.command: somebody must be able to do it"),
        ({"command": ["roles", "commander"]}, "nobody could take command of a new incident"),
        ({"resolves": "roles"}, "may.resolves"),
        ("everyone", "may: must hold names and values"),
    ],
)
def test_who_means_nobody_or_leaves_nobody_is_refused_with_its_place(
    tmp_path: Path, may: Any, told: str
) -> None:
    with pytest.raises(PolicyFileError) as error:
        _load(tmp_path, may)
    assert told in str(error.value)
