"""bin/manage, bin/bench and the bare servers."""

import fcntl
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kam.embedded.folder import OWN, ROOT, DataFolder, FolderInUse
from kam.embedded.part import dies_with
from kam.embedded.prepare import compile_translations, prepare, tables_mark
from kam.embedded.servers import given, note_of, product_environment, running_servers
from kam.embedded.terminal import Stopped, Trouble, pause, say

# After these the stamp of the tables says nothing any more.
TABLE_COMMANDS = {"migrate", "restore", "flush"}
# These work on sources, or on the tables themselves.
WITHOUT_TABLES = {
    *TABLE_COMMANDS, "check", "checktranslations", "collectstatic", "dbshell", "help",
    "makemigrations", "showmigrations", "words",
}  # fmt: skip


def manage(*arguments: str) -> int:
    folder = DataFolder.chosen()
    folder.prepare()
    if TABLE_COMMANDS & set(arguments[:1]):
        folder.drop_stamp("tables")
    if given(os.environ, "DATABASE_URL") and given(os.environ, "REDIS_URL"):
        return call_manage(product_environment(folder), *arguments)
    with borrowed_environment(folder) as environment:
        if arguments[:1] and arguments[0] not in WITHOUT_TABLES:
            bring_tables(folder, environment)
        code = call_manage(environment, *arguments)
    if not code and arguments[:1] == ("administrator",) and "--who" not in arguments:
        folder.settle(OWN)
    return code


def bring_tables(folder: DataFolder, environment: dict[str, str]) -> None:
    """On a fresh folder, or after an update; a running bin/run has brought them already."""
    compile_translations()
    mark = tables_mark()
    if given(os.environ, "DATABASE_URL") or folder.has_stamp("tables", mark):
        return
    say("Tables …")
    if call_manage(environment, "migrate", "--no-input", "--verbosity", "0"):
        raise Trouble("The tables could not be made; the words above say why.")
    folder.put_stamp("tables", mark)


def call_manage(environment: dict[str, str], *arguments: str) -> int:
    return call_python(environment, str(ROOT / "manage.py"), *arguments)


def call_python(environment: dict[str, str], *arguments: str) -> int:
    """In the foreground and in the caller's folder, so that paths and questions work."""
    process = subprocess.Popen(  # noqa: S603 (our own command, no shell)
        [sys.executable, *arguments],
        env=environment | {"PYTHONPATH": str(ROOT)},
        preexec_fn=dies_with(os.getpid(), signal.SIGTERM),
    )
    while process.poll() is None:
        try:
            pause(0.02)
        except Stopped:
            process.terminate()
            return process.wait()
    return process.returncode


@contextmanager
def borrowed_environment(folder: DataFolder) -> Iterator[dict[str, str]]:
    """Servers that run already, or our own; ours stay until the last borrower has finished."""
    with (folder.path / "borrowers").open("w") as borrowers:
        while True:
            try:
                with running_servers(folder, "bin/manage") as servers:
                    yield servers.environment
                    wait_for_borrowers(borrowers.fileno())
                return
            except FolderInUse:
                fcntl.flock(borrowers, fcntl.LOCK_SH)
            if environment := environment_of_owner(folder):
                yield environment
                return
            fcntl.flock(borrowers, fcntl.LOCK_UN)
            pause(0.1)


def wait_for_borrowers(handle: int) -> None:
    while True:
        try:
            return fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            pause(0.1)


def environment_of_owner(folder: DataFolder) -> dict[str, str] | None:
    """None while the owner is still starting, or already gone."""
    try:
        facts: dict[str, str] = json.loads(note_of(folder).read_text())
    except (OSError, ValueError):
        return None
    owner = folder.owner()
    if owner is None or facts.pop("pid") != str(owner[0]):
        return None
    return product_environment(folder) | facts


def bench(*arguments: str) -> int:
    with (
        throwaway_folder() as folder,
        running_servers(folder, "bin/bench", throwaway=True) as servers,
    ):
        prepare(servers)
        own = {"DJANGO_SETTINGS_MODULE": "tests.bench.settings", "LOG_LEVEL": "ERROR"}
        measure = servers.environment | own
        return call_python(measure, "-m", "tests.bench", *arguments)


def serve_only() -> None:
    """PostgreSQL and Valkey until somebody says stop; the first line tells where they are."""
    folder = DataFolder.chosen()
    with running_servers(folder, "bin/run servers", careless=True) as servers:
        places = {name: servers.environment[name] for name in ("DATABASE_URL", "REDIS_URL")}
        say(json.dumps(places | {"pids": [part.pid for part in servers.parts]}))
        while True:
            pause(0.1)


@contextmanager
def throwaway_folder() -> Iterator[DataFolder]:
    """Removed at the end; if we are killed, the guard removes it."""
    with tempfile.TemporaryDirectory(prefix="clave-", ignore_cleanup_errors=True) as path:
        yield DataFolder(Path(path))
