"""A template whose loop has no end is an error with file and line, within a moment, and the draft is not lost."""

import time
from pathlib import Path

import pytest

from bot.core import template_steps
from bot.core.templates import TemplateBrokenError, Templates

SHIPPED = "one\ntwo\n"


def templates(folder: Path, own: str) -> Templates:
    """The shipped template `a.j2`, and this one in its place; `b.j2` is the user's own alone."""
    for name in ("shipped", "own"):
        (folder / name).mkdir()
    (folder / "shipped/a.j2").write_text(SHIPPED)
    (folder / "own/a.j2").write_text(own)
    return Templates(folder / "shipped", folder / "own", on_broken=lambda _: None)


ENDLESS = {
    "a long range": ("\n{% for i in range(10**9) %}x{% endfor %}", 2, "at most 400,000"),
    "a range that no machine can count": ("{% for i in range(0, -10**30, -1) %}x{% endfor %}", 1, "at most"),
    "a range outside of a loop": ("a\nb\n{{ range(10**9) | list }}", 3, "at most"),
    "loops in loops": (
        "\n{% for i in range(9999) %}\n{% for j in range(9998) %}x{% endfor %}{% endfor %}",
        3,
        "on and on",
    ),
    "a list that grows": (
        "{% set l = [1] %}\n{% for i in l %}{{ l.append(i) or '' }}{% endfor %}",
        2,
        "on and on",
    ),
    "a macro that calls itself twice": (
        "{% macro f(n) %}\n{% if n %}{{ f(n - 1) }}{{ f(n - 1) }}{% endif %}{% endmacro %}\n{{ f(60) }}",
        1,
        "on and on",
    ),
    "a macro that calls itself for ever": (
        "{% macro f(n) %}\n{{ f(n) }}{% endmacro %}\n{{ f(1) }}",
        1,
        "recursion",
    ),
    "a loop that calls itself for ever": (
        "{% for i in [1] recursive %}\n{{ loop([1]) }}{% endfor %}",
        1,
        "recursion",
    ),
    "a template that includes itself": ("\n{% include 'a.j2' %}", 2, "recursion"),
}


@pytest.mark.parametrize("name", ENDLESS)
def test_a_loop_without_an_end_is_told_with_its_line_and_the_shipped_template_takes_its_place(
    name: str, tmp_path: Path
) -> None:
    own, line, said = ENDLESS[name]
    before = time.process_time()
    text, broken = templates(tmp_path, own).document_or_shipped("a.j2")
    assert time.process_time() - before < 5
    assert text == SHIPPED
    assert broken is not None
    assert (broken.name, broken.line) == ("a.j2", line)
    assert said in broken.told


def test_a_message_may_do_less_because_other_work_waits_for_it(tmp_path: Path) -> None:
    loop = f"{{% for i in range({template_steps.IN_MESSAGE + 1}) %}}x{{% endfor %}}"
    both = templates(tmp_path, loop)
    assert both.message("a.j2") == SHIPPED.strip()
    assert both.document("a.j2") == "x" * (template_steps.IN_MESSAGE + 1)


def test_each_rendering_has_all_its_steps(tmp_path: Path) -> None:
    loop = "{% for i in range(300000) %}{% endfor %}done"
    both = templates(tmp_path, loop)
    assert [both.document("a.j2"), both.document("a.j2")] == ["done", "done"]


def test_without_another_template_the_error_is_raised(tmp_path: Path) -> None:
    alone = templates(tmp_path, "")
    (tmp_path / "own/b.j2").write_text("{% for i in range(10**12) %}{% endfor %}")
    with pytest.raises(TemplateBrokenError, match=r"b\.j2, line 1: a range has at most"):
        Templates(tmp_path / "own").document("b.j2")
    assert alone.sources
