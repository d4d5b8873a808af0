"""An initial option is one of the options, with or without the defaults written out."""

from typing import Any

import pytest

from tests.sandbox.blocks import actions, modal, mrkdwn, option, plain
from tests.sandbox.problems import problems_of_blocks, problems_of_view


def test_an_initial_option_may_leave_out_a_default_that_the_option_has() -> None:
    """`emoji` is true where it is left out, and `verbatim` false."""
    spelled = {"text": {**plain("One"), "emoji": True}, "value": "one"}
    bare = {"text": plain("One"), "value": "one"}
    for chosen, offered in ((bare, spelled), (spelled, bare)):
        menu = {"type": "static_select", "options": [offered], "initial_option": chosen}
        assert problems_of_blocks(actions(menu)) == []
    loud = {"text": {**plain("One"), "emoji": False}, "value": "one"}
    assert problems_of_blocks(actions({"type": "static_select", "options": [bare], "initial_option": loud}))


def with_defaults(choice: dict[str, Any]) -> dict[str, Any]:
    """The same option with every default written out."""
    default = {"plain_text": {"emoji": True}, "mrkdwn": {"verbatim": False}}
    texts = {name: {**choice[name], **default[choice[name]["type"]]} for name in choice.keys() - {"value"}}
    return {**choice, **texts}


@pytest.mark.parametrize("kind", ["static_select", "multi_static_select", "radio_buttons", "checkboxes"])
@pytest.mark.parametrize("spelled", ["in the option", "in the initial one"])
def test_an_initial_option_is_the_same_with_and_without_its_defaults(kind: str, spelled: str) -> None:
    bare = {**option("a"), "description": plain("more")}
    if kind in {"radio_buttons", "checkboxes"}:
        bare = {"text": mrkdwn("*a*"), "value": "a", "description": plain("more")}
    offered, chosen = (
        (with_defaults(bare), bare) if spelled == "in the option" else (bare, with_defaults(bare))
    )
    initial = (
        {"initial_option": chosen}
        if "multi" not in kind and kind != "checkboxes"
        else {"initial_options": [chosen]}
    )
    element = {"type": kind, "action_id": "pick", "options": [offered], **initial}
    block = {"type": "input", "label": plain("Menu"), "element": element}
    assert problems_of_view(modal(block)) == []
    element["options"] = [{**offered, "text": plain("another")}]
    assert "must be one of the provided options" in problems_of_view(modal(block))[0]


def test_an_initial_option_is_the_same_in_a_group() -> None:
    group = {"label": plain("Letters"), "options": [with_defaults(option("a"))]}
    element = {"type": "static_select", "option_groups": [group], "initial_option": option("a")}
    assert problems_of_blocks(actions(element)) == []
    no_emoji = {**option("a"), "text": {**plain("A"), "emoji": False}}
    assert problems_of_blocks(actions({**element, "initial_option": no_emoji})) != []
