"""Libraries are loaded without what they can do without."""

import sys

import pytest

from bot.core.without import without


def test_in_the_block_the_package_counts_as_missing() -> None:
    sys.modules.pop("antigravity", None)
    with without("antigravity"), pytest.raises(ModuleNotFoundError):
        import antigravity  # noqa: F401, PLC0415  # part of Python, and loaded by nothing
    assert "antigravity" not in sys.modules


def test_afterwards_it_can_be_loaded_also_if_the_block_fails() -> None:
    with pytest.raises(LookupError), without("sndhdr_of_nobody"):
        raise LookupError
    assert "sndhdr_of_nobody" not in sys.modules


def test_what_is_loaded_already_stays_loaded() -> None:
    with without("json"):
        import json  # noqa: PLC0415
    assert sys.modules["json"] is json
