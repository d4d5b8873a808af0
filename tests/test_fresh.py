"""What a fresh machine does: it downloads, and builds and runs the image, for which it must be root on Debian."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError

import pytest
from packaging.markers import Marker

from tests.web.conftest import free_port
from tests.wheels import index, installed, made_up

pytestmark = [pytest.mark.fresh, pytest.mark.timeout(900)]

TOP = Path(__file__).parent.parent
LEFT_OUT = shutil.ignore_patterns(
    ".git", ".venv", "__pycache__", ".*_cache", ".hypothesis", "dist", "*.db*", ".env"
)


def says(lock: str) -> dict[str, str]:
    """The packages that a lock file asks for on this machine, except pip, which may be in `.venv` anyway."""
    lines = re.findall(r"^([\w-]+)==(\S+)(?: ; (.*?))? \\$", (TOP / lock).read_text(), re.MULTILINE)
    asked = {name: version for name, version, marker in lines if not marker or Marker(marker).evaluate()}
    return {name: version for name, version in asked.items() if name != "pip"}


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    return Path(shutil.copytree(TOP, tmp_path / "checkout", ignore=LEFT_OUT))


@pytest.fixture(scope="module")
def later(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package index on a later day, when each package has had a newer release."""
    folder = tmp_path_factory.mktemp("later")
    command = [
        "pip",
        "download",
        "--quiet",
        "--no-deps",
        "--require-hashes",
        "-r",
        "requirements.lock",
        "--dest",
    ]
    subprocess.run([sys.executable, "-m", *command, folder], cwd=TOP, check=True)  # noqa: S603  # our own arguments
    for wheel in list(folder.iterdir()):
        package = folder / wheel.name.partition("-")[0].lower().replace("_", "-")
        package.mkdir(exist_ok=True)
        wheel.rename(package / wheel.name)
    for name in says("requirements.lock"):
        made_up(folder, name, "999")
    return folder


@pytest.mark.parametrize("tool", ["uv", "pip"])
def test_on_a_later_day_the_same_lock_is_installed(tool: str, later: Path, checkout: Path) -> None:
    expected = says("requirements.lock")
    if tool == "pip":
        later = Path(
            shutil.copytree(later, checkout.parent / "without-uv", ignore=shutil.ignore_patterns("uv"))
        )
        del expected["uv"]
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("PIP_", "UV_"))}
    environment |= {"HOME": str(checkout.parent), "PIP_CONFIG_FILE": os.devnull}
    with index(later) as address:
        done = subprocess.run(
            ["make", "install"],  # noqa: S607  # the make of this machine
            cwd=checkout,
            env=environment | {"PIP_INDEX_URL": address},
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
    assert ("pip does the same" in done.stdout) == (tool == "pip"), done.stdout
    assert installed(checkout) == expected
    subprocess.run([".venv/bin/warroom", "drill", "checkout-outage"], cwd=checkout, check=True)


@contextmanager
def practice(checkout: Path) -> Iterator[float]:
    """Run `make practice` until the end of the block. Returns the seconds until its page answered."""
    begun = time.monotonic()
    port = free_port()
    with subprocess.Popen(  # noqa: S603  # our own arguments
        ["make", "practice", f"PORT={port}", f"PYTHON={sys.executable}"],  # noqa: S607  # the make of this machine
        cwd=checkout,
        env={**os.environ, "HOME": str(checkout.parent)},
        start_new_session=True,
    ) as process:
        try:
            while process.poll() is None and not _answers(port):
                time.sleep(0.05)
            assert process.poll() is None
            yield time.monotonic() - begun
        finally:
            os.killpg(process.pid, signal.SIGINT)


def _answers(port: int) -> bool:
    try:
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(
            f"http://127.0.0.1:{port}/"
        ) as page:
            return bool(page.status == 200)
    except URLError:
        return False


def test_a_fresh_checkout_with_an_empty_home_opens_the_practice_page(
    checkout: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with practice(checkout) as first:
        pass
    assert installed(checkout) == {**says("requirements-run.lock"), "uv": says("requirements.lock")["uv"]}
    with practice(checkout) as second:
        pass
    with capsys.disabled():
        print(f"\npractice page: {first:.1f} s in a fresh checkout, {second:.1f} s at the second start")  # noqa: T201  # figures
    assert second < first


@pytest.mark.parametrize("python", ["3.11", "3.12", "3.13", "3.14"])
@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-run.lock"])
def test_each_python_finds_a_wheel_of_every_package(lock: str, python: str, tmp_path: Path) -> None:
    command = [
        "uv",
        "pip",
        "install",
        "--dry-run",
        "--quiet",
        "--only-binary=:all:",
        "--no-deps",
        "--require-hashes",
    ]
    subprocess.run(  # noqa: S603  # our own arguments
        [
            TOP / ".venv/bin" / command[0],
            *command[1:],
            "--python-version",
            python,
            "--target",
            tmp_path,
            "-r",
            lock,
        ],
        cwd=TOP,
        env={"UV_SYSTEM_CERTS": "true", **os.environ},
        check=True,
    )
