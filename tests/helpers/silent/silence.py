"""Nothing that a test runs reaches the network: an audit hook sees every attempt, whoever makes it, and refuses it.

The hook is below all libraries (PEP 578): what is built on sockets cannot go around it, cannot take it away, and an attempt
that somebody catches and keeps quiet about is written down all the same. Programs that tests start have it too, by ``sitecustomize``.
"""

from __future__ import annotations

import atexit
import os
import socket
import sys
import tempfile
from pathlib import Path

__all__ = ["ATTEMPTS", "EVENTS", "attempts", "forget", "listen", "watch"]

ATTEMPTS = "QUALCODE_TEST_ATTEMPTS"
"""The variable that names the file in which attempts are written down."""
EVENTS = frozenset(
    {
        *("socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg"),
        *("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "socket.getnameinfo"),
    }
)
"""What reaches the network or waits for it, as Python's own table of audit events calls it."""


def watch() -> None:
    """Begin to write attempts down, in a file of this run's own, and let the programs that are started from now on do so."""
    file, name = tempfile.mkstemp(prefix="qualcode-attempts-")
    os.close(file)
    atexit.register(Path(name).unlink, missing_ok=True)
    here = str(Path(__file__).parent)
    paths = [here, *(path for path in os.environ.get("PYTHONPATH", "").split(os.pathsep) if path not in {"", here})]
    os.environ |= {ATTEMPTS: name, "PYTHONPATH": os.pathsep.join(paths)}
    listen()


def listen() -> None:
    """Refuse every attempt of this program from now on."""
    sys.addaudithook(_refuse)


def attempts() -> list[str]:
    """Return what was tried, in this program and in those it started."""
    return Path(os.environ[ATTEMPTS]).read_text(encoding="utf-8").splitlines()


def forget() -> None:
    """Forget what was tried."""
    Path(os.environ[ATTEMPTS]).write_text("", encoding="utf-8")


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    if event not in EVENTS or _is_local(event, arguments):
        return
    with Path(os.environ[ATTEMPTS]).open("a", encoding="utf-8") as file:
        file.write(f"{event} {arguments[1:]!r}\n")
    raise PermissionError(f"a test tried to reach the network: {event}")


def _is_local(event: str, arguments: tuple[object, ...]) -> bool:
    """Tell whether nothing of it can leave the machine: a socket without an address, or one that is given the machine's own.

    urllib3, which spaCy brings along, tries at its import whether there is IPv6 by giving a socket the address ``::1``.
    """
    own, *rest = arguments or (None,)
    if event == "socket.bind" and rest and isinstance(rest[0], tuple):
        return rest[0][0] in {"::1", "127.0.0.1"}
    return isinstance(own, socket.socket) and own.family == getattr(socket, "AF_UNIX", None)
