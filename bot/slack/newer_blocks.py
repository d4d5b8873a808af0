"""Sends newer blocks to workspaces that take them, and their plain form to those that refuse them.

Slack does not tell beforehand which blocks a workspace takes. So the newer form is tried; if Slack refuses it, the plain
form follows at once, in the same attempt, and the refusal is remembered. After a week the newer form is tried again.
"""

import asyncio
import contextvars
import re
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook import WebhookResponse

from bot.core.blocks import Block
from bot.core.clock import Clock
from bot.core.newer import NewerBlock, form, plain_form
from bot.engine.store import refused_blocks
from bot.engine.store.database import Database
from bot.engine.store.errors import TROUBLE
from bot.engine.store.refused_blocks import TRIED_AGAIN
from bot.slack.errors import REFUSED, code

T = TypeVar("T")
Store = Callable[[frozenset[str], datetime], Awaitable[None]]

# Slack docs, "Errors" of chat.postMessage and views.open; a response URL answers 400 with the first of them.
_REFUSALS = frozenset({"invalid_blocks", "invalid_arguments"})
_POINTER = re.compile(r"\[json-pointer:(?:/view)?/blocks/(\d+)")
_UNKNOWN = re.compile(r"unsupported|not supported|additional property", re.IGNORECASE)

log = structlog.get_logger(__name__)


class NewerBlocks:
    """Which kinds of newer blocks a workspace takes.

    Args:
        clock: the time.
        store: keeps new refusals. Nobody waits for it, and if it fails, the next refusal is stored.
        refused: when each kind was refused last (UTC).
    """

    def __init__(self, clock: Clock, store: Store, refused: Mapping[str, datetime]) -> None:
        self._clock = clock
        self._store = store
        self._refused = dict(refused)
        self._storing: set[asyncio.Task[None]] = set()

    def form(self, blocks: Iterable[Block]) -> list[Block]:
        """The blocks as they are sent now."""
        return form(blocks, self._refused_now())

    def is_tried(self, blocks: Iterable[Block]) -> bool:
        """Whether Slack could refuse the blocks as they are sent now."""
        return any(isinstance(block, NewerBlock) for block in self.form(blocks))

    async def send(self, blocks: Sequence[Block], send: Callable[[list[Block]], Awaitable[T]]) -> T:
        """Send blocks; if Slack refuses them for a newer one, send the plain form at once.

        Args:
            blocks: a message's or a view's.
            send: sends them; it may be called twice, and each time has its own time limit.

        Raises:
            SlackApiError: Slack refuses the plain form too, or for another reason.
        """
        tried = self.form(blocks)
        if not any(isinstance(block, NewerBlock) for block in tried):
            return await send(tried)
        try:
            answer = await send(tried)
        except SlackApiError as error:
            if code(error) not in _REFUSALS:
                raise
            why = _details(error)
        else:
            if not _is_refusal(answer):
                return answer
            why = []
        answer = await send(plain_form(blocks))
        if not _is_refusal(answer):  # so it was the newer form
            self._remember(_refused_kinds(tried, why), why)
        return answer

    def _refused_now(self) -> set[str]:
        now = self._clock()
        return {kind for kind, at in self._refused.items() if now - at < TRIED_AGAIN}

    def _remember(self, kinds: frozenset[str], why: Sequence[str]) -> None:
        if not kinds:
            log.error("slack.newer_block_refused", why=[_POINTER.sub("[…", each) for each in why])
            return
        if kinds <= self._refused_now():
            return  # another message found out at the same time
        now = self._clock()
        log.warning(
            "slack.block_type_refused", types=sorted(map(str, kinds)), tried_again_in_days=TRIED_AGAIN.days
        )
        self._refused |= dict.fromkeys(kinds, now)
        # In a context of its own, because the deadline of the act is not that of the database.
        storing = asyncio.create_task(self._stored(kinds, now), context=contextvars.Context())
        self._storing.add(storing)
        storing.add_done_callback(self._storing.discard)

    async def _stored(self, kinds: frozenset[str], at: datetime) -> None:
        try:
            await self._store(kinds, at)
        except TROUBLE as error:
            log.warning("slack.refusal_not_stored", error=type(error).__name__)


async def load(database: Database, team: str, clock: Clock) -> NewerBlocks:
    """What is known of a workspace, and where it is kept."""

    async def store(kinds: frozenset[str], at: datetime) -> None:
        async with database.writing() as session:
            await refused_blocks.remember(session, team, sorted(kinds), at)

    try:
        async with database.reading() as session:
            refused = await refused_blocks.read(session, team)
    except TROUBLE as error:  # then Slack is asked again
        log.warning("slack.refusals_not_read", error=type(error).__name__)
        refused = {}
    return NewerBlocks(clock, store, refused)


def without_memory(clock: Clock) -> NewerBlocks:
    """For callers without a database: refusals are remembered only while they run."""

    async def forget(_kinds: frozenset[str], _at: datetime) -> None:
        """Keep nothing."""

    return NewerBlocks(clock, forget, {})


def _is_refusal(answer: object) -> bool:
    """Whether it is a response URL's answer to blocks that it does not take. It does not say which."""
    return isinstance(answer, WebhookResponse) and answer.status_code == REFUSED


def _details(error: SlackApiError) -> list[str]:
    """Slack's own words about what is wrong, with JSON pointers."""
    data: Any = error.response.data if hasattr(error.response, "data") else {}
    metadata = data.get("response_metadata") if isinstance(data, dict) else None
    messages = metadata.get("messages") if isinstance(metadata, dict) else None
    return [str(each) for each in messages] if isinstance(messages, list) else []


def _refused_kinds(tried: Sequence[Block], why: Sequence[str]) -> frozenset[str]:
    """The kinds that Slack does not know: those that it points at; without a word, the only one that there is."""
    newer = {at: block.kind for at, block in enumerate(tried) if isinstance(block, NewerBlock)}
    if not why:
        kinds = frozenset(newer.values())
        return kinds if len(kinds) == 1 else frozenset()
    pointed = [
        int(found[1]) for each in why if _UNKNOWN.search(each) for found in [_POINTER.search(each)] if found
    ]
    return frozenset(newer[at] for at in pointed if at in newer)
