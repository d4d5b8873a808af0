"""The image is built from the Dockerfile and run against a sandbox, without an engine and without pulling an image.

Debian's buildah builds and runs without a daemon. The base image is made here from Debian's packages. It needs root.
`docs/decisions/0008-exact-lock-files.md` gives the reasons.
"""

import asyncio
import json
import os
import re
import shutil
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.sandbox.driver import Driver
from tests.cli.process import Bot, settings, workspace
from tests.test_fresh import says
from tests.web.conftest import free_port

pytestmark = [pytest.mark.fresh, pytest.mark.timeout(600)]

TOP = Path(__file__).parent.parent
SUITE = "trixie"  # the Debian release with the Python of the Dockerfile
TRUSTED = "/etc/ssl/certs/ca-certificates.crt"  # trusted by the base image too, for proxies
PACKAGES = "python3-venv,python-is-python3,ca-certificates"


class Builder:
    """buildah, with its own store."""

    def __init__(self, folder: Path) -> None:
        self._store = ("--root", str(folder / "root"), "--runroot", str(folder / "run"))

    def command(self, verb: str, *words: str) -> list[str]:
        """The command line."""
        isolated = ("--isolation", "chroot") if verb in {"build", "run"} else ()
        return ["buildah", *self._store, verb, *isolated, *words]

    def __call__(self, verb: str, *words: str) -> str:
        """Run it. Returns its output."""
        command = self.command(verb, *words)
        return subprocess.run(command, cwd=TOP, check=True, stdout=subprocess.PIPE, text=True).stdout.strip()  # noqa: S603  # our own arguments


@pytest.fixture(scope="module")
def builder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Builder]:
    """With a base image of Debian's packages, and the image built on it."""
    folder = tmp_path_factory.mktemp("images")
    archive = str(folder / "base.tar")
    hook = f"--customize-hook=upload {TRUSTED} {TRUSTED}"
    debian = ["mmdebstrap", "--quiet", "--variant=minbase", f"--include={PACKAGES}", hook, SUITE, archive]
    subprocess.run(debian, check=True)  # noqa: S603  # our own arguments
    buildah = Builder(folder)
    empty = buildah("from", "scratch")
    buildah("add", empty, archive, "/")
    buildah("commit", "--rm", empty, "localhost/base")
    buildah(
        "build",
        "--format=docker",
        "--pull-never",
        "--build-arg=BASE=localhost/base",
        "--tag=localhost/warroom",
        ".",
    )
    yield buildah
    buildah("rm", "--all")
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def container(builder: Builder) -> str:
    return builder("from", "--pull-never", "localhost/warroom")


def test_the_image_contains_the_packages_of_the_lock_and_runs_without_root(
    builder: Builder, container: str
) -> None:
    code = (
        "import importlib.metadata as m, json, os, sys; print(json.dumps([os.getuid(), os.getcwd(), "
        "sys.version, {d.metadata['Name']: d.version for d in m.distributions()}]))"
    )
    user, folder, version, found = json.loads(builder("run", container, "--", "python", "-c", code))
    assert (user, folder) == (10001, "/data")
    asked = re.search(r"BASE=python:([\d.]+)", (TOP / "Dockerfile").read_text())
    assert asked
    assert version.startswith(asked[1])
    named = {name.lower().replace("_", "-"): at for name, at in found.items()}
    assert named.keys() - {"pip", "warroom"} == says("requirements-run.lock").keys()
    assert named.items() >= says("requirements-run.lock").items()


async def test_the_image_starts_serves_and_stops_on_sigterm(builder: Builder, container: str) -> None:
    config = json.loads(builder("inspect", "--type=image", "localhost/warroom"))["Docker"]["config"]
    sandbox = await workspace()
    port = str(free_port())
    given = [f"--env={name}={value}" for name, value in {**settings(sandbox), "PORT": port}.items()]

    async def inside(*words: str) -> asyncio.subprocess.Process:
        command = builder.command("run", *given, container, "--", *words)
        return await asyncio.create_subprocess_exec(*command, stderr=asyncio.subprocess.PIPE, limit=2**20)

    assert await (await inside("warroom", "doctor")).wait() == 0
    process = await inside(*config["Cmd"])
    running = Bot(process)
    async with Driver(sandbox.control_url) as driver, asyncio.timeout(60):
        await running.says("warroom.ready")
        assert await (await inside(*config["Healthcheck"]["Test"][1:])).wait() == 0
        alice = driver.user("alice")
        await alice.command("general", "/incident", "declare sev1 checkout is failing")
        await alice.until(
            lambda seen: any(c["name"].startswith("inc-1") and c["is_member"] for c in seen["channels"])
        )
        os.kill(_innermost(process.pid), signal.Signals[config["StopSignal"]])
        _, rest = await process.communicate()
        assert process.returncode == 0, rest.decode()
    await sandbox.stop()


def _innermost(process: int) -> int:
    """The last process of a chain in which each is the only child of the one before: what buildah runs."""
    tasks = Path(f"/proc/{process}/task").glob("*/children")  # any of its threads may have started it
    children = [int(child) for task in tasks for child in task.read_text().split()]
    return _innermost(children[0]) if children else process
