"""Calls about links to incidents: previews below messages, and the pane with the details."""

import json

import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.ports.slack.calls import PresentDetails, ShowPreviews
from bot.slack.errors import code

METADATA_MAX = 3000  # bytes of all Work Objects of a message; Slack refuses about 3,400 (not documented)
NO_ENTITIES = frozenset(
    {
        "error_processing_metadata",
        "invalid_metadata_format",
        "invalid_metadata_schema",
        "invalid_arguments",
        "feature_not_enabled",
    }
)

log = structlog.get_logger(__name__)


class Links:
    """Shows what is behind links; as Work Objects, until Slack refuses them once."""

    def __init__(self) -> None:
        self._refused = False

    async def show(self, client: AsyncWebClient, call: ShowPreviews | PresentDetails) -> None:
        """Show the previews of a message, or fill the pane with the details.

        Raises:
            SlackApiError: Slack refuses.
        """
        if isinstance(call, PresentDetails):
            await _present(client, call)
        else:
            await self._show_previews(client, call)

    async def _show_previews(self, client: AsyncWebClient, call: ShowPreviews) -> None:
        """Slack shows the Work Object of a link instead of its blocks, if it has both."""
        unfurls = {address: {"blocks": blocks} for address, blocks in call.blocks.items()}
        entities = [] if self._refused else _that_fit(call.entities)
        if entities:
            metadata = {"entities": entities}
            try:
                await client.chat_unfurl(channel=call.channel, ts=call.ts, unfurls=unfurls, metadata=metadata)
            except SlackApiError as error:
                if code(error) not in NO_ENTITIES:
                    raise
                self._refused = True
                log.warning(
                    "slack.no_work_objects", error=code(error), hint="links are shown with plain previews"
                )
            else:
                return
        await client.chat_unfurl(channel=call.channel, ts=call.ts, unfurls=unfurls)


async def _present(client: AsyncWebClient, call: PresentDetails) -> None:
    """Fill the pane, or say that there is no such thing."""
    if call.entity is None:
        await client.entity_presentDetails(trigger_id=call.trigger, error={"status": "not_found"})
    else:
        await client.entity_presentDetails(trigger_id=call.trigger, metadata=call.entity)


def _that_fit(entities: list[dict[str, object]]) -> list[dict[str, object]]:
    """The first ones, as many as Slack accepts together."""
    fitting: list[dict[str, object]] = []
    room = METADATA_MAX
    for entity in entities:
        room -= len(json.dumps(entity, ensure_ascii=False).encode())
        if room < 0:
            break
        fitting.append(entity)
    return fitting
