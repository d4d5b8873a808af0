"""The targets of the Makefile: all are listed, all pass ARGS on, and what other files say about them is true."""

import re
from pathlib import Path

import pytest

from tests.project.checkout import TOP, run

MAKEFILE = (TOP / "Makefile").read_text(encoding="utf-8")
TARGETS = re.findall(r"^([a-z]+):", MAKEFILE, re.MULTILINE)
WITHOUT_A_TOOL = {"help", "install", "pictures", "clean"}
TOOL = re.compile(r"^\.venv/bin/(?!lint-imports)")  # lint-imports takes no paths


def made(*words: str) -> str:
    """What make prints; nothing is installed."""
    done = run("make", "PYTHON=true", *words)
    assert done.returncode == 0, done.stdout
    return done.stdout


def test_help_lists_every_target() -> None:
    listed = [line.split()[0] for line in made("help").splitlines()]
    assert listed == TARGETS
    assert re.search(r"^\.PHONY: (.*)$", MAKEFILE, re.MULTILINE)[1].split() == TARGETS  # type: ignore[index]


@pytest.mark.parametrize("target", sorted(set(TARGETS) - WITHOUT_A_TOOL))
def test_a_target_passes_its_arguments_to_its_tool(target: str) -> None:
    tools = [
        line
        for line in made("--dry-run", target, "ARGS=tests/some -k snooze").splitlines()
        if TOOL.match(line)
    ]
    assert tools
    assert [line for line in tools if "tests/some -k snooze" not in line] == []


def test_make_test_runs_what_plain_pytest_runs() -> None:
    (line,) = [line for line in made("--dry-run", "test").splitlines() if TOOL.match(line)]
    assert line.split() == [".venv/bin/python", "-m", "pytest", "-n", "2", "--cov", "--cov-report="]


def test_make_bench_measures_everything_unless_one_is_named() -> None:
    assert "-m tests.bench all" in made("--dry-run", "bench")
    assert "-m tests.bench draft --small" in made("--dry-run", "bench", "ARGS=draft --small")


def test_make_quick_knows_every_folder_of_pure_tests() -> None:
    line = next(line for line in made("--dry-run", "quick").splitlines() if TOOL.match(line))
    floors = [
        folder for floor in ("domain", "commands", "views") for folder in TOP.glob(f"tests/**/{floor}/")
    ]
    assert len(floors) >= 3
    assert {str(folder.relative_to(TOP)) for folder in floors} <= set(line.split())


def test_make_fix_formats_and_fixes(tmp_path: Path) -> None:
    for name in ("Makefile", "pyproject.toml"):
        (tmp_path / name).write_bytes((TOP / name).read_bytes())
    (tmp_path / ".venv").symlink_to(TOP / ".venv")
    unformatted = tmp_path / "ugly.py"
    unformatted.write_text('"""Something."""\nimport sys\nimport os\nprint( os.name )\n', encoding="utf-8")
    done = run("make", "PYTHON=true", "fix", folder=tmp_path)
    assert "T201" in done.stdout, "what cannot be mended is told"
    assert done.returncode == 0, "and the rest is done all the same"
    assert unformatted.read_text(encoding="utf-8") == '"""Something."""\n\nimport os\n\nprint(os.name)\n'


@pytest.mark.parametrize("name", [".ci/run", "README.md", "CONTRIBUTING.md", "docs/benchmarks.md"])
def test_every_target_that_other_files_name_exists(name: str) -> None:
    text = (TOP / name).read_text(encoding="utf-8")
    named = set(re.findall(r"(?m)(?:^|`)make ([a-z]+)", text))
    assert named
    assert named <= set(TARGETS)
