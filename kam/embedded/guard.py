"""The guard: a small process that outlives a killed supervisor just long enough to clean up."""

import os
import shutil
import signal
import time
from dataclasses import dataclass
from pathlib import Path

# After a kill nobody waits politely for a long task: tasks are safe to repeat.
LONGEST_PATIENCE = 5.0


@dataclass
class _Ward:
    stop_signal: int
    patience: float


class Guard:
    """Told of every process group; when its pipe closes, the supervisor is gone.

    Forked before anything else runs, so it also keeps the folder's lock while it cleans.
    """

    def __init__(self, remove: Path | None = None) -> None:
        reading, self._writing = os.pipe()
        self._pid = os.fork()
        if self._pid == 0:
            os.close(self._writing)
            _keep_watch(reading, remove)
        os.close(reading)

    def watch(self, group: int, stop_signal: int, patience: float) -> None:
        os.write(self._writing, f"+ {group} {stop_signal} {patience}\n".encode())

    def forget(self, group: int) -> None:
        os.write(self._writing, f"- {group}\n".encode())

    def dismiss(self) -> None:
        os.close(self._writing)
        os.waitpid(self._pid, 0)


def _keep_watch(reading: int, remove: Path | None) -> None:
    os.setsid()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    _let_go_of_the_terminal()
    wards: dict[int, _Ward] = {}
    with os.fdopen(reading) as orders:
        for order in orders:
            _follow(order.split(), wards)
    _clean_up(wards)
    if remove:
        shutil.rmtree(remove, ignore_errors=True)
    os._exit(0)


def _let_go_of_the_terminal() -> None:
    """Whoever reads our output must see its end when the supervisor ends."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)


def _follow(words: list[str], wards: dict[int, _Ward]) -> None:
    if words[0] == "+":
        wards[int(words[1])] = _Ward(int(words[2]), min(float(words[3]), LONGEST_PATIENCE))
    else:
        wards.pop(int(words[1]), None)


def _clean_up(wards: dict[int, _Ward]) -> None:
    started = time.monotonic()
    for group, ward in wards.items():
        signal_group(group, ward.stop_signal)
    while wards:
        waited = time.monotonic() - started
        for group, ward in list(wards.items()):
            if waited > ward.patience:
                signal_group(group, signal.SIGKILL)
            if waited > ward.patience + 1 or not signal_group(group, 0):
                del wards[group]
        time.sleep(0.05)


def signal_group(group: int, number: int) -> bool:
    """False when nobody of the group is left."""
    try:
        os.killpg(group, number)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
