"""The recipes of CONTRIBUTING.md, read as instructions and carried out."""

import re
from dataclasses import dataclass
from pathlib import Path

from tests.project.checkout import TOP

SECTION = re.compile(r"(?ms)^### (.+?)\n(.*?)(?=^##|\Z)")
BLOCK = re.compile(r"(?ms)^```(python|diff)\n(?:# )?(\S+)\n(.*?)^```")


class RottenError(Exception):
    """A recipe names a place that is not there."""


@dataclass(frozen=True)
class Step:
    """One block of a recipe: a file that is new, or a change of one that is there."""

    kind: str
    file: str
    text: str

    def apply(self, folder: Path) -> None:
        """Carry it out.

        Raises:
            RottenError: the file is there already or is not, or lacks a line that the block goes by.
        """
        target = folder / self.file
        if target.exists() is (self.kind == "python"):
            raise RottenError(f"{self.file} is {'there already' if target.exists() else 'not there'}")
        if self.kind == "python":
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(self.text, encoding="utf-8")
        else:
            target.write_text(changed(target.read_text(encoding="utf-8"), self.text), encoding="utf-8")


def recipe(name: str) -> list[Step]:
    """The blocks of the recipe of that name, in order."""
    sections = dict(SECTION.findall((TOP / "CONTRIBUTING.md").read_text(encoding="utf-8")))
    return [Step(*found) for found in BLOCK.findall(sections[name])]


def changed(text: str, diff: str) -> str:
    """A file's text after a change, whose parts lie between lines of `@@` and are looked for one behind the other.

    Raises:
        RottenError: lines that a part goes by are not there, or not in this order.
    """
    done = ""
    for part in diff.split("@@\n"):
        lines = part.splitlines(keepends=True)
        old, new = ("".join(each[1:] for each in lines if each[0] in signs) for signs in (" -", " +"))
        at = f"\n{text}".find(f"\n{old}")  # whole lines only
        if at < 0:
            raise RottenError(f"these lines are not there any more, or stand earlier:\n{old}")
        done, text = done + text[:at] + new, text[at + len(old) :]
    return done + text
