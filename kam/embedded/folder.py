"""The data folder: everything the installation keeps, and who may use it now."""

import fcntl
import hashlib
import json
import os
import re
import secrets
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kam.embedded.terminal import Trouble, pause

ROOT = Path(__file__).resolve().parent.parent.parent
# A socket's path has at most 107 bytes; this leaves room for /postgres/.s.PGSQL.5432.
LONGEST_SOCKET_FOLDER = 80
NEEDED_BYTES = 300 * 1024 * 1024
GUARD_PATIENCE = 20.0
DEMO, OWN = "demo", "own"


class DataFolder:
    def __init__(self, path: Path) -> None:
        self.path = path.resolve()
        self.logs = self.path / "log"

    @classmethod
    def chosen(cls) -> "DataFolder":
        return cls(Path(os.environ.get("KAM_DATA") or ROOT / "var"))

    def prepare(self) -> None:
        try:
            self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
            for name in ("log", "stamps"):
                (self.path / name).mkdir(mode=0o700, exist_ok=True)
        except PermissionError as error:
            raise Trouble(
                f"You may not write to the data folder {self.path}. Start Clave as the user who "
                "owns it, or set KAM_DATA to a folder of your own."
            ) from error
        self._need_space()

    def _need_space(self) -> None:
        free = shutil.disk_usage(self.path).free
        if free < NEEDED_BYTES:
            raise Trouble(
                f"The disk of {self.path} has only {free // 2**20} MB left; Clave needs at least "
                f"{NEEDED_BYTES // 2**20} MB to start. Free some space, or set KAM_DATA to a "
                "folder on another disk."
            )

    def secret_key(self) -> str:
        path = self.path / "secret_key"
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return path.read_text().strip()
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(50))
        return path.read_text().strip()

    # --- Stamps: what was done, and from which sources ---

    def has_stamp(self, name: str, value: str) -> bool:
        path = self.path / "stamps" / name
        return path.is_file() and path.read_text() == value

    def put_stamp(self, name: str, value: str) -> None:
        (self.path / "stamps" / name).write_text(value)

    def drop_stamp(self, name: str) -> None:
        (self.path / "stamps" / name).unlink(missing_ok=True)

    # --- What it holds ---

    @property
    def kind(self) -> str:
        """`demo`, `own`, or nothing while that is open; it is said once and for all."""
        return next((kind for kind in (DEMO, OWN) if self.has_stamp(kind, "1")), "")

    def settle(self, kind: str) -> None:
        """Only while it is open: a demo never becomes a site, and a site never a demo."""
        if not self.kind:
            self.put_stamp(kind, "1")

    # --- Sockets ---

    @property
    def socket_folder(self) -> Path:
        """The folder itself, or a short private way to it when its path is too long or odd."""
        path = str(self.path)
        if len(os.fsencode(path)) <= LONGEST_SOCKET_FOLDER and re.fullmatch(
            r"[\w./-]+", path, re.A
        ):
            return self.path
        return self._short_way() / "data"

    def _short_way(self) -> Path:
        digest = hashlib.sha256(os.fsencode(self.path)).hexdigest()[:12]
        way = Path("/tmp") / f"clave-{os.geteuid()}-{digest}"  # noqa: S108 (private and checked)
        way.mkdir(mode=0o700, exist_ok=True)
        facts = way.lstat()
        if facts.st_uid != os.geteuid() or facts.st_mode & 0o77 or way.is_symlink():
            way = Path(tempfile.mkdtemp(prefix="clave-"))
        if not (way / "data").is_symlink():
            (way / "data").symlink_to(self.path)
        return way

    # --- Who uses it now ---

    @contextmanager
    def owned(self, command: str) -> Iterator[None]:
        """The lock of the one process that starts servers on this folder."""
        with (self.path / "lock").open("a+") as lock:
            self._take(lock.fileno())
            lock.truncate(0)
            lock.write(json.dumps({"pid": os.getpid(), "command": command}))
            lock.flush()
            try:
                yield
            finally:
                lock.truncate(0)

    def _take(self, lock: int) -> None:
        """A dead owner's guard keeps the lock while it cleans up; a living owner keeps it."""
        deadline = time.monotonic() + GUARD_PATIENCE
        while not _locked(lock):
            owner = self.owner()
            if owner and _is_alive(owner[0]):
                raise FolderInUse(self.path, *owner)
            if time.monotonic() > deadline:
                raise FolderInUse(self.path, 0, "another program")
            pause(0.1)

    def owner(self) -> tuple[int, str] | None:
        try:
            note = json.loads((self.path / "lock").read_text())
            return int(note["pid"]), str(note["command"])
        except (OSError, ValueError, KeyError):
            return None


class FolderInUse(Trouble):
    def __init__(self, path: Path, pid: int, command: str) -> None:
        who = f"{command} (process {pid})" if pid else command
        super().__init__(
            f"The data folder {path} is already in use by {who}. Stop that one first, or set "
            "KAM_DATA to another folder (and PORT to another port) for a second installation."
        )


def _locked(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return not _is_zombie(pid)


def _is_zombie(pid: int) -> bool:
    """Killed, but nobody has asked for its end yet (usual in containers)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return False
