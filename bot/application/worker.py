"""Who holds leases: each process has a name, by which others on its machine can tell that it has died."""

import os
import socket


def name() -> str:
    """The name of this process: `host:pid`."""
    return f"{socket.gethostname()}:{os.getpid()}"


def is_gone(worker: str) -> bool:
    """Whether a worker of this machine has died; of other machines' only their lease tells."""
    host, _, pid = worker.rpartition(":")
    if host != socket.gethostname() or not pid.isdecimal():
        return False
    if int(pid) == os.getpid():
        return True  # the process number was used before, as in a container that was restarted
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False
