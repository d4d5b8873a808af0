"""Reads /metrics with Prometheus' own parser."""

from collections.abc import Iterator

import aiohttp
from prometheus_client.parser import text_string_to_metric_families
from prometheus_client.samples import Sample


def samples(text: str) -> Iterator[Sample]:
    """Every figure, with its name and labels."""
    for family in text_string_to_metric_families(text):
        yield from family.samples


def figure(text: str, sample_name: str, /, **labels: str) -> float:
    """The sum of the figures with this name and these labels; 0 if there are none."""
    return sum(
        sample.value
        for sample in samples(text)
        if sample.name == sample_name and labels.items() <= sample.labels.items()
    )


async def get(port: int, path: str) -> tuple[int, str]:
    """Status and body of the bot's answer."""
    async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{port}{path}") as answer:
        return answer.status, await answer.text()
