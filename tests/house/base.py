"""The real web server of the product on real servers that a test may stop and start."""

import http.client
import os
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass

from kam.embedded.folder import ROOT
from tests.bin.base import EmbeddedTest


@dataclass(frozen=True)
class Answer:
    status: int
    text: str
    headers: dict[str, str]


class HouseTest(EmbeddedTest):
    """`start_web()` after `start_servers()`; `get()` asks it."""

    port: int

    def start_web(
        self, facts: dict[str, str], workers: int = 1, **changes: str
    ) -> "subprocess.Popen[bytes]":
        self.port = free_port()
        words = [
            "--interface",
            "wsgi",
            "--no-ws",
            "--workers",
            str(workers),
            "--blocking-threads",
            "4",
        ]
        words += ["--host", "127.0.0.1", "--port", str(self.port), "kam.wsgi:application"]
        return self.start([sys.executable, "-m", "granian", *words], facts, self.answers, **changes)

    def start(
        self, command: list[str], facts: dict[str, str], ready: object = None, **changes: str
    ) -> "subprocess.Popen[bytes]":
        places = {name: facts[name] for name in ("DATABASE_URL", "REDIS_URL")}
        own = {"DJANGO_SETTINGS_MODULE": "tests.house.settings", "LOG_FORMAT": "json"}
        self.log = self.data / "log" / "house.log"
        with self.log.open("ab") as log:
            process = subprocess.Popen(
                command,
                cwd=ROOT,
                env=self.environment | places | own | changes,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.addCleanup(end, process)
        if callable(ready):
            self.wait_until(ready, seconds=60)
        return process

    def answers(self) -> bool:
        try:
            return self.get("/healthz").status == 200
        except OSError:
            return False

    def get(self, path: str, timeout: float = 10, port: int = 0, cookie: str = "") -> Answer:
        """A request on a connection of its own; a timeout fails the test."""
        connection = http.client.HTTPConnection("127.0.0.1", port or self.port, timeout=timeout)
        try:
            connection.request("GET", path, headers={"Host": "localhost", "Cookie": cookie})
            response = connection.getresponse()
            text = response.read().decode()
            return Answer(response.status, text, dict(response.getheaders()))
        finally:
            connection.close()

    def stop(self, supervisor: "subprocess.Popen[str]") -> None:
        supervisor.terminate()
        supervisor.wait(timeout=20)


def end(process: "subprocess.Popen[bytes]") -> None:
    """Gently, then with all its children: a killed web server would leave its workers."""
    process.terminate()
    with suppress(subprocess.TimeoutExpired):
        process.wait(timeout=10)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
