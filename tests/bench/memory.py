"""What each process of the product holds: its own part of the memory (PSS), in MB."""

import os
import subprocess
import time
from pathlib import Path

from kam.embedded.product import CELERY

WARM = 12.0  # seconds until a worker has loaded what it needs
PROCESSES = {
    "worker": [*CELERY, "worker", "--queues", "default,mail", "--concurrency", "2"],
    "pdf": [*CELERY, "worker", "--queues", "pdf", "--concurrency", "1"],
    "scheduler": [*CELERY, "beat", "--scheduler", "redbeat.RedBeatScheduler", "--pidfile="],
}


def memory_of(pid: int) -> float:
    """The process with its children."""
    return round(sum(_own(number) for number in [pid, *_below(pid)]), 1)


def memory_behind() -> dict[str, float]:
    """Workers and scheduler, started for it and ended after."""
    started = {name: _start(command) for name, command in PROCESSES.items()}
    try:
        time.sleep(WARM)
        return {name: memory_of(process.pid) for name, process in started.items()}
    finally:
        for process in started.values():
            process.terminate()
        for process in started.values():
            process.wait(timeout=30)


def _start(command: list[str]) -> "subprocess.Popen[bytes]":
    quiet = subprocess.DEVNULL
    return subprocess.Popen(command, env=dict(os.environ), stdout=quiet, stderr=quiet)


def _own(pid: int) -> float:
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:")) / 1024


def _below(pid: int) -> list[int]:
    try:
        children = [
            int(n)
            for t in Path(f"/proc/{pid}/task").iterdir()
            for n in (t / "children").read_text().split()
        ]
    except OSError:
        return []
    return [number for child in children for number in (child, *_below(child))]
