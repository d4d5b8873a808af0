"""The Dockerfile and compose.yml, as far as they can be tested without a container engine: their own lines are run."""

import json
import os
import re
import shutil
import subprocess
import sys
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.cli.process import bot, workspace
from tests.web.conftest import free_port

TOP = Path(__file__).parent.parent


def _lines() -> list[tuple[str, str]]:
    """Each instruction with its arguments."""
    text = re.sub(r"\\\n\s*", "", (TOP / "Dockerfile").read_text())
    return [
        (line.split(maxsplit=1)[0], line.split(maxsplit=1)[1])
        for line in text.splitlines()
        if line and not line.startswith("#")
    ]


def _all(name: str) -> list[str]:
    return [arguments for instruction, arguments in _lines() if instruction == name]


def _copied() -> list[str]:
    return [
        source
        for arguments in _all("COPY")
        if not arguments.startswith("--from")
        for source in arguments.split()[:-1]
    ]


def test_copied_files_exist_and_reach_the_builder_and_no_secret_does() -> None:
    rules = [line for line in (TOP / ".dockerignore").read_text().splitlines() if not line.startswith("#")]

    def reaches(name: str) -> bool:
        hidden = False
        for rule in rules:
            if fnmatch(name, rule.removeprefix("!")):
                hidden = not rule.startswith("!")
        return not hidden

    for name in _copied():
        assert (TOP / name).exists(), name
        assert reaches(name), name
    assert not [name for name in (".env", ".git", "warroom.db", "tests", ".venv") if reaches(name)]


def test_warroom_installs_completely_from_the_copied_files(tmp_path: Path) -> None:
    source, target = tmp_path / "src", tmp_path / "installed"
    source.mkdir()
    for name in _copied():
        if (TOP / name).is_dir():
            shutil.copytree(TOP / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(TOP / name, source / name)
    install = next(line for line in _all("RUN") if line.endswith("--no-build-isolation ."))
    pip = install.replace("/opt/warroom/bin/pip", f"{sys.executable} -m pip").split()
    subprocess.run([*pip, "--quiet", "--target", str(target)], cwd=source, check=True)  # noqa: S603  # our own command
    assert (target / "bin" / "warroom").exists()
    assert (target / "bot" / "manifest.yml").exists()
    assert (target / "bot" / "templates" / "postmortem.md.j2").exists()
    assert (target / "bot" / "policy.yml").exists()
    assert list((target / "bot" / "engine" / "store" / "migrations" / "versions").glob("0001*"))


def test_the_image_runs_without_root_and_receives_sigterm() -> None:
    names = [name for name, _ in _lines()]
    assert names.index("USER") < names.index("CMD")
    assert _all("USER") == ["warroom"]
    assert json.loads(_all("CMD")[0]) == ["warroom", "run"]  # as a list: a shell would keep SIGTERM to itself
    assert "--require-hashes -r requirements-run.lock" in " ".join(_all("RUN"))


async def test_the_health_check_distinguishes_a_running_bot_from_a_dead_one(tmp_path: Path) -> None:
    words = json.loads(_all("HEALTHCHECK")[0].partition("CMD ")[2])
    port = str(free_port())
    environment = {**os.environ, "PORT": port, "http_proxy": "http://127.0.0.1:1"}  # which must not be used

    def check() -> int:
        return subprocess.run(  # noqa: S603  # our own command
            [sys.executable, *words[1:]], env=environment, capture_output=True, check=False
        ).returncode

    sandbox = await workspace()
    async with bot(sandbox, tmp_path, PORT=port, HOST="127.0.0.1") as running:
        await running.says("warroom.ready")
        assert check() == 0
        await running.stop()
    assert check() != 0
    await sandbox.stop()


@pytest.fixture
def compose() -> dict[str, Any]:
    """compose.yml."""
    found: dict[str, Any] = yaml.safe_load((TOP / "compose.yml").read_text())
    return found


def test_compose_starts_two_replicas_on_a_database_that_is_ready(compose: dict[str, Any]) -> None:
    warroom, database = compose["services"]["warroom"], compose["services"]["database"]
    assert warroom["deploy"]["replicas"] == 2
    assert warroom["depends_on"] == {"database": {"condition": "service_healthy"}}
    assert database["healthcheck"]["test"][0] == "CMD"
    assert {service["restart"] for service in compose["services"].values()} == {"unless-stopped"}
    assert int(warroom["stop_grace_period"].removesuffix("s")) > 10
    kept = {volume.partition(":")[0] for volume in database["volumes"]}
    assert kept == set(compose["volumes"])


def test_compose_contains_no_secret(compose: dict[str, Any]) -> None:
    warroom, database = compose["services"]["warroom"], compose["services"]["database"]
    assert warroom["env_file"] == ".env"
    assert database["environment"]["POSTGRES_PASSWORD"].startswith("${POSTGRES_PASSWORD:?")
    assert ":${POSTGRES_PASSWORD:?" in warroom["environment"]["DATABASE_URL"]
    assert "xoxb" not in (TOP / "compose.yml").read_text()
