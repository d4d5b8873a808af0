"""The checkout that the tests run in, and its tools."""

import os
import subprocess
import sys
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent.parent
Finished = subprocess.CompletedProcess[str]

# A pytest run inside another measures no coverage, is no xdist worker, and takes no options from the outer run or its
# make.
OUTER = ("COV_CORE_", "COVERAGE_", "PYTEST_", "MAKE", "MFLAGS", "ARGS")


def run(*command: str, folder: Path = TOP, path: Path | None = None) -> Finished:
    """Run a command to its end. Its output is kept, on standard output.

    Args:
        command: the command and its arguments.
        folder: where it is run.
        path: a folder whose packages Python finds first.
    """
    environment = {key: value for key, value in os.environ.items() if not key.startswith(OUTER)}
    if path:
        environment["PYTHONPATH"] = str(path)
    return subprocess.run(  # noqa: S603  # our own arguments
        command,
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )


def pytest_run(*words: str, path: Path | None = None) -> Finished:
    """Run pytest as a person would at the top of the checkout."""
    return run(sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *words, path=path)


def collected(*words: str) -> set[str]:
    """The ids of the tests that pytest would run."""
    done = pytest_run("--collect-only", "-q", *words)
    assert done.returncode == 0, done.stdout
    return {line for line in done.stdout.splitlines() if "::" in line}
