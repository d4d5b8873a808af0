"""Whatever an app sends, it gets an answer of Slack's and the sandbox does not crash."""

import asyncio
from typing import Any

import aiohttp
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from bot.sandbox import Sandbox
from bot.sandbox.api.catalogue import common_errors, methods
from bot.sandbox.blocks import validate
from bot.sandbox.blocks.rules import BLOCKS
from bot.sandbox.blocks.rules_elements import ELEMENTS
from bot.sandbox.core.errors import SlackError
from bot.sandbox.messages import posting
from bot.sandbox.people.act import ACTIONS
from tests.sandbox.blocks import actions, button, modal, option, text_input
from tests.sandbox.forms import choice
from tests.sandbox.manifest import MANIFEST

#: Shrinking would need a sandbox for each example, which takes too long; the seed that failed is printed anyway.
NO_SHRINKING = (Phase.explicit, Phase.reuse, Phase.generate)

SCALARS = st.none() | st.booleans() | st.integers(-5, 5) | st.text(max_size=5)
TYPES = st.sampled_from([*BLOCKS, *ELEMENTS, "plain_text", "mrkdwn", "modal", "home"])
NAMES = st.sampled_from(
    [
        "type",
        "text",
        "fields",
        "elements",
        "element",
        "accessory",
        "options",
        "option_groups",
        "initial_option",
        "initial_options",
        "label",
        "rows",
        "block_id",
        "action_id",
        "blocks",
        "title",
        "operation",
        "document_content",
        "id",
    ]
)
ANYTHING = st.recursive(
    SCALARS | TYPES,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(NAMES, inner, max_size=4)
        | st.builds(
            lambda kind, rest: {**rest, "type": kind}, TYPES, st.dictionaries(NAMES, inner, max_size=4)
        )
    ),
    max_leaves=12,
)


def refused_properly(check: Any, value: Any) -> bool:
    """Check that the value is accepted or refused; any other exception fails the test."""
    try:
        check(value)
    except SlackError as refusal:
        return bool(refusal.extra["response_metadata"]["messages"])
    return True


@settings(max_examples=200, deadline=None)
@given(ANYTHING)
def test_any_blocks_and_any_view_are_shown_or_refused(value: Any) -> None:
    assert refused_properly(validate.check_message_blocks, value)
    assert refused_properly(validate.check_message_blocks, [value])
    assert refused_properly(validate.check_view, value)


DETAILS = st.fixed_dictionaries(
    {
        "action": st.sampled_from([*ACTIONS, "fly"]),
        "channel": st.sampled_from(["general", "random", "nowhere", "@bob", None]),
        "ts": st.sampled_from(["posted", "whispered", "none"]),
    },
    optional={
        "text": ANYTHING,
        "value": ANYTHING,
        "values": ANYTHING | st.dictionaries(st.sampled_from(["name", "menu", "pick", "x"]), ANYTHING),
        "action_id": st.sampled_from(["press", "pick", "typed", "more"]) | ANYTHING,
        "block_id": st.sampled_from(["name", "menu"]) | ANYTHING,
        "modal": st.booleans(),
        "home": st.booleans(),
        "target": st.sampled_from(["bob", "helper"]) | ANYTHING,
        "name": st.sampled_from(["eyes", "fire"]) | ANYTHING,
        "role": st.sampled_from(["guest", "single_channel_guest"]) | ANYTHING,
        "to": st.sampled_from(["random", "@bob"]) | ANYTHING,
        "callback_id": st.sampled_from(["global_help", "message_help"]) | ANYTHING,
        "command": st.sampled_from(["/help-me", "help-me"]) | ANYTHING,
        "filename": ANYTHING,
        "content": ANYTHING,
        "view_id": ANYTHING,
    },
)


async def outcomes_of(acts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The outcomes of everything that alice tries in a workspace with a message, an ephemeral message and a modal."""
    sandbox = await Sandbox.start(manifest=MANIFEST, rate_limits=False)
    workspace, alice = sandbox.workspace, sandbox.users["alice"]
    channel = workspace.channels[sandbox.channels["general"]]
    more = {"type": "overflow", "action_id": "more", "options": [option("a")]}
    blocks = [
        actions(button(), {"type": "static_select", "action_id": "pick", "options": [option("a")]}, more)
    ]
    content = {"text": "x", "blocks": blocks}
    stamps = {
        "posted": posting.post(workspace, channel, posting.app_author(workspace), content)["ts"],
        "whispered": posting.post_ephemeral(workspace, channel, alice, content)["ts"],
        "none": "1.000000",
    }
    kinds = ["datetimepicker", "multi_users_select", "number_input", "checkboxes", "rich_text_input"]
    outcomes = []
    for number, details in enumerate(acts):
        menu = choice(kinds[number % len(kinds)], options=[option("a")])
        workspace.views.open(alice, modal(text_input(), menu))
        outcomes.append(await sandbox.act({**details, "user": "alice", "ts": stamps[details["ts"]]}))
        sandbox.see("alice", channel.id, stamps["posted"])  # by its id, because its name may have changed
    await sandbox.stop()
    return outcomes


@settings(max_examples=30, deadline=None, phases=NO_SHRINKING)
@given(st.lists(DETAILS, min_size=15, max_size=15))
def test_everything_that_a_person_tries_has_an_outcome(acts: list[dict[str, Any]]) -> None:
    for outcome in asyncio.run(outcomes_of(acts)):
        assert outcome["ok"] is (outcome["error"] is None)


CALLS = st.lists(
    st.sampled_from(sorted(methods())).flatmap(
        lambda name: st.tuples(
            st.just(name),
            st.fixed_dictionaries(
                {}, optional={argument.name: ANYTHING for argument in methods()[name].arguments}
            ),
        )
    ),
    min_size=20,
    max_size=20,
)


async def answers_to(calls: list[tuple[str, dict[str, Any]]]) -> list[tuple[str, int, dict[str, Any]]]:
    """The status and the body of every call, made one after another in a new sandbox."""
    sandbox = await Sandbox.start(manifest=MANIFEST, rate_limits=False)
    answers = []
    async with aiohttp.ClientSession() as http:
        for name, arguments in calls:
            token = sandbox.app_token if name == "apps.connections.open" else sandbox.bot_token
            headers = {"Authorization": f"Bearer {token}"}
            if "channel" in arguments:
                arguments["channel"] = sandbox.channels["general"]
            async with http.post(sandbox.base_url + name, headers=headers, json=arguments) as answer:
                is_json = answer.content_type == "application/json"
                answers.append((name, answer.status, await answer.json() if is_json else {}))
    await sandbox.stop()
    return answers


@settings(max_examples=25, deadline=None, phases=NO_SHRINKING)
@given(CALLS)
def test_any_arguments_are_answered_as_documented(calls: list[tuple[str, dict[str, Any]]]) -> None:
    for name, status, body in asyncio.run(answers_to(calls)):
        assert status == 200, name
        documented = methods()[name].errors | common_errors()
        assert body["ok"] or body["error"] in documented or name == "api.test", (name, body)
