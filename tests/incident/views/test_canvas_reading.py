"""What people write in a canvas comes back as sections; what nobody touched comes back as unchanged."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.incident.domain.canvas_texts import mark, normal
from bot.incident.domain.incident import Incident
from bot.incident.domain.postmortem_sections import PostmortemSection
from bot.incident.views import canvas_reading, draft_canvas
from bot.sandbox.files.returned_markdown import as_returned
from tests.incident.domain.postmortems import over, written
from tests.incident.domain.situations import declared

SUMMARY, LESSONS, MORE = PostmortemSection.SUMMARY, PostmortemSection.LESSONS, PostmortemSection.MORE
NAMES = {"UBOB": "Bob *Brown*"}


def returned(incident: Incident) -> canvas_reading.ReadCanvas:
    """The canvas of an incident, as Slack gives it back."""
    return canvas_reading.read(as_returned(draft_canvas.document(incident, NAMES)))


def is_unchanged(text: str, section: PostmortemSection = SUMMARY) -> bool:
    incident = written(over(), text, section=section)
    found = returned(incident).sections
    return all(
        mark(found[each]) == canvas_reading.mark_of(each, incident.postmortem.text(each), NAMES)
        for each in PostmortemSection
    )


MARKS = [
    *"*_`~#>-+=|&<>[]()!\\.@:;1\n\n  \u2022",
    *(
        "**",
        "__",
        "~~",
        "- ",
        "1. ",
        "## Impact",
        "# x",
        "```",
        "https://a.example/b_c*d(e)",
        "<@UBOB>",
        "<#C1|ops>",
    ),
    *(
        "<https://a.example/x|the graph>",
        "<!here>",
        "&amp;",
        "word",
        "\u00e9",
        "e\u0301",
        "\U0001f525",
        "\t",
        "---",
    ),
    "  \n",
]


@given(st.lists(st.sampled_from(MARKS), max_size=40).map("".join))
@example("a https://a.example/x. b")
@example("- one\n- two\nthree")
@example("1. one\n2. two")
@example("a\n===\nb\n---")
@example("## Impact\n# Lessons")
@example("Half failed\n\nthen *all* of it, `x` and a_b_c")
@example("<https://a.example/x|the graph> https://a.example/(y)")
def test_a_text_that_nobody_touched_in_the_canvas_is_unchanged(text: str) -> None:
    stripped = text.strip()
    assert is_unchanged(stripped) if stripped else True


@given(st.text(max_size=200))
def test_any_text_that_nobody_touched_is_unchanged(text: str) -> None:
    assert is_unchanged(text.strip()) if text.strip() else True


@given(st.lists(st.sampled_from([*"ab \n-.,", "word "]), min_size=1, max_size=40).map("".join))
def test_plain_words_come_back_as_the_same_text(text: str) -> None:
    incident = declared()
    if text.strip():
        incident = written(incident, text.strip())
    assert normal(returned(incident).sections[SUMMARY]) == normal(text)


def test_sections_that_nobody_wrote_are_empty() -> None:
    found = returned(over())
    assert set(found.sections.values()) == {""}
    assert found.headings == ""


def test_people_write_lists_links_mentions_and_bold() -> None:
    text = (
        '## Summary\n\n***Half** of* the ~~most~~ __orders__ failed\\\n_see_ [the graph](https://g.example/a_b "t")\n\n'
        "* one\n    * two &amp; \\*three\\*\n- [x] done\n\n### Why\n\n![](@U1BOB) and ![](#C1) <https://x.example>\n\n---\n"
        "```\n# no heading\n  code *x*\n```\n"
    )
    assert canvas_reading.read(text).sections[SUMMARY] == (
        "Half of the most orders failed\nsee <https://g.example/a_b|the graph>\n\n- one\n- two & *three*\n- [x] done\n\n"
        "Why\n\n<@U1BOB> and <#C1> <https://x.example>\n\n# no heading\n  code *x*"
    )


@pytest.mark.parametrize("line", ["# Lessons:", "### **Lessons learned**", "## lesson ##", "#### Lessons"])
def test_a_heading_is_known_in_any_size_and_by_its_usual_short_forms(line: str) -> None:
    assert canvas_reading.read(f"{line}\n\nTest it").sections[LESSONS] == "Test it"


def test_the_text_below_a_heading_that_stands_there_twice_is_joined() -> None:
    found = canvas_reading.read("## Summary\n\none\n\n## Lessons\n\n## Summary\n\ntwo")
    assert found.sections[SUMMARY] == "one\n\ntwo"
    assert found.sections[LESSONS] == ""


def test_what_stands_below_other_headings_or_above_all_is_kept_under_more() -> None:
    introduction = f"_{draft_canvas.INTRODUCTION}_"
    text = f"{introduction}\n\nBefore all\n\n## Costs\n\n100 orders\n\n## Summary\n\nx\n\n# Costs\n\nof us\n\n## More\n\ny"
    found = canvas_reading.read(text)
    assert found.headings == "Costs"
    assert found.sections[MORE] == "Before all\n\nCosts\n\n100 orders\n\nCosts\n\nof us\n\ny"
    assert found.sections[SUMMARY] == "x"


def test_what_was_kept_under_more_comes_back_as_the_same_text() -> None:
    assert is_unchanged("Costs\n\n100 orders", MORE)


def test_an_empty_heading_is_none() -> None:
    assert canvas_reading.read("## Summary\n\na\n\n## \n\nb").sections[SUMMARY].startswith("a")


def test_a_long_text_is_put_in_by_parts() -> None:
    text = "\n\n".join(["word " * 300] * 6)
    parts = draft_canvas.pieces(draft_canvas.markdown(text, {}))
    assert len(parts) == 3
    assert "\n\n".join(parts) == draft_canvas.markdown(text, {})
    assert all(len(each.encode()) <= 3500 for each in parts)
    lines = draft_canvas.pieces(draft_canvas.markdown("\n".join(["\u00e9" * 290] * 10), {}))
    assert [len(each.split("\n")) for each in lines] == [6, 4]
