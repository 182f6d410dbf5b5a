"""Prometheus figures on a port of their own (METRICS_PORT; nothing at all while it is 0).

Every web process listens on the same port (SO_REUSEPORT) and any of them answers for all: their
counters lie in one folder of the run (prometheus_client's multi-process mode). So there is no
further process to start, and none whose death would blind the operator.
"""

import os
import shutil
import socket
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5)
FOLDERS = Path(tempfile.gettempdir())
NAME = f"clave-metrics-{os.geteuid()}-"


@dataclass(frozen=True)
class Gauge:
    """A figure that is asked for when somebody reads: its name, its meaning, its value."""

    name: str
    words: str
    value: Callable[[], float]


class Requests:
    """How many answers of which view and status, and how long they took."""

    def __init__(self) -> None:
        os.environ.setdefault("PROMETHEUS_MULTIPROC_DIR", str(folder_of_this_run()))
        # Only now: the package reads the folder's name when it is imported.
        from prometheus_client import Counter, Histogram

        self.count = Counter(
            "clave_requests", "Answers by view, method and status", ["view", "method", "status"]
        )
        self.seconds = Histogram(
            "clave_request_seconds", "Time to answer by view", ["view"], buckets=BUCKETS
        )

    def add(self, view: str, method: str, status: int, seconds: float) -> None:
        self.count.labels(view, method, status).inc()
        self.seconds.labels(view).observe(seconds)


def folder_of_this_run() -> Path:
    """One folder for all children of one server; folders of servers that ended are removed."""
    for left in FOLDERS.glob(f"{NAME}*"):
        if not Path(f"/proc/{left.name.removeprefix(NAME)}").exists() and Path("/proc/1").exists():
            shutil.rmtree(left, ignore_errors=True)
    folder = FOLDERS / f"{NAME}{os.getppid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def serve(host: str, port: int, gauges: Iterable[Gauge]) -> None:
    """Answer on the port in a thread of this process, beside the other processes of the server."""
    # Costs half a second: only where figures are kept.
    from prometheus_client import CollectorRegistry, make_wsgi_app
    from prometheus_client.multiprocess import MultiProcessCollector

    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]  # the library has no types here
    registry.register(_Asked(list(gauges)))  # type: ignore[arg-type]  # it asks only for collect()
    server = make_server(host, port, make_wsgi_app(registry), _SharedPort, _Silent)
    Thread(target=server.serve_forever, name="metrics", daemon=True).start()


class _SharedPort(WSGIServer):
    def server_bind(self) -> None:
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        super().server_bind()


class _Silent(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """A scraper that comes every few seconds is no news."""


class _Asked:
    def __init__(self, gauges: list[Gauge]) -> None:
        self.gauges = gauges

    def collect(self) -> Iterable[object]:
        # Costs half a second: only where figures are kept.
        from prometheus_client.core import GaugeMetricFamily

        for gauge in self.gauges:
            yield GaugeMetricFamily(gauge.name, gauge.words, value=gauge.value())
