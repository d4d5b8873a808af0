"""Times are stored on SQLite as SQLAlchemy stores them, so that every release and every tool reads them."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy.dialects import sqlite

from bot.engine.store.tables.base import Utc

DIALECT = sqlite.dialect()
STORE = Utc().bind_processor(DIALECT)
SQLALCHEMYS = sqlite.DATETIME().bind_processor(DIALECT)  # type: ignore[no-untyped-call]


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2026, 11, 29, 9, 30, tzinfo=UTC),
        datetime(2026, 11, 29, 9, 30, 15, 7, tzinfo=UTC),
        datetime(2026, 11, 29, 9, 30, 15, 999999, tzinfo=UTC),
        datetime(1, 1, 1, tzinfo=UTC),
        datetime(9999, 12, 31, 23, 59, 59, 999999, tzinfo=UTC),
        datetime(2026, 11, 29, 0, 30, tzinfo=timezone(timedelta(hours=5, minutes=45))),
        datetime(2026, 11, 29, 9, 30, tzinfo=timezone(timedelta(0), "GMT")),
    ],
)
def test_a_time_is_stored_as_sqlalchemy_stores_it(moment: datetime) -> None:
    assert STORE
    assert SQLALCHEMYS
    assert STORE(moment) == SQLALCHEMYS(moment.astimezone(UTC).replace(tzinfo=None))


def test_no_time_stays_none_and_a_naive_time_is_refused() -> None:
    assert STORE
    assert STORE(None) is None
    with pytest.raises(ValueError, match="naive"):
        STORE(datetime(2026, 11, 29))  # noqa: DTZ001  # a naive time is what is tested
