"""One process of the installation: started so that it cannot outlive us, stopped gently."""

import ctypes
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from kam.embedded.guard import Guard, signal_group
from kam.embedded.terminal import Trouble, in_a_hurry, pause

PR_SET_PDEATHSIG = 1
TAIL_LINES = 20
LARGEST_LOG = 20 * 1024 * 1024
_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


@dataclass
class Part:
    name: str
    words: str
    command: list[str]
    log: Path
    environment: dict[str, str]
    folder: Path
    user: int | None = None
    stop_signal: signal.Signals = signal.SIGTERM
    patience: float = 10.0
    started_at: float = 0.0
    _process: subprocess.Popen[bytes] | None = field(default=None, repr=False)
    _log_start: int = 0
    _asked: bool = False

    # --- Its life ---

    def start(self, guard: Guard) -> None:
        with self.log.open("ab") as log:
            self._log_start = log.tell()
            self._process = subprocess.Popen(  # noqa: S603 (our own commands, no shell)
                self.command,
                cwd=self.folder,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=dies_with(os.getpid(), self.stop_signal),
                user=self.user,
                group=self.user,
                extra_groups=None if self.user is None else [],
                umask=0o077,
            )
        self.started_at = time.monotonic()
        self._asked = False
        guard.watch(self._process.pid, self.stop_signal, self.patience)

    def is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    @property
    def pid(self) -> int:
        return self._process.pid if self._process else 0

    def exit_code(self) -> int | None:
        return self._process.poll() if self._process else None

    def ask_to_stop(self) -> None:
        """Once: a second signal would make Celery drop its running tasks."""
        if self._process is not None and self.is_running() and not self._asked:
            self._process.send_signal(self.stop_signal)
            self._asked = True

    def stop(self, guard: Guard) -> None:
        if self._process is None:
            return
        deadline = time.monotonic() + self.patience
        self.ask_to_stop()
        while self.is_running() and time.monotonic() < deadline and not in_a_hurry():
            time.sleep(0.02)
        self.sweep(guard)

    def sweep(self, guard: Guard) -> None:
        """Nothing of its group may stay, whichever way its first process ended."""
        if self._process is None:
            return
        signal_group(self._process.pid, signal.SIGKILL)
        self._process.wait()
        guard.forget(self._process.pid)
        self._process = None

    # --- What it says ---

    def wait_until(self, ready: Callable[[], bool], seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while not ready():
            if not self.is_running():
                raise self.trouble("stopped by itself while starting")
            if time.monotonic() > deadline:
                raise self.trouble(f"did not answer within {seconds:.0f} seconds")
            pause(0.02)

    def trouble(self, what: str) -> Trouble:
        return Trouble(f"{self.words} {what}. Its log, {self.log}, ends with:", self.tail())

    def tail(self) -> str:
        return tail_of(self.log, self._log_start)


def tail_of(log: Path, start: int = 0) -> str:
    with log.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(min(start, size), size - 8192))
        lines = file.read().decode(errors="replace").splitlines()
    return "\n".join(lines[-TAIL_LINES:])


def trim_log(log: Path) -> None:
    """Logs are opened for appending, so that they may be cut while somebody writes."""
    if log.exists() and log.stat().st_size > LARGEST_LOG:
        shutil.copyfile(log, log.with_suffix(".log.1"))
        os.truncate(log, 0)


def dies_with(parent: int, number: signal.Signals) -> Callable[[], None]:
    """Runs in the child, after it changed its user (which would clear the wish again)."""

    def ask_the_kernel() -> None:
        if _libc is not None:
            _libc.prctl(PR_SET_PDEATHSIG, int(number), 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)

    return ask_the_kernel
