"""Who holds leases: each process has a name of its own, by which others beside it can tell that it has died."""

import os
import uuid
from pathlib import Path

_PROC = Path("/proc")
_DEAD = frozenset("ZXx")  # killed, and not yet buried by its parent (proc_pid_stat(5))


def name() -> str:
    """A name that nobody else has or had: `random@kernel/namespace/pid/started`.

    The random part makes it unique. The rest says where the process can be looked for: the kernel's boot, the namespace
    that its process number counts in, the number, and when it began, for numbers are used again. It is empty where the
    system does not tell (it is not Linux): then only the lease tells.
    """
    return f"{uuid.uuid4().hex}@{_whereabouts()}"


def is_gone(worker: str) -> bool:
    """Whether that worker has surely died. Of one that cannot be seen from here only its lease tells."""
    kernel, _, process = worker.partition("@")[2].rpartition("/")[0].rpartition("/")
    started = worker.rpartition("/")[2]
    if not process.isdecimal() or kernel != _kernel():
        return False
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False  # it is somebody else's: there is one, whatever we may read of it
    return _started(process) not in (started, None)


def _whereabouts() -> str:
    kernel, process = _kernel(), str(os.getpid())
    started = _started(process)
    return f"{kernel}/{process}/{started}" if kernel and started else ""


def _kernel() -> str:
    """The boot of this machine's kernel, and the namespace in which process numbers count here; empty if unknown.

    A host name says nothing: containers on the host's network share it, each with a process 1.
    """
    try:
        boot = (_PROC / "sys/kernel/random/boot_id").read_text().strip()
        return f"{boot}/{(_PROC / 'self/ns/pid').stat().st_ino}"
    except OSError:
        return ""


def _started(process: str) -> str | None:
    """When a process began, in the kernel's ticks; empty where it is dead, None where that cannot be read."""
    try:
        state, *fields = (_PROC / process / "stat").read_text().rpartition(")")[2].split()
    except (OSError, ValueError):
        return None
    return "" if state in _DEAD else fields[18]
