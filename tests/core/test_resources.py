"""The files that come with warroom are found; otherwise the installation is damaged."""

import pytest

from bot.core.resources import shipped


@pytest.mark.parametrize("name", ["templates", "manifest.yml"])
def test_a_shipped_file_is_found(name: str) -> None:
    assert shipped(name).exists()


def test_a_missing_file_is_reported_with_what_to_do() -> None:
    with pytest.raises(
        FileNotFoundError, match=r"nothing\.yml is missing from this installation: install warroom"
    ):
        shipped("nothing.yml")
