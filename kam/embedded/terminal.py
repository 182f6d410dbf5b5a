"""Words for the person at the terminal, and the wish of that person to stop."""

import signal
import sys
import time
from contextlib import suppress
from types import FrameType


class Trouble(Exception):
    """Something the person must know, in words for them; `log` is the tail of what failed."""

    def __init__(self, words: str, log: str = "") -> None:
        if "No space left on device" in log:
            words = f"The disk is full: free some space, then start again. {words}"
        super().__init__(words)
        self.words = words
        self.log = log

    def __str__(self) -> str:
        if not self.log.strip():
            return self.words
        lines = "\n".join(f"    {line}" for line in self.log.strip().splitlines())
        return f"{self.words}\n\n{lines}\n"


class Stopped(Exception):
    """Somebody pressed Ctrl-C or sent SIGTERM."""


class _Wish:
    signals = 0


def say(words: str) -> None:
    """A closed terminal or a reader that left must not keep us from stopping in order."""
    with suppress(OSError):
        sys.stdout.write(f"{words}\n")
        sys.stdout.flush()


def listen_for_stop() -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _note)


def _note(_number: int, _frame: FrameType | None) -> None:
    _Wish.signals += 1


def in_a_hurry() -> bool:
    """A second Ctrl-C: do not wait for anybody."""
    return _Wish.signals > 1


def pause(seconds: float) -> None:
    """Sleep. Signals are noted and raised only here, so that no child is lost half-started."""
    if _Wish.signals:
        raise Stopped
    time.sleep(seconds)
    if _Wish.signals:
        raise Stopped
