"""How well what is found agrees with what the corpus says."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

CORPUS = Path(__file__).parent / "corpus"


def labelled(name: str) -> Iterator[tuple[frozenset[str], str]]:
    """Each line of this part of the corpus: its labels, and the text."""
    for line in (CORPUS / f"{name}.tsv").read_text(encoding="utf-8").splitlines():
        labels, text = line.split("\t")
        yield frozenset(labels.split(",")) - {"-"}, text


@dataclass
class Score:
    """Counts of what is right, what is a false alarm, and what is missed."""

    right: int = 0
    false_alarms: int = 0
    missed: int = 0

    def add(self, *, expected: bool, found: bool) -> None:
        """Count one case."""
        self.right += expected and found
        self.false_alarms += found and not expected
        self.missed += expected and not found

    @property
    def precision(self) -> float:
        """How many of those found are right."""
        return self.right / (self.right + self.false_alarms) if self.right else 0.0

    @property
    def recall(self) -> float:
        """How many of those that there are were found."""
        return self.right / (self.right + self.missed) if self.right else 0.0

    def __str__(self) -> str:
        return f"precision {self.precision:.3f}, recall {self.recall:.3f} ({self.right}/{self.false_alarms}/{self.missed})"


@dataclass
class Scores:
    """The score of lines (is anything marked?), and of each label."""

    lines: Score = field(default_factory=Score)
    labels: dict[str, Score] = field(default_factory=dict)
    innocent: int = 0
    wrong: list[str] = field(default_factory=list)

    def table(self) -> str:
        """The figures, as the docs have them."""
        rows = [f"| {name} | {score} |" for name, score in sorted(self.labels.items())]
        return "\n".join([f"lines: {self.lines}", *rows])


def measure(name: str, find: Callable[[str], frozenset[str]]) -> Scores:
    """Measure on a part of the corpus."""
    scores = Scores()
    for expected, text in labelled(name):
        found = find(text)
        scores.lines.add(expected=bool(expected), found=bool(found))
        scores.innocent += not expected
        if bool(expected) != bool(found):
            scores.wrong.append(f"{sorted(expected)} {sorted(found)}: {text}")
        for label in expected | found:
            scores.labels.setdefault(label, Score()).add(expected=label in expected, found=label in found)
    return scores
