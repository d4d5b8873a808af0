"""The name of a lease's holder: no two processes share it, and on one machine it shows whether the process died."""

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
    """Another process on this machine whose name looks like a bot's."""
    with subprocess.Popen(  # noqa: S603  # our own program
        [sys.executable, "-c", PROGRAM], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        yield process
        process.kill()


def _told(process: subprocess.Popen[str]) -> str:
    assert process.stdout
    return process.stdout.readline().strip()


def _elsewhere(worker: str, **parts: str) -> str:
    """The same name, but with some of the parts changed that say where the process is."""
    who, _, where = worker.partition("@")
    kernel, namespace, number, started = where.split("/")
    there = {"kernel": kernel, "namespace": namespace, "number": number, "started": started} | parts
    return f"{who}@{there['kernel']}/{there['namespace']}/{there['number']}/{there['started']}"


def test_no_two_processes_have_the_same_name_whatever_their_host_and_process_id() -> None:
    assert len({name() for _ in range(100)}) == 100


def test_a_running_process_is_not_gone(process: subprocess.Popen[str]) -> None:
    assert not is_gone(name())
    assert not is_gone(_told(process))


def test_a_killed_process_is_gone_at_once_even_before_it_is_reaped(
    process: subprocess.Popen[str],
) -> None:
    worker = _told(process)
    process.send_signal(signal.SIGKILL)
    os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)  # dead, and not yet reaped
    assert is_gone(worker)
    process.wait()
    assert is_gone(worker)


def test_a_reused_process_id_is_another_process(process: subprocess.Popen[str]) -> None:
    assert is_gone(_elsewhere(_told(process), started="1"))


@pytest.mark.parametrize(
    "part", [{"kernel": "another-machine"}, {"namespace": "1"}], ids=["another machine", "another container"]
)
@pytest.mark.parametrize("number", ["1", str(os.getpid()), "4194305"], ids=["first", "own", "none"])
def test_for_a_process_on_another_machine_only_the_lease_counts(part: dict[str, str], number: str) -> None:
    """Containers on the host's network share its name, and each has a process 1."""
    assert not is_gone(_elsewhere(name(), number=number, **part))


@pytest.mark.parametrize(
    "worker",
    ["", "host:1", f"host:{os.getpid()}", "0f@", "0f@a/b/c/d"],
    ids=["empty", "of 0.2.0", "own of 0.2.0", "nowhere", "odd"],
)
def test_for_an_unreadable_name_only_the_lease_counts(worker: str) -> None:
    assert not is_gone(worker)


def test_two_processes_with_id_1_on_the_same_host_are_not_confused() -> None:
    """As with two containers on the host's network, if the system allows us to create a namespace."""
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
