"""The house's worker with one task that takes its time."""

from pathlib import Path
from time import sleep

from kam.celery import app

__all__ = ["app"]


@app.task(name="tests.slow")  # type: ignore[untyped-decorator]
def slow(path: str) -> None:
    Path(path, "begun").touch()
    sleep(2)
    Path(path, "finished").touch()
