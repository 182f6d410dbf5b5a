"""Starts the real supervisor on a folder of its own, and looks at the processes it leaves."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import unittest
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kam.embedded.folder import ROOT

SERVERS_OF_THE_TESTS = ("DATABASE_URL", "REDIS_URL", "SECRET_KEY", "KAM_DEMO_LOCAL")


class EmbeddedTest(unittest.TestCase):
    def setUp(self) -> None:
        self.data = Path(tempfile.mkdtemp(prefix="clave-test-"))
        self.addCleanup(shutil.rmtree, self.data, ignore_errors=True)
        kept = {k: v for k, v in os.environ.items() if k not in SERVERS_OF_THE_TESTS}
        self.environment = kept | {
            "KAM_DATA": str(self.data),
            "PYTHONPATH": str(ROOT),
            "DJANGO_SETTINGS_MODULE": "kam.settings",
        }

    def command(self, *words: str) -> list[str]:
        return [sys.executable, "-P", "-m", "kam.embedded", *words]

    def start_servers(self) -> tuple[subprocess.Popen[str], dict[str, Any]]:
        supervisor = subprocess.Popen(
            self.command("servers"), env=self.environment, stdout=subprocess.PIPE, text=True
        )
        assert supervisor.stdout is not None
        self.addCleanup(supervisor.stdout.close)
        self.addCleanup(supervisor.wait)
        self.addCleanup(supervisor.terminate)
        return supervisor, json.loads(supervisor.stdout.readline())

    def call(
        self, *words: str, timeout: float = 60, **changes: str
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.command(*words),
            env=self.environment | changes,
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
        )

    def wait_until(self, condition: Callable[[], bool], seconds: float = 12) -> None:
        deadline = time.monotonic() + seconds
        while not condition():
            self.assertLess(time.monotonic(), deadline, "It took too long.")
            time.sleep(0.05)


def is_running(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"
