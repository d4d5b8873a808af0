"""The sandbox accepts requests from this machine only."""

import aiohttp
import pytest

from bot.sandbox import Sandbox


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Host": "localhost"}, 200),
        ({"Host": "evil.example"}, 403),
        ({"Host": "evil.example:80"}, 403),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
    ],
)
async def test_requests_from_other_sites_are_refused(
    sandbox: Sandbox, http: aiohttp.ClientSession, headers: dict[str, str], status: int
) -> None:
    async with http.get(sandbox.control_url + "see?user=alice", headers=headers) as answer:
        assert answer.status == status


async def test_requests_from_its_own_page_are_accepted(sandbox: Sandbox, http: aiohttp.ClientSession) -> None:
    headers = {"Origin": sandbox.page_url.rstrip("/")}
    async with http.post(sandbox.control_url + "reset", headers=headers) as answer:
        assert answer.status == 200
