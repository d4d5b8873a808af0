"""What the tests that kill have in common: a place where bots come from."""

from collections.abc import Iterator

import pytest

from tests.chaos import hatchery as hatcheries


@pytest.fixture(scope="session")
def hatchery() -> Iterator[str]:
    with hatcheries.hatchery() as path:
        yield path
