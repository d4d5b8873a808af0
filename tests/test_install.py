"""`.ci/install.py` installs exactly what the lock says, today and on any later day, with uv and without.

A minimal project with its own locks is installed from an index on loopback: nothing is downloaded.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest

from tests.wheels import index, installed, locked, made_up, repacked

TOP = Path(__file__).parent.parent
BUILDER = ("hatchling", "packaging", "pathspec", "pluggy", "tomlkit", "trove-classifiers")
PROJECT = """
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"
[project]
name = "warroom"
version = "1"
[tool.hatch.build]
dev-mode-dirs = ["."]
[tool.hatch.build.targets.wheel]
packages = ["bot"]
"""


class Checkout:
    """A fresh checkout and an empty home directory."""

    def __init__(self, folder: Path, package_index: Path) -> None:
        self.top, self.package_index = folder / "checkout", package_index
        (self.top / "bot").mkdir(parents=True)
        (self.top / "bot" / "__init__.py").touch()
        (self.top / "pyproject.toml").write_text(PROJECT)
        (self.top / ".ci").mkdir()
        shutil.copy(TOP / ".ci" / "install.py", self.top / ".ci")
        self.locks("2.1")

    def locks(self, sqlalchemy: str) -> None:
        """Write both lock files."""
        run = [self._only(name) for name in BUILDER] + [self._only("sqlalchemy", sqlalchemy)]
        test = [self._only("coverage", "7.17"), self._only("pytest-cov", "7.1")]
        uv = [self._only("uv")] if (self.package_index / "uv").exists() else []
        (self.top / "requirements-run.lock").write_text(locked(*run))
        (self.top / "requirements.lock").write_text(locked(*run, *test, *uv))

    def _only(self, name: str, version: str = "") -> Path:
        found = (self.package_index / name).glob(f"*-{version}*.whl")
        return next(wheel for wheel in found if "-999-" not in wheel.name)

    def install(self, what: str, address: str) -> subprocess.CompletedProcess[str]:
        """Run `.ci/install.py` with this index."""
        ours = {key: value for key, value in os.environ.items() if not key.startswith(("PIP_", "UV_"))}
        pip = {"PIP_CONFIG_FILE": os.devnull, "PIP_INDEX_URL": address, "PIP_RETRIES": "0"}
        return subprocess.run(  # noqa: S603  # our own arguments
            [sys.executable, ".ci/install.py", what],
            cwd=self.top,
            env={**ours, **pip, "UV_HTTP_RETRIES": "0", "HOME": str(self.top.parent)},
            capture_output=True,
            text=True,
            check=False,
        )

    @property
    def holds(self) -> dict[str, str]:
        """The packages in `.venv`, without warroom itself."""
        return installed(self.top)

    def says(self, lock: str) -> dict[str, str]:
        """The packages of a lock file."""
        return dict(re.findall(r"^([\w-]+)==(\S+)", (self.top / lock).read_text(), re.MULTILINE))


@pytest.fixture(scope="module")
def package_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index one year later: every package has a newer release."""
    folder = tmp_path_factory.mktemp("index")
    for name in BUILDER:
        repacked(folder, name)
        made_up(folder, name, "999")
    for version in ("2.1", "2.2", "999"):
        made_up(folder, "sqlalchemy", version)
    for version in ("7.17", "999"):
        made_up(folder, "coverage", version)
    made_up(folder, "pytest-cov", "7.1", "coverage[toml]>=7.10.6", "sqlalchemy[asyncio]>=2")
    return folder


@pytest.fixture(scope="module")
def package_index_with_uv(package_index: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("with-uv")
    try:
        repacked(folder, "uv")
    except PackageNotFoundError:
        pytest.skip("this machine was set up by pip: there is no uv for it")
    return Path(shutil.copytree(package_index, folder, dirs_exist_ok=True))


@pytest.fixture
def by_uv(package_index_with_uv: Path, tmp_path: Path) -> Iterator[tuple[Checkout, str]]:
    with index(package_index_with_uv) as address:
        yield Checkout(tmp_path, package_index_with_uv), address


@pytest.fixture
def by_pip(package_index: Path, tmp_path: Path) -> Iterator[tuple[Checkout, str]]:
    with index(package_index) as address:
        yield Checkout(tmp_path, package_index), address


def test_newer_releases_change_nothing(by_uv: tuple[Checkout, str]) -> None:
    checkout, address = by_uv
    done = checkout.install("all", address)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "pip does the same" not in done.stdout
    assert checkout.holds == checkout.says("requirements.lock")
    assert checkout.holds["coverage"] == "7.17"


def test_without_uv_pip_does_the_same(by_pip: tuple[Checkout, str]) -> None:
    checkout, address = by_pip
    lock = checkout.top / "requirements.lock"
    lock.write_text(lock.read_text() + "uv==1.0 \\\n    --hash=sha256:" + "0" * 64 + "\n")
    done = checkout.install("all", address)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "not by uv (ERROR: No matching distribution found for uv==1.0); pip does the same" in done.stdout
    assert checkout.holds == {
        name: at for name, at in checkout.says("requirements.lock").items() if name != "uv"
    }
    assert checkout.install("all", "http://127.0.0.1:9/").stdout == ""


def test_run_installs_only_its_lock_and_all_adds_the_rest(
    by_uv: tuple[Checkout, str],
) -> None:
    checkout, address = by_uv
    first = checkout.install("run", address)
    assert re.fullmatch(
        r"warroom: setting up \.venv from requirements-run\.lock; .* about ten seconds …\n"
        r"warroom: \.venv is ready after \d+ s\n",
        first.stdout,
    ), first.stdout + first.stderr
    assert checkout.holds.keys() - checkout.says("requirements-run.lock").keys() == {"uv"}
    assert "requirements.lock" in checkout.install("all", address).stdout
    assert checkout.holds == checkout.says("requirements.lock")
    for what in ("run", "all"):  # nothing to do, and no index to ask
        again = checkout.install(what, "http://127.0.0.1:9/")
        assert (again.returncode, again.stdout, again.stderr) == (0, "", "")
    assert checkout.holds == checkout.says("requirements.lock")


def test_a_changed_lock_is_noticed_and_packages_that_it_does_not_name_are_removed(
    by_uv: tuple[Checkout, str],
) -> None:
    checkout, address = by_uv
    checkout.install("all", address)
    checkout.locks("2.2")
    lock = checkout.top / "requirements.lock"
    lock.write_text(re.sub(r"pytest-cov==.*\n.*\n", "", lock.read_text()))
    assert checkout.install("run", address).returncode == 0
    assert checkout.holds == checkout.says(
        "requirements.lock"
    )  # everything was installed, so everything is kept
    assert checkout.holds["sqlalchemy"] == "2.2"
    assert "pytest-cov" not in checkout.holds


def test_a_package_with_another_hash_is_refused_and_the_next_call_tries_again(
    by_uv: tuple[Checkout, str],
) -> None:
    checkout, address = by_uv
    lock = checkout.top / "requirements-run.lock"
    right = lock.read_text()
    lock.write_text(re.sub(r"(sqlalchemy==2.1 \\\n    --hash=sha256:)\w{64}", r"\g<1>" + "0" * 64, right))
    refused = checkout.install("run", address)
    assert refused.returncode == 1
    assert "HASHES" in refused.stderr
    assert "warroom: .venv is not set up. The reason stands above" in refused.stderr
    assert "Traceback" not in refused.stderr
    lock.write_text(right)
    assert checkout.install("run", address).returncode == 0
    assert checkout.holds["sqlalchemy"] == "2.1"


def test_an_environment_of_another_or_a_missing_python_is_created_again(
    by_uv: tuple[Checkout, str],
) -> None:
    checkout, address = by_uv
    python = checkout.top / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text("#!/bin/sh\nexit 1\n")  # the answer of another Python when it is asked for its version
    python.chmod(0o755)
    assert checkout.install("run", address).returncode == 0
    assert python.is_symlink()
    python.unlink()
    python.symlink_to("/nowhere/python3")  # its Python was removed by an upgrade
    assert checkout.install("run", address).returncode == 0
    assert python.exists()


def test_a_python_that_is_too_old_is_refused() -> None:
    older = "import runpy, sys; sys.version_info = (3, 10, 1); runpy.run_path('.ci/install.py')"
    done = subprocess.run(  # noqa: S603  # our own arguments
        [sys.executable, "-c", older], cwd=TOP, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert done.stderr.startswith("warroom needs Python 3.11 or newer; this is ")
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("name", ["Makefile", "Dockerfile", ".ci/run"])
def test_no_setup_script_resolves_versions(name: str) -> None:
    for line in (TOP / name).read_text().splitlines():
        if re.search(r"\bpip\S* install\b", line):
            assert "--no-deps" in line, line
