"""Each mistake in `policy.yml` is told with its line."""

import re
from pathlib import Path

import pytest

from bot import policy_file
from bot.policy_file import DEFAULT, PolicyFileError

SHIPPED = DEFAULT.read_text(encoding="utf-8")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "policy.yml"


def told(path: Path, text: str | bytes) -> list[str]:
    """The mistakes, with the name of the file, but without its folder."""
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(PolicyFileError) as error:
        policy_file.read(path)
    assert "\n".join(error.value.mistakes) == str(error.value)
    return [line.removeprefix(f"{path.parent}/") for line in error.value.mistakes]


def line_of(text: str, words: str) -> int:
    """The line of the shipped policy, or a changed one, that has these words."""
    text = re.sub(r"^#.*", "#", text, flags=re.MULTILINE)
    assert text.count(words) == 1
    return text[: text.index(words)].count("\n") + 1


def test_a_wrong_value_is_told_with_the_line_of_its_name(path: Path) -> None:
    text = SHIPPED.replace("cadence: 2 h", "cadence: sometimes")
    number = line_of(text, "sometimes")
    assert told(path, text) == [
        f"policy.yml:{number}: severities.SEV3.cadence: 'sometimes' is not a length of time: write `15 min`, `2 h` or `1 day`"
    ]


def test_all_mistakes_are_told_in_the_order_of_their_lines(path: Path) -> None:
    text = SHIPPED.replace("snooze: 10 min", "snoose: 10 min").replace("cadence: 2 h", "cadence: 2")
    text = text.replace("several: true", "several: perhaps").replace("note: [pushpin]", "note: [📌]")
    lines = [int(each.split(":")[1]) for each in told(path, text)]
    words = ("cadence: 2\n", "snoose:", "perhaps", "📌")
    is_missing = 1  # `snooze`, which should be somewhere in the file
    assert lines == [is_missing, *(text[: text.index(each)].count("\n") + 1 for each in words)]


@pytest.mark.parametrize(
    ("before", "after", "words", "what"),
    [
        (
            "escalate_after: 5 min",
            "escalate_after: 15 min",
            "escalate_after: 15",
            "escalate_after: must be shorter",
        ),
        ("remind_ahead: 5 min", "remind_ahead: 31 min", "31 min", "severities.SEV2.remind_ahead: must be"),
        ("How many of them?", "x" * 76, "x" * 76, "impact.1.question: must have at most 75 characters"),
        (
            "      Partners or suppliers: SEV3",
            "      Partners: SEV0",
            "SEV0",
            "impact.0.answers.Partners: must point",
        ),
        ("  deputy:\n", "  De Puty:\n", "De Puty", "roles.De Puty: "),
        (
            "short: [comms,",
            "short: [sme, comms,",
            "expert:",
            "roles.expert: 'sme' names communications already",
        ),
        ("  note: [", "  notes: [", "notes: [", "reactions.notes: is not known: did you mean `note`?"),
        ("    cadence: 30 min", "    cadense: 30 min", "cadense", "severities.SEV2.cadense: is not known"),
        (
            "    several: true",
            "    sevral: true",
            "sevral",
            "roles.expert.sevral: is not known: did you mean",
        ),
        ("  SEV4:\n", "  SEV4: x\n  SEV5:\n", "SEV5:", "severities.SEV5: is no severity"),
    ],
)
def test_a_mistake_at_any_depth_has_its_line(
    path: Path, before: str, after: str, words: str, what: str
) -> None:
    assert before in SHIPPED
    text = SHIPPED.replace(before, after, 1)
    if "SEV5" in what:
        text = text.replace("  SEV4: x\n", "  SEV4: {impact: Few, cadence: 1 day}\n")
    number = text[: text.index(words)].count("\n") + 1
    assert [each for each in told(path, text) if each.startswith(f"policy.yml:{number}: {what}")], told(
        path, text
    )


def test_what_is_missing_is_told_with_the_line_of_what_should_hold_it(path: Path) -> None:
    text = SHIPPED.replace("    cadence: 15 min\n", "", 1).replace("    title: Scribe\n", "    several: no\n")
    role = line_of(text, "  scribe:\n    several")
    assert told(path, text) == [
        f"policy.yml:{line_of(text, '  SEV1:')}: severities.SEV1.cadence: is missing",
        f"policy.yml:{role}: roles.scribe.title: is missing",
    ]
    assert "policy.yml:1: snooze: is missing" in told(path, text.replace("snooze: 10 min", ""))


def test_a_name_that_stands_twice_is_told_with_both_lines(path: Path) -> None:
    text = SHIPPED.replace(
        "    impact: Hardly any", "    impact: Nobody.\n    cadence: 2 days\n    impact: Hardly any"
    )
    first = line_of(text, "Nobody.")
    kept = "stands here for the second time; the first is in line"
    assert told(path, text) == [
        f"policy.yml:{first + 2}: severities.SEV4.impact: {kept} {first}: keep one",
        f"policy.yml:{first + 3}: severities.SEV4.cadence: {kept} {first + 1}: keep one",
    ]


def test_of_two_values_with_one_name_mistakes_are_told_of_the_last(path: Path) -> None:
    assert told(path, SHIPPED + "snooze: soon\n")[-1].startswith(
        f"policy.yml:{SHIPPED.count(chr(10)) + 1}: snooze: stands here"
    )


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (b"a: 1\n\tb: 2", "policy.yml:2:1: this is no YAML: a tab cannot be used to indent: write spaces"),
        (b"a: b: c", "policy.yml:1:5: this is no YAML: a name and its value cannot begin here"),
        (b"- a\nb: 1", "policy.yml:2:1: this is no YAML: this line does not fit those above"),
        (b"a: 'x\nb: 2", "policy.yml:2:5: this is no YAML: a quote is not closed"),
        (b"a: [1,\nb: 2", "policy.yml:2:5: this is no YAML: a bracket is not closed"),
        (b"abc: 1\nd\n", "policy.yml:3:1: this is no YAML: this line is no `name: value`"),
        (b"a: @x", "policy.yml:1:4: this is no YAML: while scanning for the next token found character '@'"),
        ("a: 1\nb: fünf".encode("latin-1"), "policy.yml:2:5: this is no YAML: this is not written in UTF-8"),
        (b"a: 1\nb: \x00", "policy.yml:2:4: this is no YAML: the character #x0000 cannot be used"),
        (b"a: 1\nb: 2026-99-99", "policy.yml:2:4: this is no YAML: month must be in"),
        (b"a: " + b"9" * 5000, "policy.yml:1:4: this is no YAML: Exceeds the limit"),
        (b"[" * 100_000, "policy.yml: this is no YAML: it is nested too deeply"),
        (b"", "policy.yml:1: the file: must hold names and values"),
        (b"- a", "policy.yml:1: the file: must hold names and values"),
    ],
)
def test_what_is_no_yaml_is_told_with_line_and_column_in_a_plain_sentence(
    path: Path, text: bytes, what: str
) -> None:
    (mistake,) = told(path, text)
    assert mistake.startswith(what)


def test_a_file_that_is_not_there_or_is_a_folder_is_told(path: Path) -> None:
    with pytest.raises(PolicyFileError, match=r"policy\.yml: it cannot be read: No such file"):
        policy_file.read(path)
    with pytest.raises(PolicyFileError, match="it cannot be read: Is a directory"):
        policy_file.read(path.parent)


def test_each_value_is_known_by_its_place() -> None:
    written = policy_file.read().written
    assert written["severities.SEV1.cadence"] == "15 min"
    assert written["reactions.note"] == ["pushpin"]
