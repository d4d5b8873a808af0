"""Each recipe of CONTRIBUTING.md, carried out in a copy, does what it says, and each forgotten step is found."""

import re
import shutil
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.project.checkout import TOP, Finished, run
from tests.project.recipes import OutdatedRecipeError, Step, changed, recipe

NEEDED = ("bot", "templates", "manifest.yml", "pyproject.toml", "README.md")
TESTS = ("__init__.py", "policies.py", "incident", "engine/__init__.py")
HANDLERS = "tests/incident/effects/test_handlers.py"

_LEFT_OUT = shutil.ignore_patterns("__pycache__", "fixtures", "page", "project")

pytestmark = pytest.mark.timeout(300)  # the type checker may run without a cache on a busy machine


class Copy:
    """A copy of the checkout: the bot, and the tests that need no server.

    Attributes:
        top: its folder.
    """

    def __init__(self, top: Path) -> None:
        self.top = top
        for name in (*NEEDED, *(f"tests/{each}" for each in TESTS)):
            (top / name).parent.mkdir(parents=True, exist_ok=True)
            if (TOP / name).is_dir():
                shutil.copytree(TOP / name, top / name, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy2(TOP / name, top / name)

    def follow(self, steps: list[Step]) -> None:
        for step in steps:
            step.apply(self.top)

    def python(self, *words: str) -> Finished:
        return run(sys.executable, *words, folder=self.top)

    def tested(self, *files: str) -> str:
        """The output of pytest for these tests."""
        plain = ("-p", "no:cacheprovider", "-o", "addopts=", "--noconftest", "-q")
        return self.python("-m", "pytest", *plain, *files).stdout

    def run(self, tool: str, *words: str) -> Finished:
        """The output of a tool."""
        return run(str(Path(sys.executable).with_name(tool)), *words, folder=self.top)

    def at_work(self, *files: str) -> str:
        """The output of pytest for these tests, which run the bot in the sandbox."""
        shutil.copytree(TOP / "tests", self.top / "tests", dirs_exist_ok=True, ignore=_LEFT_OUT)
        plain = (
            "-p",
            "no:cacheprovider",
            "-p",
            "tests.databases",
            "-o",
            "addopts=",
            "--database",
            "sqlite",
            "-q",
        )
        return self.python("-m", "pytest", *plain, *files).stdout

    def complaints(self, cache: Path, *files: str) -> set[str]:
        """The files in which the type checker finds an error."""
        done = self.python("-m", "mypy", "--cache-dir", str(cache), *files)
        assert done.returncode in {0, 1}, done.stdout
        return set(re.findall(r"(?m)^(\S+\.py):\d+: error", done.stdout))


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    return Copy(tmp_path / "copy")


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The cache of the type checker, shared by all copies; it starts with that of this checkout."""
    folder, known = tmp_path_factory.mktemp("types"), TOP / ".mypy_cache"
    for file in known.rglob("*.db"):
        target = folder / file.relative_to(known)
        target.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(file)) as old, closing(sqlite3.connect(target)) as new:
            old.backup(new)  # a complete copy, even while a type checker writes
    return folder


def files_of(steps: list[Step]) -> list[str]:
    """The files of the bot that these steps change."""
    return [step.file for step in steps if step.file.startswith("bot/")]


def test_a_new_command_is_found_everywhere(copy: Copy, cache: Path) -> None:
    new, its_test, listed = recipe("A command")
    copy.follow([new, its_test])
    assert "1 passed" in copy.tested(its_test.file)
    shown = copy.python(
        "-c",
        "from bot.incident.commands import registry; registry.discover()\n"
        "print(registry.COMMANDS['age'].usage, registry.COMMANDS['age'].action.about.value, registry.nearest('agee'))",
    )
    assert shown.stdout == "age In a war room ['age']\n"
    assert "1 failed" in copy.tested(listed.file)
    copy.follow([listed])
    assert "failed" not in copy.tested(listed.file)
    assert copy.complaints(cache, new.file) == set()


def test_the_type_checker_finds_every_place_that_must_handle_a_new_fact(copy: Copy, cache: Path) -> None:
    fact, in_union, *rest = recipe("A fact")
    *places, rule, handed_on, its_test = rest
    looked_at = files_of([fact, *rest])
    copy.follow([fact, in_union])
    assert copy.complaints(cache, *looked_at) == set(files_of(places))
    copy.follow(rest)
    assert copy.complaints(cache, *looked_at, its_test.file) == set()
    assert "2 passed" in copy.tested(its_test.file)
    assert "failed" not in copy.tested("tests/incident/domain/test_effects.py")
    assert handed_on.file == "bot/incident/domain/rules/__init__.py"
    assert rule.file.startswith("bot/incident/domain/rules/")


def test_a_new_effect_needs_its_type_and_a_file_that_a_test_requires(copy: Copy, cache: Path) -> None:
    effect, named, wanted, message, handler, entered, its_test = recipe("An effect")
    copy.follow([*recipe("A fact"), effect, named, wanted])
    asked_for = copy.tested(HANDLERS)
    assert "test_an_effect_has_exactly_one_handler[AskForHelp] " in asked_for
    assert "test_every_effect_has_words_for_its_failure[AskForHelp] " in asked_for
    copy.follow([message, handler, entered, its_test])
    assert copy.complaints(cache, effect.file, handler.file, entered.file, its_test.file) == set()
    assert "1 passed" in copy.tested(its_test.file)
    tested = copy.tested(HANDLERS)
    assert "passed" in tested
    assert "failed" not in tested


def test_a_new_subject_needs_a_folder_and_three_entries(copy: Copy, cache: Path) -> None:
    steps = recipe("A subject")
    copy.follow(steps)
    assert [step.file for step in steps if step.kind == "diff"] == [
        "bot/app.py",
        "bot/subjects.py",
        "pyproject.toml",
    ]
    assert copy.complaints(cache, *files_of(steps)) == set()
    checked = copy.run("lint-imports", "--no-cache")
    assert checked.returncode == 0, checked.stdout
    assert "1 passed" in copy.at_work("tests/slack/test_pledge.py")


def test_a_recipe_that_refers_to_missing_lines_is_outdated(copy: Copy) -> None:
    with pytest.raises(OutdatedRecipeError, match="not there any more"):
        changed("a\nb\n", " a\n+new\n c\n")
    with pytest.raises(OutdatedRecipeError, match="stand earlier"):
        changed("a\nb\n", " b\n@@\n a\n")
    with pytest.raises(OutdatedRecipeError, match="is not there"):
        Step("diff", "bot/nowhere.py", " a\n").apply(copy.top)
    with pytest.raises(OutdatedRecipeError, match="there already"):
        Step("python", "bot/app.py", "").apply(copy.top)


@pytest.mark.parametrize(
    ("diff", "after"),
    [
        ("+x\n a\n", "x\na\nb\nc\n"),
        (" a\n+x\n", "a\nx\nb\nc\n"),
        ("-b\n", "a\nc\n"),
        (" a\n@@\n-c\n+d\n", "a\nb\nd\n"),
        (" b\n+x\n@@\n c\n+y\n", "a\nb\nx\nc\ny\n"),
    ],
)
def test_a_change_adds_and_removes_lines_in_the_right_place(diff: str, after: str) -> None:
    assert changed("a\nb\nc\n", diff) == after
