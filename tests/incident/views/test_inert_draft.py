"""Typed text has no effect in files: a Markdown renderer makes only text and the meant links of it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.common.normalize_url import normalizeLink

from bot import policy_file
from bot.core.resources import shipped
from bot.core.templates import Templates
from bot.core.tokens import Kind, Token, split
from bot.incident.domain import facts, rules
from bot.incident.domain.action_lines import ActionLine
from bot.incident.domain.postmortem import draft
from bot.incident.domain.rules import TITLE_MAX
from bot.incident.domain.timeline import Entry
from bot.incident.domain.vocabulary import Severity
from bot.incident.views.postmortem import paragraphs, postmortem
from tests.incident.domain.situations import ALICE, BOB, CAROL, NOW, decided, later
from tests.incident.views.hostile_texts import MARKUP, TEXTS, everything, happenings, made_of, pieces

POLICY = policy_file.load()
TEMPLATES = Templates(shipped("templates"))
MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
PERMALINK = "https://example.com/p1"

hostile = st.one_of(pieces, st.sampled_from(MARKUP))
texts = made_of(hostile, 300).filter(lambda text: text.strip())
titles = made_of(hostile, TITLE_MAX).filter(
    lambda text: any(each.isprintable() and not each.isspace() for each in text)
)
names = made_of(hostile, 80).filter(lambda text: text.strip())
links = st.one_of(st.just(PERMALINK), hostile, hostile.map(lambda text: f"https://example.com/{text}"))


@dataclass
class Page(HTMLParser):
    """What a renderer has made of a document.

    Attributes:
        tags: every element but links, in order, as it opens and closes.
        links: the targets of the links.
        heading: the text of the first heading.
        strange: comments, declarations and attributes; there should be none.
    """

    tags: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    heading: str = ""
    strange: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "a":
            self.links.append(given.pop("href") or "")
        else:
            self.tags.append(tag)
        self.strange += list(given)

    def handle_endtag(self, tag: str) -> None:
        if tag != "a":
            self.tags.append(f"/{tag}")

    def handle_data(self, data: str) -> None:
        if "/h1" not in self.tags:
            self.heading += data

    def handle_comment(self, data: str) -> None:
        self.strange.append(data)

    def handle_decl(self, decl: str) -> None:
        self.strange.append(decl)

    def handle_pi(self, data: str) -> None:
        self.strange.append(data)

    def unknown_decl(self, data: str) -> None:
        self.strange.append(data)


def rendered(document: str) -> Page:
    """The page that the renderer makes of a document."""
    page = Page()
    page.feed(MARKDOWN.render(document))
    page.close()
    return page


def history(title: str, text: str, app: str, link: str) -> Iterator[facts.Fact]:
    """Everything that can happen, all of it with typed text, and a message with an odd link."""
    yield from decided(
        rules.declare(number=42, title=title, severity=Severity.SEV1, summary=text, by=ALICE, now=NOW)
    )
    yield from happenings(everything(title, text), text)
    yield facts.Noted(at=NOW, by=BOB, author="", app=app, text=text, link=link)


def action_line(title: str, text: str, name: str, link: str) -> ActionLine:
    """An action item that is done, all of it with typed text."""
    return ActionLine(
        reference="ACT-1",
        title=title,
        kind="prevent",
        owner=name,
        due_on=NOW.date(),
        state="done",
        outcome=text,
        incident="INC-42",
        private=False,
        link=link,
    )


def document(title: str, text: str, name: str, link: str) -> str:
    """The draft of such an incident."""
    happened = list(history(title, text, name, link))
    entries = [Entry(seq, fact) for seq, fact in enumerate(happened, start=1)]
    made = draft(
        everything(title, text),
        entries,
        POLICY,
        later(90),
        action_items=[action_line(title, text, name, link)],
    )
    return postmortem(made, {ALICE: name, BOB: name, CAROL: name}, TEMPLATES)


SOURCE = normalizeLink(everything("x", "x").source)
PLAIN = rendered(document("x", "x", "x", PERMALINK))


def meant(text: str) -> set[str]:
    """The links that somebody typed, with their addresses as a renderer writes them."""
    tokens = (piece for piece in split(text) if isinstance(piece, Token))
    return {normalizeLink(token.value) for token in tokens if token.kind is Kind.LINK}


def test_the_plain_draft_has_its_headings_its_tables_and_the_links_to_messages() -> None:
    assert PLAIN.tags.count("h1") == 1
    assert PLAIN.tags.count("h2") == 15
    assert PLAIN.tags.count("table") == 4
    assert PLAIN.links.count(PERMALINK) == 9 + (SOURCE == PERMALINK)


@TEXTS
@given(title=titles, text=texts, name=names, link=links)
@example(title="===", text="===", name="| x |", link="https://example.com/>)<img src=x>")
@example(title="&<@U0BOB>", text="&<@U0BOB>", name="copy;", link="javascript:alert(1)")
@example(title="<https://a\x01*b*>", text="<https://a\x01*b*>", name="x\n\n# x", link="https://a\x01b")
@example(title="<https://a.example|\u200b>", text="- <https://a.example| >", name="x", link=" ")
def test_typed_text_becomes_only_text_and_the_meant_links(
    title: str, text: str, name: str, link: str
) -> None:
    page = rendered(document(title, text, name, link))
    assert page.tags == PLAIN.tags, "an element that was not meant"
    assert not page.strange
    typed = meant(title) | meant(text)
    assert typed <= set(page.links) <= typed | {PERMALINK, SOURCE, normalizeLink(link)}
    assert all(each.startswith(("https://", "http://")) for each in page.links)


@TEXTS
@given(lines=st.lists(texts, min_size=1, max_size=4))
@example(lines=["a headline", "==="])
@example(lines=["a headline", "- --", "---"])
@example(lines=["- one", "    code", "\tcode", "1. two", "> three", "[a]: https://a.example"])
@example(lines=["```", "<b>", "```", "", "    code"])
def test_a_section_is_paragraphs_breaks_and_lists_and_nothing_else(lines: list[str]) -> None:
    page = rendered(f"## Lessons\n\n{paragraphs(chr(10).join(lines), {})}\n")
    assert set(page.tags) <= {"h2", "/h2", "p", "/p", "br", "/br", "ul", "/ul", "li", "/li"}
    assert page.tags.count("h2") == 1
    assert not page.strange


@TEXTS
@given(title=titles.filter(lambda title: not any(isinstance(piece, Token) for piece in split(title))))
@example(title="&copy; &#60; 1 \\ 2 `a` *b* _c_ ~~d~~ [e](f) <g> | h #")
def test_text_is_shown_as_it_was_typed(title: str) -> None:
    page = rendered(document(title, "x", "x", PERMALINK))
    assert page.heading == f"INC-42: {' '.join(title.split())}".replace("\0", "\ufffd")
