"""The recipes of CONTRIBUTING.md, read as instructions and carried out."""

import re
from dataclasses import dataclass
from pathlib import Path

from tests.project.checkout import TOP

SECTION = re.compile(r"(?ms)^### (.+?)\n(.*?)(?=^##|\Z)")
BLOCK = re.compile(r"(?ms)^```(python|diff)\n(?:# )?(\S+)\n(.*?)^```")


class OutdatedRecipeError(Exception):
    """A recipe names a place that does not exist."""


@dataclass(frozen=True)
class Step:
    """One block of a recipe: a new file, or a change of an existing one."""

    kind: str
    file: str
    text: str

    def apply(self, folder: Path) -> None:
        """Carry it out.

        Raises:
            OutdatedRecipeError: the file exists already or is missing, or lacks a line that the block refers to.
        """
        target = folder / self.file
        if target.exists() is (self.kind == "python"):
            raise OutdatedRecipeError(f"{self.file} is {'there already' if target.exists() else 'not there'}")
        if self.kind == "python":
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(self.text, encoding="utf-8")
        else:
            target.write_text(changed(target.read_text(encoding="utf-8"), self.text), encoding="utf-8")


def recipe(name: str) -> list[Step]:
    """The blocks of the recipe with that name, in order."""
    sections = dict(SECTION.findall((TOP / "CONTRIBUTING.md").read_text(encoding="utf-8")))
    return [Step(*found) for found in BLOCK.findall(sections[name])]


def changed(text: str, diff: str) -> str:
    """The text of a file after a change, whose parts are between lines of `@@` and are searched for one after another.

    Raises:
        OutdatedRecipeError: the lines that a part refers to are missing, or not in this order.
    """
    done = ""
    for part in diff.split("@@\n"):
        lines = part.splitlines(keepends=True)
        old, new = ("".join(each[1:] for each in lines if each[0] in signs) for signs in (" -", " +"))
        at = f"\n{text}".find(f"\n{old}")  # only whole lines
        if at < 0:
            raise OutdatedRecipeError(f"these lines are not there any more, or stand earlier:\n{old}")
        done, text = done + text[:at] + new, text[at + len(old) :]
    return done + text
