"""The reader for blame, measured on sentences that its rules were not written on."""

import pytest

from bot.incident.domain import blame
from bot.incident.domain.blame import Kind
from bot.incident.domain.blame.item_lines import action_items
from tests.incident.domain.blame.scoring import labelled, measure

PRECISION, RECALL = 0.95, 0.85
PRECISION_OF_KIND, RECALL_OF_KIND = 0.85, 0.8  # of a kind there are few sentences
PARTS = (
    "rules",
    "published",
    "held_out",
    "final",
)  # rules were written on the first two; see corpus/README.md


def kinds(text: str) -> frozenset[str]:
    return frozenset(each.kind.value for each in blame.read(text))


def lacks(text: str) -> frozenset[str]:
    ((_, item),) = action_items(f"## Action items\n\n- {text}\n", (), blame.SECTION)
    return frozenset(each.lack.name.lower() for each in blame.check(item))


@pytest.mark.parametrize("part", PARTS)
def test_few_marks_are_wrong_and_few_are_missing(part: str) -> None:
    scores = measure(part, kinds)
    print(f"\n{part}\n{scores.table()}")  # noqa: T201  # `pytest -s` shows the figures that docs/blame.md repeats
    assert scores.lines.precision >= PRECISION, scores.wrong
    assert scores.lines.recall >= RECALL, scores.wrong
    for kind, score in scores.labels.items():
        assert score.precision >= PRECISION_OF_KIND, (kind, scores.wrong)
        assert score.recall >= RECALL_OF_KIND, (kind, scores.wrong)


@pytest.mark.parametrize("part", ["items_rules", "items_held_out"])
def test_what_action_items_lack_is_seen(part: str) -> None:
    scores = measure(part, lacks)
    print(f"\n{part}\n{scores.table()}")  # noqa: T201  # as above
    for lack, score in scores.labels.items():
        assert score.precision >= PRECISION, (lack, scores.wrong)
        assert score.recall >= RECALL, (lack, scores.wrong)


def test_the_corpus_is_large_half_innocent_and_says_nothing_twice() -> None:
    lines = [line for part in PARTS for line in labelled(part)]
    innocent = sum(not labels for labels, _ in lines)
    assert len(lines) >= 700
    assert 0.5 <= innocent / len(lines) <= 0.6
    assert len({text for _, text in lines}) == len(lines)
    known = {kind.value for kind in Kind}
    assert all(labels <= known for labels, _ in lines)


def test_every_kind_is_in_every_part() -> None:
    for part in PARTS:
        there = {label for labels, _ in labelled(part) for label in labels}
        assert there == {kind.value for kind in Kind} - {Kind.ACTION_ITEM.value}
