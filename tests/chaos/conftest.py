"""What the chaos tests share: the process that bots are forked from."""

from collections.abc import Iterator

import pytest

from tests.chaos import spawner as spawners


@pytest.fixture(scope="session")
def spawner() -> Iterator[str]:
    with spawners.spawner() as path:
        yield path
