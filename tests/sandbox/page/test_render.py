"""What is drawn, and what is drawn again."""

from dataclasses import replace

import pytest

from bot.sandbox.page.authors import author_of
from bot.sandbox.page.environment import local_url
from bot.sandbox.page.messages import message, rows
from bot.sandbox.page.place import Place
from bot.sandbox.page.render import WINDOW, Asked, Renderer
from tests.sandbox.page.samples import GENERAL, NOON, READER, Json, said, seen

HERE = Place("alice", "general")
NEW = Asked({})


def drawn_keys(renderer: Renderer, world: dict[str, object], asked: Asked = NEW) -> list[str]:
    return [row.key for row, _ in renderer.draw(world, HERE, asked).lists["messages"]]


def test_messages_of_one_author_within_five_minutes_are_grouped() -> None:
    raw = [said("a", NOON), said("b", NOON + 299), said("c", NOON + 700), said("d", NOON + 701, user="U1")]
    assert [row.together for row in rows(raw, READER, surface="channel")] == [False, True, False, False]


def test_a_join_and_an_apps_message_are_not_grouped() -> None:
    raw = [
        said("a", NOON),
        said("b", NOON + 1, subtype="channel_join"),
        said("c", NOON + 2),
        said("d", NOON + 3, bot_id="B1"),
    ]
    assert [row.together for row in rows(raw, READER, surface="channel")] == [False, False, False, False]


def test_an_ephemeral_message_older_than_the_page_is_not_drawn() -> None:
    old, fresh = said("old", NOON, ephemeral=True), said("new", NOON + 2, ephemeral=True)
    world = seen(old, said("for all", NOON + 1), fresh, stamp=f"{NOON + 1}.000000")
    world["thread"] = {"ts": old["ts"], "messages": [old, fresh]}
    html = Renderer().page(world, HERE)
    assert ("for all" in html, ">new<" in html, ">old<" in html) == (True, True, False)
    again = Renderer().page(world, HERE, since="0.000000")
    assert ">old<" in again
    assert 'data-since="0.000000"' in again


def test_days_begin_at_midnight_in_the_readers_zone() -> None:
    midnight_in_berlin = NOON + 11 * 3600
    raw = [said("late", midnight_in_berlin - 60), said("early", midnight_in_berlin + 60)]
    assert [row.day for row in rows(raw, READER, surface="channel")] == ["Today", "Tomorrow"]


def test_a_message_is_drawn_again_only_when_it_or_a_name_in_it_changes() -> None:
    def version(text: str, name: str = "general") -> str:
        world = seen(said(text))
        world["channels"] = [{**GENERAL, "name": name}]
        ((row, _),) = Renderer().draw(world, HERE, NEW).lists["messages"]
        return row.version

    assert version("a") == version("a")
    assert version("a") != version("b")
    assert version("a") != version("a", name="renamed")


def test_a_message_that_says_how_long_ago_is_drawn_again_each_minute() -> None:
    def html(text: str, passed: float) -> str | None:
        ((_, shown),) = renderer.draw(seen(said(text)) | {"now": NOON + passed}, HERE, NEW).lists["messages"]
        return shown

    renderer, relative = Renderer(), f"<!date^{NOON + 1800}^{{ago}}|later>"
    assert "in 30 minutes" in str(html(relative, 0))
    assert "in 15 minutes" in str(html(relative, 900))
    assert "just now" in str(html(relative, 1800))
    assert html("plain", 0) is html("plain", 900)


def test_the_browser_receives_only_what_it_does_not_have() -> None:
    renderer = Renderer()
    first = renderer.refresh(seen(said("a", NOON), said("b", NOON + 1)), HERE, NEW)
    have = {key: version for key, version, _ in first["lists"]["messages"]}
    have |= {name: part["hash"] for name, part in first["parts"].items()}
    second = renderer.refresh(seen(said("a", NOON), said("c", NOON + 1)), HERE, Asked(have))
    assert [html is None for _, _, html in second["lists"]["messages"]] == [True, False]
    assert second["parts"] == {}


def test_the_newest_messages_are_drawn_first_and_earlier_ones_on_demand() -> None:
    world = seen(*(said(str(at), NOON + at) for at in range(350)))
    renderer = Renderer()
    newest = drawn_keys(renderer, world)
    assert (len(newest), newest[0]) == (WINDOW, f"channel-{NOON + 250:.6f}")
    earlier = drawn_keys(renderer, world, Asked({}, oldest=f"{NOON + 250:.6f}", count=WINDOW, earlier=True))
    assert (len(earlier), earlier[0]) == (2 * WINDOW, f"channel-{NOON + 150:.6f}")
    everything = drawn_keys(renderer, world, Asked({}, oldest=f"{NOON + 50:.6f}", count=300, earlier=True))
    assert len(everything) == 350


def test_a_link_shows_its_message_among_others_and_later_ones_on_demand() -> None:
    world = seen(*(said(str(at), NOON + at) for at in range(350)))
    renderer = Renderer()
    amid = drawn_keys(renderer, world, Asked({}, at=f"{NOON + 120:.6f}"))
    assert (amid[0], amid[-1]) == (f"channel-{NOON + 70:.6f}", f"channel-{NOON + 169:.6f}")
    still = Asked({}, oldest=f"{NOON + 70:.6f}", newest=f"{NOON + 169:.6f}", count=WINDOW)
    later = replace(still, later=True)
    assert drawn_keys(renderer, world, later)[-1] == f"channel-{NOON + 269:.6f}"
    assert (later.limit, later.before) == (None, None)
    assert still.before is not None
    assert f"{NOON + 169:.6f}" < still.before < f"{NOON + 169:.6f}1"


def test_the_mark_for_later_messages_is_removed_at_the_end() -> None:
    world = seen(*(said(str(at), NOON + at) for at in range(120)))

    def outro(asked: Asked) -> str:
        return Renderer().draw(world, HERE, asked).parts["outro"]

    amid = Asked({}, oldest=f"{NOON:.6f}", newest=f"{NOON + 60:.6f}", count=60)
    assert "data-later" in outro(Asked({}, at=f"{NOON + 10:.6f}"))
    assert "data-later" in outro(amid)
    assert "data-later" not in outro(replace(amid, later=True))
    assert "data-later" not in outro(NEW)


def test_a_link_to_a_deleted_message_shows_the_newest() -> None:
    world = seen(*(said(str(at), NOON + at) for at in range(350)))
    assert drawn_keys(Renderer(), world, Asked({}, at=f"{NOON + 10:.6f}9")) == drawn_keys(Renderer(), world)


def test_enough_messages_are_requested_to_find_the_oldest_message_again() -> None:
    limit = Asked({}, oldest="1.0", count=300, earlier=True).limit
    assert limit is not None
    assert limit > 300 + WINDOW


def test_the_initials_icon_and_badge_of_an_author() -> None:
    assert author_of("U1", READER).initials == "AA"
    assert author_of("U1", READER, name="war room bot", icon=":fire:", app=True).icon == "🔥"
    assert author_of("U9", READER).initials == "U"
    assert author_of("U1", READER).hue == author_of("U1", READER).hue < 8


def test_people_can_edit_only_their_own_messages() -> None:
    mine, theirs, apps = (
        message(row, READER)
        for row in rows([said(user="U1"), said(), said(user="U1", bot_id="B1")], READER, surface="channel")
    )
    assert (mine.mine, theirs.mine, apps.mine) == (True, False, False)


def test_a_field_error_of_a_missing_block_is_shown_anyway() -> None:
    view: Json = {
        "id": "V1",
        "title": {"type": "plain_text", "text": "T"},
        "submit": None,
        "close": None,
        "blocks": [],
        "state": {"values": {}},
    }
    html = Renderer().page(seen(modals=[view], field_errors={"lost": "Something is missing."}), HERE)
    assert "Something is missing." in html


@pytest.mark.parametrize(
    ("url", "local"),
    [
        ("http://127.0.0.1:8420/files/download/F1/a.md", "/files/download/F1/a.md"),
        ("/files/a?b=c", "/files/a?b=c"),
        ("https://example.com/files/a", ""),
        ("http://127.0.0.1:8420/control/reset", ""),
        ("javascript:alert(1)", ""),
    ],
)
def test_only_files_of_this_workspace_are_loaded(url: str, local: str) -> None:
    assert local_url(url) == local
