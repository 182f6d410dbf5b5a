"""The processes of the product itself: web, workers, scheduler."""

import http.client
import os
import socket
import sys

from kam.embedded.folder import ROOT
from kam.embedded.part import Part
from kam.embedded.servers import Servers
from kam.embedded.terminal import Trouble

CELERY = [sys.executable, "-m", "celery", "-A", "kam.celery"]
QUIET = ["--without-gossip", "--without-mingle", "--loglevel", "INFO"]
# A process that a huge report has made this fat (in kB) makes room for a fresh one.
MEMORY_CAP = ["--max-memory-per-child", "600000"]


def web(servers: Servers) -> Part:
    host, port = address()
    threads = ["--workers", str(web_processes()), "--blocking-threads", "4"]
    server = ["--interface", "wsgi", "--no-ws", "--host", host, "--port", str(port)]
    care = ["--respawn-failed-workers", "--workers-kill-timeout", "8"]
    command = [sys.executable, "-m", "granian", *server, *threads, *care, "kam.wsgi:application"]
    return _part(servers, "web", "The web server", command, patience=12)


def web_processes() -> int:
    return min(4, max(2, os.cpu_count() or 2))


def workers(servers: Servers) -> list[Part]:
    """PDF has its own worker of one process: a long report never delays a mail."""
    work = [*CELERY, "worker", *QUIET, "--hostname"]
    many = [*work, "worker@%h", "--queues", "default,mail", "--concurrency", "2"]
    one = [*work, "pdf@%h", "--queues", "pdf", "--concurrency", "1", *MEMORY_CAP]
    return [
        _part(servers, "worker", "The worker", many, patience=30),
        _part(servers, "pdf", "The PDF worker", one, patience=30),
    ]


def scheduler(servers: Servers) -> Part:
    beat = [*CELERY, "beat", "--scheduler", "redbeat.RedBeatScheduler", "--loglevel", "INFO"]
    return _part(servers, "scheduler", "The scheduler", [*beat, "--pidfile="], patience=10)


def _part(servers: Servers, name: str, words: str, command: list[str], patience: float) -> Part:
    return Part(
        name=name,
        words=words,
        command=command,
        log=servers.folder.logs / f"{name}.log",
        environment=servers.environment,
        folder=ROOT,
        patience=patience,
    )


# --- The address ------------------------------------------------------------------------------


def address() -> tuple[str, int]:
    return wanted_host(), wanted_port()


def wanted_host() -> str:
    """Only this machine, unless somebody means more (a proxy on another one, a container)."""
    return os.environ.get("KAM_HOST") or "127.0.0.1"


def wanted_port() -> int:
    text = os.environ.get("PORT") or "8000"
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise Trouble(f"PORT is {text!r}; it must be a number from 1 to 65535.")
    return int(text)


def need_free_port() -> None:
    port = wanted_port()
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((wanted_host(), port))
        except PermissionError as error:
            words = f"Port {port} is only for administrators. Choose one above 1024, for example:"
            raise Trouble(f"{words}\n\n    PORT=8000 bin/run\n") from error
        except OSError as error:
            words = f"Port {port} is already used by another program. Choose another, for example:"
            raise Trouble(f"{words}\n\n    PORT={port + 1} bin/run\n") from error


def answers() -> bool:
    host, port = address()
    connection = http.client.HTTPConnection(host, port, timeout=2)
    try:
        connection.request("GET", "/healthz", headers={"Host": "localhost"})
        return connection.getresponse().status < 500
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
