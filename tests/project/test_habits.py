"""Editors, commit hooks, linters and CI apply the same rules."""

import tomllib
from configparser import ConfigParser
from typing import Any

import yaml

from tests.project.checkout import TOP, run

TOOLS = ["ruff check", "ruff format", "mypy", "lint-imports"]


def hooks() -> list[dict[str, Any]]:
    repositories = yaml.safe_load((TOP / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"]
    assert [each["repo"] for each in repositories] == ["local"], "a commit downloads nothing"
    found: list[dict[str, Any]] = repositories[0]["hooks"]
    return found


def test_a_commit_runs_the_tools_of_make_lint_from_this_checkout() -> None:
    entries = [each["entry"] for each in hooks()]
    assert [any(f".venv/bin/{tool}" in entry for entry in entries) for tool in TOOLS] == [True] * len(TOOLS)
    linted = run("make", "PYTHON=true", "--dry-run", "lint").stdout
    assert [tool for tool in TOOLS if f".venv/bin/{tool}" not in linted] == []
    assert {each["language"] for each in hooks()} == {"system"}


def test_tools_that_check_the_whole_project_get_no_file_names() -> None:
    whole = {each["id"] for each in hooks() if each.get("pass_filenames") is False}
    assert whole == {"mypy", "import-contracts"}


def test_editors_and_the_formatter_have_the_same_settings() -> None:
    editors = ConfigParser()
    text = (TOP / ".editorconfig").read_text(encoding="utf-8")
    editors.read_string("[top]\n" + text)
    ruff = tomllib.loads((TOP / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["ruff"]
    assert editors["*.py"]["max_line_length"] == str(ruff["line-length"])
    assert editors["Makefile"]["indent_style"] == "tab"


def test_files_follow_the_editor_settings() -> None:
    kept = [
        TOP / name
        for name in ("Makefile", "pyproject.toml", ".ci/run", ".editorconfig", ".pre-commit-config.yaml")
    ]
    kept += [file for folder in ("bot", "tests") for file in (TOP / folder).rglob("*.py")]
    for file in kept:
        text = file.read_bytes()
        assert not text or text.endswith(b"\n"), file
        assert b"\r" not in text.replace(rb"\r", b""), file
        assert not [line for line in text.split(b"\n") if line != line.rstrip()], file
