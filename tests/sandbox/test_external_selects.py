"""External selects: only options that the app suggests can be chosen."""

from typing import Any

import pytest

from bot.sandbox.driver import ActionFailed, Driver, Person
from tests.sandbox.blocks import modal, option, plain, text_input
from tests.sandbox.forms import choice, open_modal
from tests.sandbox.recorder import Recorder

DATABASES: list[dict[str, Any]] = [
    {"text": plain("Orders"), "value": "db-1"},
    {"text": plain("Payments"), "value": "db-2"},
]


@pytest.fixture
def alice(driver: Driver) -> Person:
    return driver.user("alice")


def offer(payload: dict[str, Any]) -> dict[str, Any] | None:
    """The answer of an app that looks for the letters in values and labels."""
    if payload["type"] != "block_suggestion":
        return None
    query = payload["value"]
    return {"options": [o for o in DATABASES if query in o["value"] or query in o["text"]["text"]]}


def selected(payload: dict[str, Any]) -> Any:
    """The chosen option of a submission's menu."""
    return payload["view"]["state"]["values"]["menu"]["pick"]["selected_option"]


async def test_an_option_that_the_app_suggests_can_be_chosen(app: Recorder, alice: Person) -> None:
    app.answer = lambda _: {"options": [option("db-1"), option("db-2")]}
    menu = {"type": "external_select", "action_id": "pick"}
    await open_modal(app, alice, modal({"type": "actions", "block_id": "row", "elements": [menu]}))
    await alice.choose("pick", "db-2", modal=True)
    assert (await app.payload("block_suggestion"))["value"] == "db-2"
    assert (await app.payload("block_actions"))["actions"][0]["selected_option"] == option("db-2")
    state = (await alice.see())["modals"][-1]["state"]["values"]
    assert state["row"]["pick"]["selected_option"] == option("db-2")


@pytest.mark.parametrize(("count", "fits"), [(0, True), (100, True), (101, False)])
async def test_an_app_suggests_up_to_a_hundred_options(
    app: Recorder, alice: Person, *, count: int, fits: bool
) -> None:
    app.answer = lambda _: {"options": [option(f"db-{number}") for number in range(count)]}
    await open_modal(app, alice, modal(choice("external_select")))
    if fits:
        assert len(await alice.suggest("pick", "db-", modal=True)) == count
    else:
        with pytest.raises(ActionFailed, match="no more than 100 items allowed"):
            await alice.suggest("pick", "db-", modal=True)


async def test_suggestions_may_be_in_groups_and_invalid_ones_are_refused(
    app: Recorder, alice: Person
) -> None:
    await open_modal(app, alice, modal(choice("external_select")))
    app.answer = lambda _: {"option_groups": [{"label": plain("All"), "options": [option("db-1")]}]}
    assert await alice.suggest("pick", "db-", modal=True) == [option("db-1")]
    app.answer = lambda _: {"options": ["db-1"]}
    with pytest.raises(ActionFailed, match="invalid_options"):
        await alice.suggest("pick", "db-", modal=True)


@pytest.mark.parametrize("name", ["db-2", "Payments"])
async def test_a_submission_may_name_an_option_by_its_value_or_its_label(
    app: Recorder, alice: Person, name: str
) -> None:
    app.answer = offer
    await open_modal(app, alice, modal(choice("external_select")))
    await alice.submit(menu=name)
    assert (await app.payload("block_suggestion"))["value"] == name
    assert selected(await app.payload("view_submission")) == DATABASES[1]


@pytest.mark.parametrize("name", ["db-3", "db-", "Pay", "db"])
async def test_an_option_that_the_app_does_not_suggest_is_refused(
    app: Recorder, alice: Person, name: str
) -> None:
    app.answer = offer
    await open_modal(app, alice, modal(choice("external_select")))
    with pytest.raises(ActionFailed, match=f"no_such_option: '{name}' is not among"):
        await alice.submit(menu=name)
    with pytest.raises(ActionFailed, match="no_such_option"):
        await alice.choose("pick", name, modal=True)
    assert "view_submission" not in app.kinds()


async def test_a_recent_suggestion_is_accepted_without_asking_again(app: Recorder, alice: Person) -> None:
    app.answer = offer
    await open_modal(app, alice, modal(choice("external_select")))
    assert await alice.suggest("pick", "Pay", modal=True) == [DATABASES[1]]
    assert app.kinds() == ["block_suggestion"]
    await alice.submit(menu="db-2")
    assert app.kinds() == ["view_submission"]


async def test_suggestions_for_one_person_do_not_count_for_another(
    app: Recorder, driver: Driver, alice: Person
) -> None:
    app.answer = offer
    bob = driver.user("bob")
    for person in (alice, bob):
        await open_modal(app, person, modal(choice("external_select")))
    await alice.suggest("pick", "Pay", modal=True)
    app.answer = lambda _: {"options": []}
    with pytest.raises(ActionFailed, match="no_such_option: 'db-2' is not among no options at all"):
        await bob.submit(menu="db-2")


async def test_an_initial_option_can_be_chosen_again_without_asking_the_app(
    app: Recorder, alice: Person
) -> None:
    menu = choice("external_select", initial_option=DATABASES[0])
    await open_modal(app, alice, modal(menu))
    await alice.submit(menu="Orders")
    assert app.kinds() == ["view_submission"]


async def test_the_app_is_asked_about_each_of_several_options(app: Recorder, alice: Person) -> None:
    app.answer = offer
    await open_modal(app, alice, modal(choice("multi_external_select")))
    await alice.submit(menu=["db-1", "Payments"])
    asked = [(await app.payload("block_suggestion"))["value"] for _ in range(2)]
    assert asked == ["db-1", "Payments"]
    state = (await app.payload("view_submission"))["view"]["state"]["values"]["menu"]["pick"]
    assert state["selected_options"] == DATABASES


@pytest.mark.parametrize(("least", "asked"), [(None, ["xyz"]), (0, ["", "x", "xyz"]), (2, ["xyz"])])
async def test_the_app_is_asked_from_the_third_letter_unless_it_says_otherwise(
    app: Recorder, alice: Person, least: int | None, asked: list[str]
) -> None:
    more = {} if least is None else {"min_query_length": least}
    app.answer = lambda _: {"options": []}
    await open_modal(app, alice, modal(choice("external_select", **more)))
    for letters in ("", "x", "xyz"):
        await alice.suggest("pick", letters, modal=True)
    assert [(await app.payload("block_suggestion"))["value"] for _ in asked] == asked
    assert app.kinds() == []


async def test_an_app_that_is_not_connected_suggests_nothing(app: Recorder, alice: Person) -> None:
    await open_modal(app, alice, modal(choice("external_select")))
    await app.client.close()
    with pytest.raises(ActionFailed, match="dispatch_failed"):
        await alice.submit(menu="db-1")


async def test_only_external_selects_have_suggestions(app: Recorder, alice: Person) -> None:
    await open_modal(app, alice, modal(text_input()))
    with pytest.raises(ActionFailed, match="not_external: typed is a plain_text_input"):
        await alice.suggest("typed", "abc", modal=True)
