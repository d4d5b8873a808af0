"""`warroom sandbox`: a workspace without the bot."""

import asyncio
import json
import signal
import sys
from pathlib import Path

import aiohttp
import pytest

from tests.cli.command import run


async def _until_listening(*words: str) -> tuple[asyncio.subprocess.Process, str]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "sandbox", *words), stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout
    async with asyncio.timeout(30):
        return process, (await process.stdout.readline()).decode()


async def test_the_sandbox_first_prints_one_json_object_with_all_that_an_app_needs(tmp_path: Path) -> None:
    people = tmp_path / "workspace.yml"
    people.write_text("users: [{name: zoe}]\nchannels: [{name: ops, members: [zoe]}]\n")
    process, first = await _until_listening("--port", "0", "--json", "--workspace", str(people))
    told = json.loads(first)
    assert set(told["users"]) == {"zoe"}
    headers = {"Authorization": f"Bearer {told['bot_token']}"}
    async with aiohttp.ClientSession(headers=headers) as session:
        async with session.post(told["base_url"] + "auth.test") as answer:
            assert (await answer.json())["user_id"] == told["bot_user_id"]
        async with session.get(
            told["control_url"] + "see", params={"user": "zoe", "channel": "ops"}
        ) as answer:
            assert (await answer.json())["channel"]["id"] == told["channels"]["ops"]
    process.send_signal(signal.SIGTERM)
    assert await process.wait() == 0


@pytest.mark.parametrize(
    ("option", "content", "told"),
    [
        ("--manifest", "a: [", "is no YAML"),
        ("--manifest", "just text", "is no app manifest"),
        ("--workspace", "users: 7", "users"),
    ],
)
def test_an_invalid_file_for_the_sandbox_is_reported(
    tmp_path: Path, option: str, content: str, told: str
) -> None:
    file = tmp_path / "file.yml"
    file.write_text(content)
    status, output = run("sandbox", "--port", "0", option, str(file))
    assert (status, told in output) == (2, True)
    status, output = run("sandbox", "--port", "0", option, str(tmp_path / "missing.yml"))
    assert (status, "missing.yml" in output) == (2, True)
