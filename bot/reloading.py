"""Policy and templates are read anew while the bot works. Settings from the environment are not."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Any

import structlog

from bot.config import Settings
from bot.core.current import Current
from bot.core.template_sources import Sources
from bot.core.templates import OnBroken
from bot.incident.effects.installation import Installation
from bot.starting import InstallationError, load_installation

CHANGES_MAX = 20  # that are named in one line of the log

log = structlog.get_logger(__name__)


async def reload(settings: Settings, current: Current[Installation], on_broken: OnBroken) -> str:
    """Read policy and templates anew, and let them count from now on; if they have mistakes, the old ones stay.

    Acts under way keep what they began with.

    Args:
        settings: where policy and templates are.
        current: what counts.
        on_broken: called when a template turns out to be broken later.

    Returns:
        A sentence about what came of it.
    """
    try:
        # In a thread, because reading and trying them takes long enough to delay acks.
        loaded = await asyncio.to_thread(load_installation, settings, on_broken)
    except InstallationError as error:
        log.error("policy.not_reloaded", kept="the old policy and templates", mistakes=str(error))  # noqa: TRY400  # a person has made it
        return f"Nothing was reloaded:\n{error}"
    except Exception:
        log.exception("policy.not_reloaded", kept="the old policy and templates")
        return "Nothing was reloaded, because of a fault of mine: the log has it."
    before = current()
    changes = [
        *_differences(before.written, loaded.written),
        *_differences(_contents(before), _contents(loaded)),
    ]
    if changes:
        renewed = replace(
            before, templates=loaded.templates, written=loaded.written, sections=loaded.sections
        )
        same = loaded.policy == before.policy
        current.replace(renewed if same else replace(renewed, policy=loaded.policy))
    log.info("policy.reloaded", changed=changes[:CHANGES_MAX], more=max(len(changes) - CHANGES_MAX, 0))
    return f"Reloaded. Changed: {', '.join(changes) or 'nothing'}."


async def reload_when_told(told: asyncio.Event, reload_now: Callable[[], Awaitable[object]]) -> None:
    """Reload each time that the event is set, one after the other; what is told meanwhile is done once more."""
    while True:
        await told.wait()
        told.clear()
        await reload_now()


def _contents(installation: Installation) -> Mapping[str, Any]:
    own: Sources = installation.templates.own
    return {name: source.content for name, source in own.items()}


def _differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """The names under which there is something else now."""
    there = {**before, **after}
    return [name for name in there if (name in before, before.get(name)) != (name in after, after.get(name))]
