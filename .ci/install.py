"""Sets up `.venv` with exactly what a lock file says; nothing is resolved, so newer releases change nothing.

    python3 .ci/install.py run   what running needs (requirements-run.lock)
    python3 .ci/install.py all   the tests, the linters and the browser's driver too (requirements.lock)

`make` calls it. It runs before anything is installed, so it needs nothing but Python's own library. pip installs uv, and
uv the rest in a fraction of pip's time; where uv is not to be had or does not get through, pip does it from the same lock.
"""

import hashlib
import os
import re
import subprocess
import sys
import time
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

if sys.version_info < (3, 11):  # noqa: UP036  # also an older Python gets to read this file
    sys.exit(f"warroom needs Python 3.11 or newer; this is {sys.version.split()[0]}. Set PYTHON=")

Finished = subprocess.CompletedProcess[str]
TOP = Path(__file__).resolve().parent.parent
VENV = TOP / ".venv"
PYTHON = VENV / "bin" / "python"
HAS_PIP = find_spec("pip") is not None
STAMP = VENV / ".installed"  # "run" or "all", and the digest of what it was installed from
LOCKS = {"run": TOP / "requirements-run.lock", "all": TOP / "requirements.lock"}
USUALLY = {"run": "ten seconds", "all": "twenty seconds"}

# Nothing but what the lock names, and none of it other than it was.
EXACTLY = ("--no-deps", "--require-hashes")
WARROOM = ("--no-deps", "--no-build-isolation", "--editable", str(TOP))


def main() -> None:
    """Install what the first argument names, unless it is there."""
    if sys.argv[1:] not in (["run"], ["all"]):
        sys.exit(__doc__)
    stamped = STAMP.read_text(encoding="utf-8").split() if STAMP.exists() else []
    what = "all" if "all" in stamped else sys.argv[1]  # everything, once installed, is kept up to date
    stamp = [what, digest(LOCKS[what])]
    if stamped == stamp and PYTHON.exists():
        return
    begun = time.monotonic()
    say(f"setting up .venv from {LOCKS[what].name}; the first time this takes about {USUALLY[what]} …")
    STAMP.unlink(missing_ok=True)
    try:
        make_environment()
        install(what)
    except subprocess.CalledProcessError as failed:
        command = " ".join(map(str, failed.cmd))
        sys.exit(f"warroom: .venv is not set up. The reason stands above; what failed is\n  {command}")
    STAMP.write_text(" ".join(stamp), encoding="utf-8")
    say(f".venv is ready after {time.monotonic() - begun:.0f} s")


def digest(lock: Path) -> str:
    """Changes with whatever decides what `.venv` holds: the lock, the project's own description, this Python."""
    made_of = [lock.read_bytes(), (TOP / "pyproject.toml").read_bytes(), repr(sys.version_info[:2]).encode()]
    return hashlib.sha256(b"\0".join(made_of)).hexdigest()


def make_environment() -> None:
    """Make `.venv`, unless it is there and of this Python.

    A pip of its own takes three seconds to make; where this Python has one, that one does.
    """
    probe = f"import sys; sys.exit(sys.version_info[:2] != {tuple(sys.version_info[:2])})"
    if not PYTHON.exists() or run(PYTHON, "-c", probe, check=False).returncode:
        run(sys.executable, "-m", "venv", "--clear", *(["--without-pip"] if HAS_PIP else []), VENV)


def install(what: str) -> None:
    """Bring `.venv` to what the lock says and put warroom itself into it: by uv, or else by pip."""
    try:
        by_uv(what)
    except (subprocess.CalledProcessError, OSError) as failed:
        told = (getattr(failed, "stderr", "") or str(failed)).strip().splitlines()
        reason = next((line for line in reversed(told) if "error" in line.lower()), told[-1])
        say(f"not by uv ({reason.strip()[:200]}); pip does the same, in about a minute …")
        by_pip(what)


def by_uv(what: str) -> None:
    """Install uv by pip and the rest by uv, which also takes out what the lock does not name.

    Raises:
        CalledProcessError: something was not to be had; `stderr` says what.
        OSError: this machine cannot run uv.
    """
    uv = "".join(package for package in packages("all") if package.startswith("uv=="))
    pip("install", *EXACTLY, "--only-binary=:all:", "-r", "/dev/stdin", given=uv, capture=True)
    environment = {"UV_SYSTEM_CERTS": "true", **index_of_pip(), **os.environ}
    compiled = ["--compile-bytecode"] if what == "run" else []  # the first start is then as quick as the next
    for each in (["sync", "--require-hashes", *compiled, LOCKS[what]], ["install", *WARROOM], ["check"]):
        run(VENV / "bin" / "uv", "pip", *each, "--python", PYTHON, environment=environment, capture=True)


def by_pip(what: str) -> None:
    """Install everything by pip, and no uv.

    Raises:
        CalledProcessError: something was not to be had; pip has said what.
    """
    rest = "".join(package for package in packages(what) if not package.startswith("uv=="))
    pip("install", *EXACTLY, "-r", "/dev/stdin", given=rest)
    pip("install", *WARROOM)
    pip("check")


def packages(what: str) -> list[str]:
    """What the lock file says of each package: its version and its hashes."""
    return re.split(r"(?m)^(?=\w)", LOCKS[what].read_text(encoding="utf-8"))


def index_of_pip() -> dict[str, str]:
    """Where pip is told to look for packages, as a setting of uv's: it reads none of pip's."""
    address = os.environ.get("PIP_INDEX_URL")
    address = address or pip("config", "get", "global.index-url", capture=True, check=False).stdout.strip()
    return {"UV_DEFAULT_INDEX": address} if address else {}


def pip(*words: str, given: str = "", capture: bool = False, check: bool = True) -> Finished:
    """Run pip on `.venv`: the one in it, or else this Python's. `given` is what it reads from its standard input."""
    command: list[str | Path] = [PYTHON, "-m", "pip"]
    if not any(VENV.glob("lib/*/site-packages/pip")):
        if HAS_PIP:
            command = [sys.executable, "-m", "pip", "--python", PYTHON]
        else:
            run(PYTHON, "-m", "ensurepip")
    quietly = ("--quiet", "--disable-pip-version-check")
    return run(*command, *quietly, *words, given=given, capture=capture, check=check)


def run(
    *command: str | Path,
    given: str = "",
    capture: bool = False,
    check: bool = True,
    environment: Mapping[str, str] = os.environ,
) -> Finished:
    """Run a command to its end; what it says is shown unless it is captured."""
    return subprocess.run(  # noqa: S603  # our own words
        command, input=given, capture_output=capture, env=environment, text=True, check=check
    )


def say(what: str) -> None:
    """Tell whoever waits."""
    print(f"warroom: {what}", flush=True)  # noqa: T201  # it is a command


if __name__ == "__main__":
    main()
