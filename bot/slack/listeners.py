"""Bolt's listeners: payload → request → dispatcher → answer. Each acks after its act is committed, not before.

The app is built with `process_before_response`, so Bolt acks when a listener returns. Slack sends events again if
something failed before the commit.
"""

import asyncio
import re
from collections.abc import Callable
from typing import Any

import structlog
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_bolt.error import BoltUnhandledRequestError
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse
from slack_sdk.webhook.webhook_response import WebhookResponse

from bot.core import deadline
from bot.core.blocks import Block, Message
from bot.core.clock import Clock
from bot.core.metrics import Metrics
from bot.engine.store.codec import OtherReleaseError
from bot.engine.store.errors import OutcomeUnknownError
from bot.incident.commands.registry import SHORTCUTS
from bot.incident.dispatch.answers import Answer
from bot.incident.dispatch.dispatcher import Dispatcher
from bot.incident.domain.policy import Policy
from bot.incident.views import modals, replies
from bot.slack import acks, home, lookup, marking, payloads
from bot.slack.connection import DEFAULT_TIMEOUTS, Timeouts
from bot.slack.errors import NETWORK_ERRORS, REFUSED, reason
from bot.slack.marking import post_ephemeral
from bot.slack.newer_blocks import NewerBlocks, without_memory

COMMAND = "/incident"
FAILED = (
    "That did not work and nothing was changed. Please try again; an operator can find the cause in the log."
)
UNKNOWN = (
    "I cannot tell whether that was recorded: the database connection broke. Look before you do it again: "
    "`/incident list` shows what was declared, `/incident timeline` in a war room what was recorded there."
)
OTHER_RELEASE = (
    "A newer release of me keeps this incident, and I cannot read it: nothing was changed. Please try again; "
    "an operator brings every copy of me up to date."
)
ANSWERED_ASIDE = frozenset({"block_actions", "shortcut", "message_action"})  # their ack carries no answer
NO_FORM = (
    "Slack did not open the form ({}). Please try again, or write it in one line: `/incident help` shows how."
)
NOT_POSTED = "Slack did not let me post that here ({}). Please try again; nobody else has seen it."

log = structlog.get_logger(__name__)


def listen(
    app: AsyncApp,
    dispatcher: Dispatcher,
    policy: Callable[[], Policy],
    now: Clock,
    timeouts: Timeouts = DEFAULT_TIMEOUTS,
    *,
    metrics: Metrics,
    newer: NewerBlocks | None = None,
) -> None:
    """Register a listener for everything that Slack sends according to manifest.yml.

    Args:
        app: where they are registered.
        dispatcher: handles people's acts.
        policy: returns the policy that counts now.
        now: returns the time of an act.
        timeouts: how long an answer may take.
        metrics: counts what has no listener.
        newer: which newer blocks the workspace takes.
    """
    newer = newer or without_memory(now)
    marking.listen(app, dispatcher, policy, now, timeouts, newer=newer)
    tabs = home.listen(app, dispatcher, policy, now, timeouts, newer=newer)

    @app.command(COMMAND)
    async def command(
        ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond
    ) -> None:
        answer = await dispatcher.command(payloads.from_command(body, now(), policy()))
        if answer.view:
            answer = await _open(client, body, answer, timeouts, newer)
        message = _message(answer)
        if message and newer.is_tried(message.blocks) and body.get("response_url"):
            await _say(message, body, client, respond, timeouts, newer=newer)
            message = None
        await ack(**_ephemeral(message))

    @app.block_action(re.compile(".*"))
    async def button(
        ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond
    ) -> None:
        action = body["actions"][0]
        if "url" not in action:  # a link opens by itself
            answer = await dispatcher.button(action["action_id"], payloads.from_button(body, now(), policy()))
            await _answer(answer, body, client, respond, timeouts, newer=newer)
        await ack()

    @app.view(re.compile(".*"))
    async def form(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> BoltResponse | None:
        request = payloads.from_form(body, now(), policy())
        answer = await dispatcher.form(body["view"]["callback_id"], request)
        if answer.refused:
            return acks.refusal(body, answer.refused.message, answer.refused.field)
        if answer.replace:
            await ack(response_action="update", view=acks.plain_view(answer.replace))
        else:
            await ack()
        # It was opened from the Home tab, or by a global shortcut; some forms change nothing that the tab shows.
        if not request.channel and request.metadata.get("home", True):
            tabs.publish_after(client, request)
        return None

    async def shortcut(
        ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond
    ) -> None:
        link = await _link(client, body, timeouts) if body.get("message") else ""
        request = payloads.from_shortcut(body, now(), policy(), link)
        answer = await dispatcher.shortcut(body["callback_id"], request)
        await _answer(answer, body, client, respond, timeouts, newer=newer)
        await ack()

    for callback_id in SHORTCUTS:
        app.shortcut(callback_id)(shortcut)

    @app.error
    async def failed(
        error: Exception, body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond
    ) -> BoltResponse:
        """Answer a failed act: tell the person, or leave the event unacked, so that Slack sends it again."""
        if isinstance(error, BoltUnhandledRequestError):  # an event that nobody needs is not an error
            return acks.unheard(body, metrics)
        text = _what_went_wrong(error)
        try:
            if body.get("type") in ANSWERED_ASIDE:
                await _answer(
                    Answer(message=replies.refusal(text)), body, client, respond, timeouts, newer=newer
                )
        except Exception as another:  # noqa: BLE001  # the last resort: whatever it is, Slack gets its ack
            log.warning("slack.not_answered", error=reason(another))
        finally:  # after the answer: a trigger lives three seconds, and a long traceback takes time
            log.error("slack.listener_failed", kind=body.get("type", "command"), exc_info=error)
        return acks.refusal(body, text) or BoltResponse(status=500)


def _what_went_wrong(error: Exception) -> str:
    if isinstance(error, OutcomeUnknownError):
        return UNKNOWN
    return OTHER_RELEASE if isinstance(error, OtherReleaseError) else FAILED


async def _answer(
    answer: Answer,
    body: dict[str, Any],
    client: AsyncWebClient,
    respond: AsyncRespond,
    timeouts: Timeouts,
    *,
    newer: NewerBlocks,
) -> None:
    if payloads.is_form(body.get("view") or {}):
        await _answer_in_form(answer, body, client, timeouts, newer)
        return
    if answer.view:
        answer = await _open(client, body, answer, timeouts, newer)
    message = _message(answer)
    if message and body.get("response_url"):
        await _say(
            message,
            body,
            client,
            respond,
            timeouts,
            newer=newer,
            in_place=answer.in_place,
            in_channel=answer.in_channel,
        )
    elif message:  # a global shortcut and the Home tab can be answered only in a modal
        await _open(client, body, Answer(view=modals.notice(message.text)), timeouts, newer)


async def _answer_in_form(
    answer: Answer, body: dict[str, Any], client: AsyncWebClient, timeouts: Timeouts, newer: NewerBlocks
) -> None:
    """Answer a press within a form, whose fields keep what was typed. A message is shown above the fields."""
    if answer.view and answer.on_top:
        answer = await _open(client, body, answer, timeouts, newer)
    message, view = _message(answer), body["view"]
    shown = answer.view or (modals.with_answer(view, message.text) if message else None)
    if shown is None:
        return

    async def send(blocks: list[Block]) -> AsyncSlackResponse:
        async with asyncio.timeout(deadline.left(timeouts.answer)):
            return await client.views_update(
                view_id=view["id"], hash=view.get("hash"), view=shown | {"blocks": blocks}
            )

    try:
        await newer.send(shown["blocks"], send)
    except (SlackApiError, *NETWORK_ERRORS) as error:
        log.warning("slack.form_not_updated", error=reason(error))


async def _open(
    client: AsyncWebClient, body: dict[str, Any], answer: Answer, timeouts: Timeouts, newer: NewerBlocks
) -> Answer:
    """Open the form at once, because its trigger lives three seconds; returns what is left to tell the person."""
    view = answer.view or {"blocks": []}

    async def send(blocks: list[Block]) -> AsyncSlackResponse:
        async with asyncio.timeout(deadline.left(timeouts.answer)):
            show = client.views_push if answer.on_top else client.views_open
            return await show(trigger_id=body["trigger_id"], view=view | {"blocks": blocks})

    try:
        await newer.send(view["blocks"], send)
    except (SlackApiError, *NETWORK_ERRORS) as error:
        log.warning("slack.form_not_opened", error=reason(error))
        return Answer(message=replies.refusal(NO_FORM.format(reason(error))))
    return Answer()


async def _say(
    message: Message,
    body: dict[str, Any],
    client: AsyncWebClient,
    respond: AsyncRespond,
    timeouts: Timeouts,
    *,
    newer: NewerBlocks,
    in_place: bool = False,
    in_channel: bool = False,
) -> None:
    """Answer an act at its response URL; if that fails, with an ephemeral message in its channel."""
    shown = _ephemeral(message) | ({"response_type": "in_channel"} if in_channel else {})

    async def send(blocks: list[Block]) -> WebhookResponse:
        async with asyncio.timeout(deadline.left(timeouts.answer)):
            return await respond(**shown | {"blocks": blocks}, replace_original=in_place)

    try:
        answer = await newer.send(message.blocks, send)
        trouble = f"http_{answer.status_code}" if answer.status_code >= REFUSED else ""
    except NETWORK_ERRORS as error:
        trouble = reason(error)
    if trouble:
        log.warning("slack.not_answered", error=trouble)
        if in_channel:
            message = replies.refusal(NOT_POSTED.format(trouble))
        if channel := body.get("channel_id") or body.get("channel", {}).get("id"):
            await post_ephemeral(client, channel, _actor(body), message, timeouts, newer=newer)


async def _link(client: AsyncWebClient, body: dict[str, Any], timeouts: Timeouts) -> str:
    """The marked message's link; empty if Slack does not answer quickly: the act does not wait for it."""
    try:
        async with asyncio.timeout(deadline.left(timeouts.optional)):
            return await lookup.permalink(client, body["channel"]["id"], body["message"]["ts"])
    except TimeoutError:
        return ""


def _actor(body: dict[str, Any]) -> str:
    """Who acts; a command's payload says it in another place."""
    return str(body.get("user_id") or body["user"]["id"])


def _message(answer: Answer) -> Message | None:
    return answer.message or (replies.refusal(answer.refused.message) if answer.refused else None)


def _ephemeral(message: Message | None) -> dict[str, Any]:
    """An answer that only the person sees; empty if there is nothing to say."""
    return acks.ephemeral(message) if message else {}
