"""Who holds leases: a name that nobody shares, and that tells who can see it whether its process has died."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest

from bot.engine.delivery.worker import is_gone, name

PROGRAM = (
    "import sys; from bot.engine.delivery import worker; print(worker.name(), flush=True); sys.stdin.read()"
)


@pytest.fixture
def process() -> Iterator[subprocess.Popen[str]]:
    """Another bot on this machine, as far as its name goes."""
    with subprocess.Popen(  # noqa: S603  # our own program
        [sys.executable, "-c", PROGRAM], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        yield process
        process.kill()


def _told(process: subprocess.Popen[str]) -> str:
    assert process.stdout
    return process.stdout.readline().strip()


def _elsewhere(worker: str, **parts: str) -> str:
    """The same name, but for some of the parts that say where the process is."""
    who, _, where = worker.partition("@")
    kernel, namespace, number, started = where.split("/")
    there = {"kernel": kernel, "namespace": namespace, "number": number, "started": started} | parts
    return f"{who}@{there['kernel']}/{there['namespace']}/{there['number']}/{there['started']}"


def test_no_two_processes_have_the_same_name_whatever_their_host_and_number() -> None:
    assert len({name() for _ in range(100)}) == 100


def test_who_is_at_work_is_not_gone(process: subprocess.Popen[str]) -> None:
    assert not is_gone(name())
    assert not is_gone(_told(process))


def test_who_was_killed_is_gone_at_once_whether_or_not_somebody_has_noticed(
    process: subprocess.Popen[str],
) -> None:
    worker = _told(process)
    process.send_signal(signal.SIGKILL)
    os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)  # dead, and not yet buried
    assert is_gone(worker)
    process.wait()
    assert is_gone(worker)


def test_a_process_number_that_is_used_again_is_another_process(process: subprocess.Popen[str]) -> None:
    assert is_gone(_elsewhere(_told(process), started="1"))


@pytest.mark.parametrize(
    "part", [{"kernel": "another-machine"}, {"namespace": "1"}], ids=["another machine", "another container"]
)
@pytest.mark.parametrize("number", ["1", str(os.getpid()), "4194305"], ids=["first", "own", "none"])
def test_of_who_cannot_be_seen_from_here_only_the_lease_tells(part: dict[str, str], number: str) -> None:
    """Containers on the host's network share its name, and each has a process 1."""
    assert not is_gone(_elsewhere(name(), number=number, **part))


@pytest.mark.parametrize(
    "worker",
    ["", "host:1", f"host:{os.getpid()}", "0f@", "0f@a/b/c/d"],
    ids=["empty", "of 0.2.0", "own of 0.2.0", "nowhere", "odd"],
)
def test_of_a_name_that_tells_nothing_only_the_lease_tells(worker: str) -> None:
    assert not is_gone(worker)


def test_a_process_1_beside_another_on_the_same_host_is_not_taken_for_its_predecessor() -> None:
    """As two containers on the host's network see each other; where the system lets us make a namespace."""
    apart = ("unshare", "--pid", "--fork", "--mount-proc")
    if subprocess.run([*apart, "true"], check=False, capture_output=True).returncode:  # noqa: S603  # as above
        pytest.skip("no process namespaces here")
    with subprocess.Popen(  # noqa: S603  # as above
        [*apart, sys.executable, "-c", PROGRAM], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as beside:
        worker = _told(beside)
        asked = f"from bot.engine.delivery.worker import is_gone; print(is_gone({worker!r}))"
        told = subprocess.run(  # noqa: S603  # as above
            [*apart, sys.executable, "-c", asked], check=True, capture_output=True, text=True
        )
        beside.communicate("")
    assert worker.split("/")[2] == "1"
    assert told.stdout.strip() == "False"
