"""The pack as a message, a page, Markdown, JSON and a picture: complete, escaped, and within Slack's limits."""

import json
from dataclasses import replace
from datetime import timedelta
from html.parser import HTMLParser
from typing import Any

import pytest

from bot.core.newer import NewerBlock, plain_form
from bot.core.png.render import png
from bot.followup.domain.vocabulary import Decided
from bot.incident.domain.links import LinkPattern
from bot.review.domain.pack import Evenness, Pack
from bot.review.views import board_line, board_message, board_words
from bot.review.views.board_exports import as_json, as_markdown
from bot.review.views.board_page import board_page, filename
from tests.followup.domain.items import item as action_item
from tests.incident.views.reading import said
from tests.review.packs import EMPTY, FULL, NAMES, full
from tests.sandbox.page.axe import violations
from tests.sandbox.page.conftest import LAPTOP, PHONE, chromium


def texts(value: Any) -> list[str]:
    """All texts in blocks."""
    if isinstance(value, dict):
        own = [value["text"]] if isinstance(value.get("text"), str) else []
        return own + [each for inner in value.values() for each in texts(inner)]
    return [each for inner in value for each in texts(inner)] if isinstance(value, list) else []


@pytest.mark.parametrize("pack", [EMPTY, FULL, full(60)], ids=["empty", "full", "very full"])
def test_a_message_stays_within_the_limits_of_slack_in_both_forms(pack: Pack) -> None:
    for message in (
        board_message.posted(pack, 1, NAMES, load=True),
        board_message.answer(pack, pack.words, NAMES, is_kept=True),
    ):
        for blocks in (message.blocks, plain_form(message.blocks)):
            assert len(blocks) <= 50
            assert sum(len(each) for each in texts(blocks)) < 12_000
        newer = [block["type"] for block in message.blocks if isinstance(block, NewerBlock)]
        assert newer.count("data_table") <= 1


def test_an_empty_week_is_a_short_pack_that_says_so() -> None:
    message = board_message.posted(EMPTY, 1, {}, load=True)
    assert [block["type"] for block in message.blocks] == ["section", "context"]
    assert "Nothing was declared, and nothing is owed or overdue." in said(message)
    page = board_page(EMPTY, {})
    assert "None was declared that everybody may see." in page
    assert "None is owed." in page
    assert "<svg" not in page
    assert "None was reported, and none waits for an answer." in page
    assert "Nothing was declared" in as_markdown(EMPTY, {})


def test_every_part_is_said_in_the_same_words_everywhere() -> None:
    message = said(board_message.posted(FULL, 1, NAMES, load=True))
    page, markdown = board_page(FULL, NAMES), as_markdown(FULL, NAMES)
    for told in (
        "2 incidents (1 SEV2, 1 SEV3); 2 postmortems owed, 1 overdue; 3 action items overdue; 4 completed.",
        "Not shown: 2 private incidents and 1 action item of private incidents.",
        "Apart, and not among the incidents: 1 drill, 2 near misses, 1 cancelled, 1 merged as duplicates, 1 unreadable.",
        "written by nobody",
        "1 incident of this span, 10 in 13 weeks: INC-12, INC-11, INC-10, INC-9, INC-8, INC-7, INC-6, INC-5 and 2 more",
        "3 days overdue, ",
        "moved once",
        "moved 2 times",
        "Carol was asked to verify it",
        "verified by Carol: it rang",
        "waits for an answer, late",
        "Among 5 people: command 0.25",
    ):
        for shown in (message, page, markdown.replace("\\", "")):
            assert told in shown, told


def test_what_people_typed_is_escaped_on_every_surface() -> None:
    page, message, markdown = (
        board_page(FULL, NAMES),
        board_message.posted(FULL, 1, NAMES, load=True),
        as_markdown(FULL, NAMES),
    )
    assert "<script>" not in page
    assert "<b>" not in page
    assert "<!channel>" not in json.dumps(message.blocks)
    assert "<script>" not in markdown
    assert "[x](javascript:1)" not in markdown
    picture = board_line.picture(FULL)
    assert "<script>" not in picture
    assert png(picture).startswith(b"\x89PNG")


class _Loads(HTMLParser):
    """Collects what a page would load."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "link", "img", "iframe", "object", "embed", "video", "audio", "source"):
            self.found.append(tag)
        self.found += [name for name, _ in attrs if name == "src" or name.startswith("on")]


def test_the_page_loads_nothing_and_links_to_incidents_where_they_have_an_address() -> None:
    page = board_page(FULL, NAMES, LinkPattern("https://incidents.example.com/{reference}"))
    reader = _Loads()
    reader.feed(page)
    assert reader.found == []
    assert "url(" not in page
    assert 'href="https://incidents.example.com/INC-2"' in page
    assert filename(replace(FULL, words="2026-01..2026-03 / x")) == "review-board-2026-01..2026-03---x.html"


def test_json_has_everything_and_the_names() -> None:
    document = json.loads(as_json(FULL, NAMES))
    assert document["people"] == NAMES
    assert document["pack"]["incidents"][0]["severity"] == "SEV2"
    assert document["pack"]["start"] == "2026-11-22T23:00:00+00:00"
    assert document["pack"]["today"] == "2026-11-30"
    assert document["pack"]["recent"][1] == [1, "Before"]
    assert document["pack"]["overdue"][0]["state"] == "open"


def test_the_dots_lie_on_the_line_of_their_severity_and_not_on_each_other() -> None:
    drawn = board_line.line(full(200))
    assert len(drawn.dots) == len(full(200).incidents)
    assert all(board_line.LEFT <= dot.x <= board_line.WIDTH for dot in drawn.dots)
    assert [name for _, name in drawn.ticks][:2] == ["Mon 23 Nov", "Tue 24 Nov"]
    late = replace(FULL, start=FULL.start + timedelta(hours=12), end=FULL.end + timedelta(hours=12))
    assert [name for _, name in board_line.line(late).ticks][-2:] == ["Sun 29 Nov", ""]
    first, second = board_line.line(FULL).dots
    assert (first.is_over, second.is_over) == (True, False)
    long = replace(FULL, start=FULL.start - timedelta(days=90, hours=5))
    assert len(board_line.line(long).ticks) <= 9


def test_a_span_of_many_days_has_no_chart_of_days() -> None:
    long = replace(FULL, start=FULL.start - timedelta(days=30))
    types = [block["type"] for block in board_message.posted(long, 1, NAMES, load=False).blocks]
    assert "data_visualization" not in types
    assert "data_table" in types


def test_evenness_says_when_nobody_had_either() -> None:
    assert board_words.evenness(Evenness(people=3, commanded=None, nights=None)) == (
        "Among 3 people: nobody commanded, and nobody worked at night"
    )
    assert "near miss" not in board_words.apart(replace(EMPTY, apart=replace(FULL.apart, near_misses=0)))
    assert "1 near miss" in board_words.apart(replace(EMPTY, apart=replace(FULL.apart, near_misses=1)))


def test_the_form_offers_the_incidents_and_the_answer_says_what_follows() -> None:
    view = board_message.decide(FULL, 7)
    assert json.loads(view["private_metadata"]) == {"board": 7}
    (incidents,) = [block for block in view["blocks"] if block.get("block_id") == "incident"]
    assert [each["value"] for each in incidents["element"]["options"]] == ["3", "2", "1"]
    assert all(len(each["text"]["text"]) <= 75 for each in incidents["element"]["options"])
    for decided, words in (
        (Decided.INVESTMENT, "a reliability investment of W"),
        (Decided.DECISION, "a decision of W"),
    ):
        assert words in said(board_message.recorded(replace(action_item(), board="W", decided=decided)))


@pytest.mark.browser
async def test_the_page_of_a_board_breaks_no_rule() -> None:
    async with chromium() as browser:
        for pack in (EMPTY, FULL):
            for size, dark in ((LAPTOP, False), (PHONE, True), (LAPTOP, True), (PHONE, False)):
                tab = await browser.new_page(viewport=size, color_scheme="dark" if dark else "light")
                await tab.set_content(board_page(pack, NAMES))
                assert await violations(tab) == []
                width = await tab.evaluate("document.documentElement.scrollWidth - innerWidth")
                assert width <= 0, "only the drawing and the table scroll to the side"
                told = tab.get_by_text("Scroll the drawing and the table to the side")
                assert await told.is_visible() is (size == PHONE and pack is FULL)
                await tab.close()
