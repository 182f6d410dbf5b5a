"""Real workers and schedulers on the database of a test, which may shoot them."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import quote

import redis
from celery import Celery
from django.conf import settings
from django.db import connection
from django.test import TransactionTestCase

from kam.embedded.folder import ROOT
from kam.lib.ops.env import broker_url


class WorkersTest(TransactionTestCase):
    """`begin(name)` starts what `words(name)` says; `kill(name)` ends it without a word."""

    def setUp(self) -> None:
        folder = TemporaryDirectory(prefix="clave-workers-")
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.log = self.folder / "house.log"
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self.addCleanup(self.end)
        hurried = {"DJANGO_SETTINGS_MODULE": "tests.house.killed"}
        self.environment = os.environ | self.places() | hurried

    def words(self, name: str) -> list[str]:
        raise NotImplementedError

    def begin(self, name: str, **popen: Any) -> None:
        celery = [sys.executable, "-m", "celery", "-A", "kam.celery"]
        with self.log.open("ab") as log:
            self.running[name] = subprocess.Popen(
                [*celery, *self.words(name)],
                cwd=ROOT,
                env=self.environment,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                **{"stdout": log, **popen},
            )

    def kill(self, name: str) -> None:
        """The process and its children, without a word."""
        process = self.running.pop(name)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def end(self) -> None:
        for name in list(self.running):
            self.kill(name)

    def wake(self, task: str, *, to: str, **words: str) -> None:
        """What a scheduler or a page sends."""
        with Celery(broker=broker_url(self.environment["REDIS_URL"])) as house:
            house.send_task(task, kwargs=words, queue=to)

    def places(self) -> dict[str, str]:
        """The database of this test, and a room of its own in the broker."""
        home = connection.settings_dict
        host = home["OPTIONS"].get("host") or home["HOST"]
        worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
        broker = f"{settings.REDIS_URL.partition('?')[0]}?db={8 + int(worker) % 8}"
        redis.Redis.from_url(broker).flushdb()
        return {
            "DATABASE_URL": f"postgres://{home['USER']}@/{home['NAME']}?host={quote(host, safe='')}",
            "REDIS_URL": broker,
        }
