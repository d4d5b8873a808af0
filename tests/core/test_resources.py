"""What comes with warroom is found, or the installation is damaged."""

import pytest

from bot.core.resources import shipped


@pytest.mark.parametrize("name", ["templates", "manifest.yml"])
def test_what_is_shipped_is_there(name: str) -> None:
    assert shipped(name).exists()


def test_what_is_missing_is_told_with_what_helps() -> None:
    with pytest.raises(
        FileNotFoundError, match=r"nothing\.yml is missing from this installation: install warroom"
    ):
        shipped("nothing.yml")
