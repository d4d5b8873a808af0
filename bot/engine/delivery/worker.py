"""The names of workers, which hold leases. By its name, others on the same machine can tell that a process has died."""

import os
import uuid
from pathlib import Path

_PROC = Path("/proc")
_DEAD = frozenset("ZXx")  # dead, but not yet removed by the parent (proc_pid_stat(5))


def name() -> str:
    """A name that nobody else has or had: `random@kernel/namespace/pid/started`.

    The random part makes it unique. The rest says where to look for the process: the kernel's boot, the namespace of
    the process number, the number, and the start time, because numbers are used again. It is empty if the system does
    not tell (it is not Linux): then only the lease tells.
    """
    return f"{uuid.uuid4().hex}@{_whereabouts()}"


def is_gone(worker: str) -> bool:
    """Whether that worker has certainly died. If it cannot be seen from here, only its lease tells."""
    kernel, _, process = worker.partition("@")[2].rpartition("/")[0].rpartition("/")
    started = worker.rpartition("/")[2]
    if not process.isdecimal() or kernel != _kernel():
        return False
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False  # it belongs to another user, so it exists, even if we cannot read it
    return _started(process) not in (started, None)


def _whereabouts() -> str:
    kernel, process = _kernel(), str(os.getpid())
    started = _started(process)
    return f"{kernel}/{process}/{started}" if kernel and started else ""


def _kernel() -> str:
    """The boot of this machine's kernel, and the namespace of its process numbers; empty if unknown.

    A host name is not enough: containers on the host's network share it, and each has a process 1.
    """
    try:
        boot = (_PROC / "sys/kernel/random/boot_id").read_text().strip()
        return f"{boot}/{(_PROC / 'self/ns/pid').stat().st_ino}"
    except OSError:
        return ""


def _started(process: str) -> str | None:
    """The start time of a process in the kernel's ticks; empty if it is dead, None if that cannot be read."""
    try:
        state, *fields = (_PROC / process / "stat").read_text().rpartition(")")[2].split()
    except (OSError, ValueError):
        return None
    return "" if state in _DEAD else fields[18]
